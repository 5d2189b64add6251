//! The core of framescope.

mod error;
mod span;
mod fold;
mod segment;
mod pattern;
mod lexicon;
mod language;
mod matcher;
mod context;
mod score;
mod analyzer;
pub mod table;
#[cfg(feature = "python")]
mod python;

pub use analyzer::{Analysis, Analyzer, EntryInfo, Run};
pub use context::Hit;
pub use error::{Error, ErrorKind, Place, Result};
pub use fold::{Case, fold};
pub use language::Language;
pub use lexicon::{Actor, ActorType, CaseRule, Context, Diagnostic, Entry, Examples, Expression, Frame, Lexicon, Overlap, Within};
pub use matcher::{EntryId, FrameId, Match, Matcher, Scratch};
pub use pattern::{Pattern, Piece, Reading, Separator, Slot};
pub use score::{Counted, GroupScore, Measure, Tally};
pub use segment::{Abbreviations, Word, sentences, words};
pub use span::{CodePoints, Span};
