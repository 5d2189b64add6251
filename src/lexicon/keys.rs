//! Mappings with known keys, and the scalars in them.

use std::fmt::Display;

use rustc_hash::FxHashSet;

use super::model::Within;
use super::source::{Node, Value};
use crate::error::{Error, Place, Result};

pub(super) fn identifier(node: &Node, what: &str, id: &str) -> Result<String> {
    let bad = id.is_empty() || id.trim() != id || id.contains(char::is_control) || (what != "lexicon" && id.contains('.'));
    if bad {
        return Err(Error::bad_id(what, id).at(&node.place));
    }
    if what != "lexicon" && id == "actors" {
        return Err(Error::taken_id(what).at(&node.place));
    }
    Ok(id.to_owned())
}

pub(super) fn text(node: &Node, what: impl Display) -> Result<String> {
    written(node, what).map(str::to_owned)
}

fn written(node: &Node, what: impl Display) -> Result<&str> {
    match &node.value {
        Value::Text(text) => Ok(text),
        other => Err(Error::shape(&what.to_string(), "a text", &other.name()).at(&node.place)),
    }
}

pub(super) fn items(node: &Node, what: impl Display) -> Result<&[Node]> {
    match &node.value {
        Value::List(list) => Ok(list),
        other => Err(Error::shape(&what.to_string(), "a list ('- one' lines, or [one, two])", &other.name()).at(&node.place)),
    }
}

/// The pairs of a mapping, keys unique.
pub(super) fn pairs<'n>(node: &'n Node, owner: &str) -> Result<&'n [(Node, Node)]> {
    let Value::Map(pairs) = &node.value else {
        return Err(Error::shape(owner, "a mapping ('key: value' lines)", &node.value.name()).at(&node.place));
    };
    let mut seen = FxHashSet::default();
    for (key, _) in pairs {
        let name = written(key, format_args!("a key of {owner}"))?;
        if !seen.insert(name) {
            return Err(Error::duplicate_key(owner, name).at(&key.place));
        }
    }
    Ok(pairs)
}

/// A mapping whose keys are known.
pub(super) struct Keys<'n> {
    owner: &'n str,
    place: &'n Place,
    values: &'n [(Node, Node)],
}

impl<'n> Keys<'n> {
    pub(super) fn of(node: &'n Node, owner: &'n str, known: &[&str]) -> Result<Self> {
        let values = pairs(node, owner)?;
        for (key, _) in values {
            let name = written(key, "a key")?;
            if !known.contains(&name) {
                return Err(Error::unknown_key(owner, name, known).at(&key.place));
            }
        }
        Ok(Self { owner, place: &node.place, values })
    }

    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        let named = |(name, _): &&(Node, Node)| matches!(&name.value, Value::Text(name) if name == key);
        self.values.iter().find(named).map(|(_, value)| value)
    }

    pub(super) fn required(&self, key: &str, example: &str) -> Result<&'n Node> {
        self.get(key).ok_or_else(|| Error::missing_key(self.owner, key, example).at(self.place))
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>> {
        self.get(key).map(|n| text(n, format_args!("'{key}' of {}", self.owner))).transpose()
    }

    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>> {
        let Some(node) = self.get(key) else { return Ok(Vec::new()) };
        let what = format!("'{key}' of {}", self.owner);
        items(node, &what)?.iter().map(|n| text(n, &what)).collect()
    }

    pub(super) fn one_of<T: Copy>(&self, key: &str, names: &[&str], values: &[T]) -> Result<Option<T>> {
        let Some(node) = self.get(key) else { return Ok(None) };
        let written = written(node, format_args!("'{key}'"))?;
        match names.iter().position(|n| *n == written) {
            Some(i) => Ok(Some(values[i])),
            None => Err(Error::not_one_of(&format!("'{key}' of {}", self.owner), written, names).at(&node.place)),
        }
    }

    pub(super) fn polarity(&self) -> Result<Option<i8>> {
        self.number("polarity", "-1, 0 or 1", |t| t.strip_prefix('+').unwrap_or(t).parse().ok().filter(|p| (-1..=1).contains(p)))
    }

    pub(super) fn weight(&self) -> Result<f64> {
        Ok(self
            .number("weight", "a number of 0 or more", |t| t.parse().ok().filter(|w: &f64| w.is_finite() && *w >= 0.0))?
            .unwrap_or(1.0))
    }

    pub(super) fn within(&self) -> Result<Within> {
        let parse =
            |t: &str| if t == "sentence" { Some(Within::Sentence) } else { t.parse().ok().filter(|n| *n > 0).map(Within::Words) };
        Ok(self.number("within", "a number of words from 1, or 'sentence'", parse)?.unwrap_or_default())
    }

    pub(super) fn number<T>(&self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
        let Some(node) = self.get(key) else { return Ok(None) };
        let written = written(node, format_args!("'{key}'"))?;
        match parse(written) {
            Some(value) => Ok(Some(value)),
            None => Err(Error::bad_number(&format!("'{key}' of {}", self.owner), written, expected).at(&node.place)),
        }
    }
}
