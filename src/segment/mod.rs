//! Text to words and sentences.

mod blocks;
mod sentences;
mod words;

pub(crate) use blocks::{BLOCK, Block, each_place, places};
pub use sentences::{Abbreviations, sentences};
pub use words::{Word, words};
pub(crate) use words::{each_word, words_into};
