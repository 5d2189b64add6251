//! The lexicon: frames of entries, and actors. The model of the file, its hash, and the lexicons that ship.
//!
//! Reading a file is in `read.rs` (and `source.rs`, which keeps every place); `lint.rs` finds what is legal but unwise.

mod lint;
mod read;
mod source;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
pub use lint::Diagnostic;
pub(crate) use read::reference;

/// Lexicons in the package.
const BUNDLED: [(&str, &str); 3] = [
    ("foreign-policy", include_str!("../../lexicons/foreign-policy.yaml")),
    ("actors", include_str!("../../lexicons/actors.yaml")),
    ("en", include_str!("../../lexicons/en.yaml")),
];

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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "EntryForm", into = "EntryForm")]
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

/// How a reach is written: a number, or the word `sentence`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum WithinForm {
    Words(u32),
    Named(WithinName),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum WithinName {
    Sentence,
}

impl From<WithinForm> for Within {
    fn from(form: WithinForm) -> Self {
        match form {
            WithinForm::Words(n) => Self::Words(n),
            WithinForm::Named(WithinName::Sentence) => Self::Sentence,
        }
    }
}

impl From<Within> for WithinForm {
    fn from(within: Within) -> Self {
        match within {
            Within::Words(n) => Self::Words(n),
            Within::Sentence => Self::Named(WithinName::Sentence),
        }
    }
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

/// How an entry is written: as a string, or with keys.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum EntryForm {
    /// A pattern and nothing else.
    Plain(String),
    /// A pattern or a regex, with more.
    Full(EntryFields),
}

#[derive(Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
struct EntryFields {
    /// A pattern in the entry language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    /// A regular expression, instead of a pattern.
    #[serde(skip_serializing_if = "Option::is_none")]
    regex: Option<String>,
    /// Whether the regex must begin and end at word borders; true when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounded: Option<bool>,
    /// Its share in weighted scores; 1 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    /// Overrules the frame's polarity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -1, max = 1))]
    polarity: Option<i8>,
    /// A context that must be there, or a list of such.
    #[serde(skip_serializing_if = "OneOrMany::is_empty")]
    require: OneOrMany,
    /// A context that must not be there, or a list of such.
    #[serde(skip_serializing_if = "OneOrMany::is_empty")]
    forbid: OneOrMany,
    /// `exact` or `fold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseRule>,
    /// For people.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(Context),
    Many(Vec<Context>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Many(m) if m.is_empty())
    }

    fn into_vec(self) -> Vec<Context> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }

    fn from_vec(mut contexts: Vec<Context>) -> Self {
        match contexts.len() {
            1 => Self::One(contexts.remove(0)),
            _ => Self::Many(contexts),
        }
    }
}

impl Entry {
    /// A pattern of weight 1, without conditions.
    #[must_use]
    pub fn plain(pattern: &str) -> Self {
        EntryForm::Plain(pattern.to_owned()).into()
    }
}

impl From<EntryForm> for Entry {
    fn from(form: EntryForm) -> Self {
        let fields = match form {
            EntryForm::Plain(pattern) => EntryFields { pattern: Some(pattern), ..EntryFields::default() },
            EntryForm::Full(fields) => fields,
        };
        let expression = match (fields.regex, fields.pattern) {
            (Some(regex), _) => Expression::Regex { regex, bounded: fields.bounded.unwrap_or(true) },
            (None, pattern) => Expression::Pattern(pattern.unwrap_or_default()),
        };
        Self {
            expression,
            weight: fields.weight.unwrap_or(1.0),
            polarity: fields.polarity,
            require: fields.require.into_vec(),
            forbid: fields.forbid.into_vec(),
            case: fields.case,
            note: fields.note,
        }
    }
}

impl From<Entry> for EntryForm {
    fn from(entry: Entry) -> Self {
        let mut fields = EntryFields {
            #[allow(clippy::float_cmp)] // exactly what stands when nothing is written
            weight: (entry.weight != 1.0).then_some(entry.weight),
            polarity: entry.polarity,
            require: OneOrMany::from_vec(entry.require),
            forbid: OneOrMany::from_vec(entry.forbid),
            case: entry.case,
            note: entry.note,
            ..EntryFields::default()
        };
        match entry.expression {
            Expression::Pattern(pattern) if fields == EntryFields::default() => return Self::Plain(pattern),
            Expression::Pattern(pattern) => fields.pattern = Some(pattern),
            Expression::Regex { regex, bounded } => {
                fields.regex = Some(regex);
                fields.bounded = (!bounded).then_some(false);
            }
        }
        Self::Full(fields)
    }
}

impl PartialEq for EntryFields {
    fn eq(&self, other: &Self) -> bool {
        self.weight == other.weight
            && self.polarity == other.polarity
            && self.case == other.case
            && self.note == other.note
            && self.require.is_empty() == other.require.is_empty()
            && self.forbid.is_empty() == other.forbid.is_empty()
    }
}

fn english() -> String {
    "en".to_owned()
}

impl Lexicon {
    /// Reads YAML 1.2 or JSON. `source` names the text in errors.
    ///
    /// # Errors
    /// When the text is no lexicon; the error names line, column and fix.
    pub fn read(text: &str, source: &str) -> Result<Self> {
        read::read(text, source)
    }

    /// Reads the canonical JSON that [`Lexicon::to_json`] writes. Only its shape is checked.
    ///
    /// # Errors
    /// When it is not of that shape.
    pub fn from_json(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|e| Error::yaml(&e.to_string()))
    }

    /// The canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// YAML that reads back as the same lexicon.
    ///
    /// # Errors
    /// Never for a lexicon that was read; the serializer's own errors otherwise.
    pub fn to_yaml(&self) -> Result<String> {
        let options = serde_saphyr::ser_options! { prefer_block_scalars: false, compact_list_indent: false };
        let mut out = String::new();
        serde_saphyr::to_fmt_writer_with_options(&mut out, self, options).map_err(|e| Error::yaml(&e.to_string()))?;
        Ok(out)
    }

    /// A lexicon that ships with the package.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn bundled(name: &str) -> Result<Self> {
        let names = BUNDLED.iter().map(|b| b.0);
        let (_, text) = BUNDLED.iter().find(|b| b.0 == name).ok_or_else(|| Error::unknown_lexicon(name, names))?;
        Self::read(text, name)
    }

    /// The names of the lexicons that ship with the package.
    #[must_use]
    pub fn bundled_names() -> Vec<&'static str> {
        BUNDLED.iter().map(|b| b.0).collect()
    }

    /// JSON Schema of the file, generated from this model.
    #[must_use]
    pub fn schema() -> String {
        serde_json::to_string_pretty(&schemars::schema_for!(Self)).unwrap_or_default()
    }

    /// Every frame with its path, parents before children, in order.
    #[must_use]
    pub fn flat_frames(&self) -> Vec<(String, &Frame)> {
        fn walk<'a>(prefix: &str, frames: &'a IndexMap<String, Frame>, out: &mut Vec<(String, &'a Frame)>) {
            for (id, frame) in frames {
                let path = format!("{prefix}{id}");
                let below = format!("{path}.");
                out.push((path, frame));
                walk(&below, &frame.frames, out);
            }
        }
        let mut out = Vec::new();
        walk("", &self.frames, &mut out);
        out
    }

    /// SHA-256, in hex, of all that changes results: language, overlap, frames with entries and polarity, actors. Labels, notes, definitions and examples do not count.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut content = self.clone();
        for text in [&mut content.title, &mut content.description, &mut content.citation, &mut content.license] {
            *text = None;
        }
        content.id.clear();
        content.version.clear();
        content.frames.values_mut().for_each(strip);
        for actor in content.actors.values_mut() {
            actor.label = None;
            actor.aliases.iter_mut().for_each(|a| a.note = None);
        }
        let digest = Sha256::digest(content.to_json());
        digest.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Frames and actors of both. What is the same in both is kept once.
    ///
    /// # Errors
    /// When a frame or an actor differs between the two, or the languages do.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        if self.language != other.language {
            return Err(Error::merge_languages(&self.language, &other.language));
        }
        for (id, frame) in &other.frames {
            if self.frames.entry(id.clone()).or_insert_with(|| frame.clone()) != frame {
                return Err(Error::merge_clash("frame", id));
            }
        }
        for (id, actor) in &other.actors {
            if self.actors.entry(id.clone()).or_insert_with(|| actor.clone()) != actor {
                return Err(Error::merge_clash("actor", id));
            }
        }
        Ok(self)
    }

    /// Only the frames of these paths, with their sub-frames; all actors.
    ///
    /// # Errors
    /// When a path is unknown, or a kept entry refers to a frame that is not.
    pub fn select(mut self, paths: &[String]) -> Result<Self> {
        let known: Vec<String> = self.flat_frames().into_iter().map(|f| f.0).collect();
        if let Some(unknown) = paths.iter().find(|p| !known.contains(p)) {
            return Err(Error::unknown_frame(unknown, known.iter().map(String::as_str)));
        }
        keep(&mut self.frames, "", paths);
        read::check_references(&self)?;
        Ok(self)
    }
}

fn strip(frame: &mut Frame) {
    frame.label = None;
    frame.definition = None;
    frame.examples = Examples::default();
    frame.entries.iter_mut().for_each(|e| e.note = None);
    frame.frames.values_mut().for_each(strip);
}

/// Drops frames that are neither chosen nor above a chosen one; a frame kept only as a parent loses its own entries.
fn keep(frames: &mut IndexMap<String, Frame>, prefix: &str, paths: &[String]) {
    frames.retain(|id, frame| {
        let path = format!("{prefix}{id}");
        if paths.contains(&path) {
            return true;
        }
        frame.entries.clear();
        keep(&mut frame.frames, &format!("{path}."), paths);
        !frame.frames.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "framescope: 1\nid: t\nversion: '1'\nframes:\n  a:\n    entries: [x, {pattern: y, weight: 0.5, require: {any: ['#b'], within: 3}}]\n    frames:\n      c: {entries: [z]}\n  b:\n    entries: [{regex: 'q+', bounded: false}]\n";

    #[test]
    fn yaml_and_json_come_back_the_same() {
        let lexicon = Lexicon::read(SMALL, "").unwrap();
        let yaml = lexicon.to_yaml().unwrap();
        assert_eq!(Lexicon::read(&yaml, "").unwrap(), lexicon, "{yaml}");
        assert_eq!(Lexicon::from_json(&lexicon.to_json()).unwrap(), lexicon);
        assert_eq!(Lexicon::read(&lexicon.to_json(), "").unwrap(), lexicon);
    }

    #[test]
    fn the_hash_follows_results_and_not_words_for_people() {
        let lexicon = Lexicon::read(SMALL, "").unwrap();
        let mut other = lexicon.clone();
        other.frames[0].label = Some("A".into());
        other.version = "2".into();
        assert_eq!(other.hash(), lexicon.hash());
        other.frames[0].entries[1].weight = 0.6;
        assert_ne!(other.hash(), lexicon.hash());
    }

    #[test]
    fn frames_are_selected_with_what_is_below_them() {
        let lexicon = Lexicon::read(SMALL, "").unwrap();
        let chosen = lexicon.clone().select(&["a.c".into()]).unwrap();
        assert_eq!(chosen.flat_frames().iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["a", "a.c"]);
        assert!(chosen.frames["a"].entries.is_empty());
        assert!(lexicon.clone().select(&["a".into()]).is_err(), "an entry of a refers to b");
        assert!(lexicon.select(&["nope".into()]).is_err());
    }

    #[test]
    fn every_bundled_lexicon_reads() {
        for name in Lexicon::bundled_names() {
            Lexicon::bundled(name).unwrap();
        }
    }
}
