//! Words, sentences, and documents cut up into both.

mod blocks;
mod document;
mod sentences;
mod words;

pub use document::Document;
pub use sentences::{Abbreviations, sentences};
pub(crate) use words::words_into;
pub use words::{Word, words};
