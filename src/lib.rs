//! The core of framescope.

mod analyzer;
mod context;
mod error;
mod fold;
mod language;
mod lexicon;
mod matcher;
mod pattern;
#[cfg(feature = "python")]
mod python;
mod score;
mod segment;
mod span;
pub mod table;

pub use analyzer::{Analysis, Analyzer, EntryInfo, Run};
pub use context::Hit;
pub use error::{Error, ErrorKind, Place, Result};
pub use fold::{Case, fold};
pub use language::Language;
pub use lexicon::{
    Actor, ActorType, CaseRule, Context, Diagnostic, Entry, Examples, Expression, Frame, Lexicon, Overlap, Within,
};
pub use matcher::{EntryId, FrameId, Match, Matcher, Scratch};
pub use pattern::{Pattern, Piece, Reading, Separator, Slot};
pub use score::{Counted, GroupScore, Measure, Tally};
pub use segment::{Abbreviations, Word, sentences, words};
pub use span::{CodePoints, Span};
