//! Text to words and sentences.

mod blocks;
mod sentences;
mod words;

pub(crate) use blocks::{BLOCK, Block, each_place, places};
pub use sentences::{Abbreviations, sentences};
pub(crate) use words::{Edges, TakeWords, take_words, words_into};
pub use words::{Word, words};
