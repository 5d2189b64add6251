//! Words and sentences.

mod sentences;
mod words;

pub use sentences::{Abbreviations, sentences};
pub use words::{Word, words, words_into};
