//! Text to words and sentences.

mod ascii;
mod blocks;
mod borders;
mod sections;
mod sentences;
mod words;

pub(crate) use blocks::{BLOCK, Block, each_place, places, take_lowest, vectors};
pub(crate) use borders::{Bits, Borders};
pub use sections::Whole;
pub(crate) use sentences::sentences_of;
pub use sentences::{Abbreviations, sentences};
pub use words::{Word, words};
