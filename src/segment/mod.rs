//! Text to words and sentences.

mod blocks;
mod sections;
mod sentences;
mod words;

pub(crate) use blocks::{BLOCK, Block, each_place, places};
pub use sections::Whole;
pub(crate) use sentences::sentences_of;
pub use sentences::{Abbreviations, sentences};
pub(crate) use words::{Edges, TakeWords, take_words, words_into};
pub use words::{Word, words};
