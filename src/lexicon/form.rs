//! How entries and reaches are written: short where they can be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{CaseRule, Context, Entry, Expression, Within};

/// How a reach is written: a number, or the word `sentence`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum WithinForm {
    Words(u32),
    Named(WithinName),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum WithinName {
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

/// How an entry is written: as a string, or with keys.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)] // lives for a moment, while a file is read
pub(super) enum EntryForm {
    /// A pattern and nothing else.
    Plain(String),
    /// A pattern or a regex, with more.
    Full(EntryFields),
}

#[derive(Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EntryFields {
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
pub(super) enum OneOrMany {
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
