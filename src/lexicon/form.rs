//! How entries and reaches are written: short where they can be.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

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
#[derive(JsonSchema)]
#[schemars(untagged)]
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

impl<'de> Deserialize<'de> for EntryForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = EntryForm;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pattern, or a mapping with 'pattern' or 'regex'")
    }

    fn visit_str<E>(self, pattern: &str) -> Result<EntryForm, E> {
        Ok(EntryForm::Plain(pattern.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, pairs: A) -> Result<EntryForm, A::Error> {
        EntryFields::deserialize(MapAccessDeserializer::new(pairs)).map(EntryForm::Full)
    }
}

impl From<EntryForm> for Entry {
    fn from(form: EntryForm) -> Self {
        let fields = match form {
            EntryForm::Plain(pattern) => return Self::of(Expression::Pattern(pattern)),
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

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.plain_pattern() {
            Some(pattern) => serializer.serialize_str(pattern),
            None => EntryFields::from(self.clone()).serialize(serializer),
        }
    }
}

impl Entry {
    /// Its pattern, if it has nothing else.
    #[allow(clippy::float_cmp)] // exactly what stands when nothing is written
    fn plain_pattern(&self) -> Option<&str> {
        match self {
            Self {
                expression: Expression::Pattern(pattern),
                weight,
                polarity: None,
                require,
                forbid,
                case: None,
                note: None,
            } if *weight == 1.0 && require.is_empty() && forbid.is_empty() => Some(pattern),
            _ => None,
        }
    }
}

impl From<Entry> for EntryFields {
    fn from(entry: Entry) -> Self {
        let mut fields = Self {
            #[allow(clippy::float_cmp)] // exactly what stands when nothing is written
            weight: (entry.weight != 1.0).then_some(entry.weight),
            polarity: entry.polarity,
            require: OneOrMany::from_vec(entry.require),
            forbid: OneOrMany::from_vec(entry.forbid),
            case: entry.case,
            note: entry.note,
            ..Self::default()
        };
        match entry.expression {
            Expression::Pattern(pattern) => fields.pattern = Some(pattern),
            Expression::Regex { regex, bounded } => {
                fields.regex = Some(regex);
                fields.bounded = (!bounded).then_some(false);
            }
        }
        fields
    }
}
