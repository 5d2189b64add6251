//! The model of the lexicon file.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::form::{EntryForm, WithinForm};

/// A lexicon: what a file in framescope's format says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "framescope lexicon")]
pub struct Lexicon {
    /// Version of the format: 1.
    pub framescope: u32,
    /// Short name of the lexicon, for manifests.
    pub id: String,
    /// Version of the lexicon's content.
    pub version: String,
    /// Language of the texts (BCP 47), such as `en`.
    #[serde(default = "english")]
    pub language: String,
    /// One line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is for and how it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How to cite it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// SPDX identifier of its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Which matches stay when several share words.
    #[serde(default)]
    pub overlap: Overlap,
    /// Lexicons of the package whose frames and actors are added when the file is read; never written.
    #[serde(default, skip_serializing)]
    pub include: Vec<String>,
    /// Frames by id, in order.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub frames: IndexMap<String, Frame>,
    /// Actors by id, in order.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub actors: IndexMap<String, Actor>,
}

/// Which matches stay when several share words.
///
/// On "The New York Times left New York for York.", with `{paper: [New York Times], city: [New York], state: [York]}`:
///
/// | overlap | paper | city | state |
/// |---|---|---|---|
/// | `frame` | 1 | 2 | 3 |
/// | `lexicon` | 1 | 1 | 1 |
/// | `all` | 1 | 2 | 3 |
///
/// With `{city: [New York, York]}` on the same sentence, `frame` and `lexicon` find "New York" twice and the last "York"; `all` finds five matches.
/// The first two are quanteda's `nested_scope` "key" and "dictionary".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Overlap {
    /// Inside a frame, the match of most words, then the leftmost. Frames do not see each other.
    #[default]
    Frame,
    /// As `frame`; and a match covered by longer matches of any frame is dropped.
    Lexicon,
    /// Every match.
    All,
}

/// What its entries indicate.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Name for tables and pictures; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// When a passage counts as this frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Whether the frame credits its target (1), discredits it (-1), or neither (0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -1, max = 1))]
    pub polarity: Option<i8>,
    /// False where its hits evaluate their target only together with an evaluating word; true when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluates: Option<bool>,
    /// Sentences that count and sentences that do not.
    #[serde(default, skip_serializing_if = "Examples::is_empty")]
    pub examples: Examples,
    /// Patterns that show the frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Sub-frames; their paths are written `a.b`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub frames: IndexMap<String, Frame>,
}

/// Sentences for coders.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Sentences that hold the frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Sentences that look like it and are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
}

impl Examples {
    fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// One pattern with its weight and conditions.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(from = "EntryForm")]
#[schemars(with = "EntryForm")]
pub struct Entry {
    /// What to look for.
    pub expression: Expression,
    /// Its share in weighted scores.
    pub weight: f64,
    /// Overrules the frame's polarity.
    pub polarity: Option<i8>,
    /// Contexts that must all be there.
    pub require: Vec<Context>,
    /// Contexts none of which may be there.
    pub forbid: Vec<Context>,
    /// Overrules the rule that acronyms are matched in exact case and all else is folded.
    pub case: Option<CaseRule>,
    /// For people.
    pub note: Option<String>,
}

/// What an entry looks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A pattern in the entry language.
    Pattern(String),
    /// A regular expression; `bounded`: begins and ends at word borders.
    Regex {
        /// The expression.
        regex: String,
        /// Whether matches begin and end at word borders.
        bounded: bool,
    },
}

impl Expression {
    /// As written.
    #[must_use]
    pub fn as_written(&self) -> &str {
        match self {
            Self::Pattern(text) | Self::Regex { regex: text, .. } => text,
        }
    }
}

/// Upper and lower case of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CaseRule {
    /// As written.
    Exact,
    /// Never told apart.
    Fold,
}

/// What must, or must not, stand around a match.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// On either side: patterns, or `#actors`, `#actor_id`, `#frame.path`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// Before the match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<String>,
    /// After the match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// How near.
    #[serde(default, skip_serializing_if = "Within::is_sentence")]
    pub within: Within,
}

/// The reach of a context: a number of words, or the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "WithinForm", into = "WithinForm")]
#[schemars(with = "WithinForm")]
pub enum Within {
    /// At most this many words away; a neighbour is at 1.
    Words(u32),
    /// Anywhere in the same sentence.
    #[default]
    Sentence,
}

impl Within {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference
    fn is_sentence(&self) -> bool {
        *self == Self::Sentence
    }
}

/// Who can speak, act, or be spoken of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Name for tables and pictures; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What kind of actor.
    #[serde(rename = "type")]
    pub kind: ActorType,
    /// Its names, as entries.
    pub aliases: Vec<Entry>,
    /// Ids of the persons who lead it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<String>,
}

/// Kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActorType {
    /// A state or territory.
    Country,
    /// A human being.
    Person,
    /// An organisation.
    Organisation,
    /// A bloc of states.
    Bloc,
    /// A part of the world.
    Region,
}

impl Entry {
    /// A pattern of weight 1, without conditions.
    #[must_use]
    pub fn plain(pattern: &str) -> Self {
        Self::of(Expression::Pattern(pattern.to_owned()))
    }

    pub(super) fn of(expression: Expression) -> Self {
        Self { expression, weight: 1.0, polarity: None, require: Vec::new(), forbid: Vec::new(), case: None, note: None }
    }
}

pub(super) fn english() -> String {
    "en".to_owned()
}
