//! The core of framescope: which frames a text uses, with evidence.
//!
//! Data flows one way, through the modules in the order they stand below: a text is split into words and sentences ([`words`],
//! [`sentences`]), a lexicon is read ([`Lexicon`]) and compiled ([`Analyzer`]), matches are found ([`Matcher`]) and become hits
//! ([`Hit`]), numbers ([`Tally`]) and Arrow tables ([`table`]). DESIGN.md has the rules, and why.
//!
//! ```
//! use framescope::{AnalysisScratch, Analyzer, Lexicon};
//!
//! let analyzer = Analyzer::new(&Lexicon::bundled("foreign-policy")?)?;
//! let text = "Officials call the republic a living bridge between East and West.";
//! let mut scratch = AnalysisScratch::default();
//! let analysis = analyzer.analyze(text, &mut scratch)?;
//! let first = &analysis.hits[0];
//! assert_eq!(first.span.of(text), "living bridge");
//! assert_eq!(analyzer.frames()[first.frame.0 as usize], "bridge");
//! # Ok::<(), framescope::Error>(())
//! ```

mod error;
mod span;
mod fold;
mod segment;
mod vocabulary;
mod document;
mod pattern;
mod lexicon;
mod language;
mod chrome;
mod matcher;
mod grammar;
mod cue;
mod scope;
mod actor;
mod quote;
mod target;
mod context;
mod stance;
mod score;
mod analyzer;
mod run;
pub mod table;
#[cfg(feature = "python")]
mod python;

pub use actor::{ActorId, ActorInfo, Actors, Mention};
pub use analyzer::{Analysis, AnalysisScratch, Analyzer, EntryInfo, Sections};
pub use chrome::{Chrome, Layout, is_chrome};
pub use context::{Ask, Beside, Context as HitContext, ContextScratch, Hit, InContext, Reader};
pub use cue::{Cue, CueKind, Cues};
pub use document::Document;
pub use error::{Error, ErrorKind, Place, Result};
pub use fold::{Case, fold};
pub use grammar::{Classes, Clause, Grammar, Link, Parsed, clauses};
pub use language::Language;
pub use lexicon::{
    Actor, ActorType, CaseRule, Context, Diagnostic, Entry, Examples, Expression, Frame, Lexicon, Overlap, Within,
};
pub use matcher::{EntryId, FrameId, Match, Matcher, Scratch, Search};
pub use pattern::{Pattern, Piece, Reading, Separator, Slot};
pub use quote::{Quote, QuoteKind, Speaker, Speech};
pub use run::{Run, Texts, Visit};
pub use scope::{Flags, Modality, Scopes};
pub use score::{Counted, Evaluated, GroupScore, Measure, StanceScore, Tally};
pub use segment::{Abbreviations, Whole, Word, sentences, words};
pub use span::{CodePoints, Span};
pub use stance::{
    Addend, Asked, Buffers as StanceBuffers, Evaluations, Kind as WeightsKind, Marked, Matrix, Rating, Sink, Stance, Verdict,
    Weight, Weights, touched,
};
pub use target::{Found, InSentence, Target, Targets};
