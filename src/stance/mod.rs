//! Evaluations: who evaluates whom, how, with the words that show it.

mod features;
mod grams;
mod judge;
mod matrix;
mod pairs;
mod passage;
mod rate;
mod roles;
mod shape;
mod weights;

pub use features::Sink;
pub use judge::Verdict;
pub use matrix::{Asked, Matrix, touched};
pub use passage::{Buffers, Evaluations, Marked};
pub use rate::{Addend, Rating};
pub use weights::{Kind, Weight, Weights};

use crate::quote::Speaker;
use crate::scope::Flags;
use crate::span::Span;
use crate::target::Target;

/// An evaluation of a target by a speaker.
#[derive(Debug, Clone, PartialEq)]
pub struct Stance {
    /// The words that show it.
    pub span: Span,
    /// The sentence they stand in, counted from 0.
    pub sentence: u32,
    /// Who evaluates; the author where nobody else speaks.
    pub speaker: Option<Speaker>,
    /// Who is evaluated.
    pub target: Option<Target>,
    /// 1, 0 or -1.
    pub polarity: i8,
    /// From -1 to 1.
    pub strength: f64,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// What the cues around it make of it.
    pub flags: Flags,
}
