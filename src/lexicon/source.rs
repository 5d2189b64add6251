//! YAML text as a tree that knows the place of everything and takes every scalar for text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};

use crate::error::{Error, Place, Result};

/// A value of a YAML file, with its place.
#[derive(Debug)]
pub(super) struct Node {
    pub place: Place,
    pub value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// Nothing was written.
    Null,
}

impl Value {
    pub fn name(&self) -> String {
        match self {
            Self::Text(text) => format!("'{text}'"),
            Self::List(_) => "a list".into(),
            Self::Map(_) => "a mapping".into(),
            Self::Null => "nothing".into(),
        }
    }
}

/// Reads one document, which begins with no mark of byte order.
pub(super) fn tree(text: &str, source: &str) -> Result<Node> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
        budget: None
    };
    let raw: Raw = serde_saphyr::from_str_with_options(text, options).map_err(|e| unreadable(&e, source))?;
    Ok(raw.into_node(text, source))
}

fn unreadable(error: &serde_saphyr::Error, source: &str) -> Error {
    let message = error.without_snippet().to_string();
    let detail = message.split(" at line ").next().unwrap_or(&message);
    let ours = Error::yaml(detail);
    match error.location() {
        Some(at) => ours.at(&Place { source: source.into(), line: at.line(), column: at.column() }),
        None => ours,
    }
}

/// What serde sees, before scalars are taken back to the text they were.
struct Raw(Spanned<Shape>);

enum Shape {
    Text(String),
    /// A plain scalar that looked like a number, a truth value or null.
    Typed,
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

impl Raw {
    fn into_node(self, text: &str, source: &str) -> Node {
        let at = self.0.referenced;
        let place = Place { source: source.into(), line: at.line(), column: at.column() };
        let value = match self.0.value {
            Shape::Text(text) => Value::Text(text),
            Shape::List(items) => Value::List(items.into_iter().map(|i| i.into_node(text, source)).collect()),
            Shape::Map(pairs) => {
                Value::Map(pairs.into_iter().map(|(k, v)| (k.into_node(text, source), v.into_node(text, source))).collect())
            }
            Shape::Typed => {
                let span = self.0.defined.span();
                let bytes = span.byte_offset().zip(span.byte_len()).map(|(at, len)| at as usize..(at + len) as usize);
                match bytes.and_then(|range| text.get(range)).map(str::trim) {
                    None | Some("") => Value::Null,
                    Some(written) => Value::Text(written.into()),
                }
            }
        };
        Node { place, value }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar, a list or a mapping")
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Shape, E> {
        Ok(Shape::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> std::result::Result<Shape, E> {
        Ok(Shape::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> std::result::Result<Shape, E> {
        Ok(Shape::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> std::result::Result<Shape, E> {
        Ok(Shape::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<Shape, E> {
        Ok(Shape::Typed)
    }

    fn visit_unit<E>(self) -> std::result::Result<Shape, E> {
        Ok(Shape::Typed)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Shape, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Shape::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> std::result::Result<Shape, A::Error> {
        let mut out = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            out.push(pair);
        }
        Ok(Shape::Map(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(node: &Node) -> String {
        let at = format!("@{}:{}", node.place.line, node.place.column);
        match &node.value {
            Value::Text(text) => format!("{text}{at}"),
            Value::Null => format!("null{at}"),
            Value::List(items) => format!("[{}]{at}", items.iter().map(show).collect::<Vec<_>>().join(" ")),
            Value::Map(pairs) => {
                format!("{{{}}}{at}", pairs.iter().map(|(k, v)| format!("{}={}", show(k), show(v))).collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn scalars_stay_text_and_keep_their_places() {
        let tree = tree("a: [no, on, 1e5, null, ~, 'x', 007, 1.0, true, 2024-01-01]\nb:\n  c: |\n    t\na: é\n", "f").unwrap();
        assert_eq!(
            show(&tree),
            "{a@1:1=[no@1:5 on@1:9 1e5@1:13 null@1:18 ~@1:24 x@1:27 007@1:32 1.0@1:37 true@1:42 2024-01-01@1:48]@1:4 b@2:1={c@3:3=t\n@4:5}@3:3 a@5:1=é@5:4}@1:1"
        );
    }

    #[test]
    fn what_is_no_yaml_names_its_place() {
        let error = tree("a: [1,\nb: }", "f.yaml").unwrap_err();
        assert!(error.place().is_some(), "{error}");
    }
}
