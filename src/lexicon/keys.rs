//! Mappings with known keys, and the scalars in them.

use std::collections::{HashMap, HashSet};

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

pub(super) fn text(node: &Node, what: &str) -> Result<String> {
    match &node.value {
        Value::Text(text) => Ok(text.clone()),
        other => Err(Error::shape(what, "a text", &other.name()).at(&node.place)),
    }
}

pub(super) fn items<'n>(node: &'n Node, what: &str) -> Result<Vec<&'n Node>> {
    match &node.value {
        Value::List(list) => Ok(list.iter().collect()),
        other => Err(Error::shape(what, "a list ('- one' lines, or [one, two])", &other.name()).at(&node.place)),
    }
}

/// The pairs of a mapping, keys unique.
pub(super) fn pairs<'n>(node: &'n Node, owner: &str) -> Result<Vec<(&'n Node, &'n Node)>> {
    let Value::Map(pairs) = &node.value else {
        return Err(Error::shape(owner, "a mapping ('key: value' lines)", &node.value.name()).at(&node.place));
    };
    let mut seen = HashSet::new();
    for (key, _) in pairs {
        let name = text(key, &format!("a key of {owner}"))?;
        if !seen.insert(name.clone()) {
            return Err(Error::duplicate_key(owner, &name).at(&key.place));
        }
    }
    Ok(pairs.iter().map(|(k, v)| (k, v)).collect())
}

/// A mapping whose keys are known.
pub(super) struct Keys<'n> {
    owner: String,
    place: &'n Place,
    values: HashMap<String, &'n Node>,
}

impl<'n> Keys<'n> {
    pub(super) fn of(node: &'n Node, owner: &str, known: &[&str]) -> Result<Self> {
        let mut values = HashMap::new();
        for (key, value) in pairs(node, owner)? {
            let name = text(key, "a key")?;
            if !known.contains(&name.as_str()) {
                return Err(Error::unknown_key(owner, &name, known).at(&key.place));
            }
            values.insert(name, value);
        }
        Ok(Self { owner: owner.to_owned(), place: &node.place, values })
    }

    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.values.get(key).copied()
    }

    pub(super) fn required(&self, key: &str, example: &str) -> Result<&'n Node> {
        self.get(key).ok_or_else(|| Error::missing_key(&self.owner, key, example).at(self.place))
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>> {
        self.get(key).map(|n| text(n, &format!("'{key}' of {}", self.owner))).transpose()
    }

    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>> {
        let what = format!("'{key}' of {}", self.owner);
        let nodes = self.get(key).map(|n| items(n, &what)).transpose()?.unwrap_or_default();
        nodes.into_iter().map(|n| text(n, &what)).collect()
    }

    pub(super) fn one_of<T: Copy>(&self, key: &str, names: &[&str], values: &[T]) -> Result<Option<T>> {
        let Some(node) = self.get(key) else { return Ok(None) };
        let written = text(node, &format!("'{key}'"))?;
        match names.iter().position(|n| *n == written) {
            Some(i) => Ok(Some(values[i])),
            None => Err(Error::not_one_of(&format!("'{key}' of {}", self.owner), &written, names).at(&node.place)),
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
        let written = text(node, &format!("'{key}'"))?;
        match parse(&written) {
            Some(value) => Ok(Some(value)),
            None => Err(Error::bad_number(&format!("'{key}' of {}", self.owner), &written, expected).at(&node.place)),
        }
    }
}
