//! JSON text as the tree that YAML would make of it, without places, some ten times as fast. What the two could take differently is left to YAML.

use std::fmt;

use memchr::memchr2;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::source::{Node, Value};
use crate::error::Place;

/// Deeper lists and mappings are left to YAML.
const DEEPEST: usize = 32;
/// So are longer numbers, and longer keys.
const LONGEST_NUMBER: usize = 18;
const LONGEST_KEY: usize = 256;

/// The tree of a JSON text; none where it is none, or YAML might see another.
pub(super) fn tree(text: &str) -> Option<Node> {
    let is_special = memchr2(b'\t', 0x7F, text.as_bytes()).is_some() || !text.is_ascii() && text.contains(is_special);
    if is_special { None } else { node(serde_json::from_str(text).ok()?, DEEPEST) }
}

/// What JSON takes as it stands, and YAML does not: tabs, control characters, line breaks of Unicode, marks of byte order.
fn is_special(c: char) -> bool {
    c == '\t' || matches!(c, '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A value, and at most so many levels below it.
fn node(raw: &RawValue, deepest: usize) -> Option<Node> {
    let json = raw.get();
    let below = deepest.checked_sub(1)?;
    let value = match json.as_bytes().first()? {
        b'"' => Value::Text(serde_json::from_str(json).ok()?),
        b'[' => Value::List(list(json, below)?),
        b'{' => {
            let Pairs(pairs) = serde_json::from_str(json).ok()?;
            Value::Map(pairs.into_iter().map(|(key, value)| Some((name(key)?, node(value, below)?))).collect::<Option<_>>()?)
        }
        _ => Value::Text(is_taken_as_written(json).then(|| json.to_owned())?),
    };
    Some(placeless(value))
}

/// Most long lists hold texts only.
fn list(json: &str, deepest: usize) -> Option<Vec<Node>> {
    if let Ok(texts) = serde_json::from_str::<Vec<String>>(json) {
        deepest.checked_sub(1)?;
        return Some(texts.into_iter().map(|text| placeless(Value::Text(text))).collect());
    }
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    items.into_iter().map(|item| node(item, deepest)).collect()
}

/// Whether YAML leaves a number, a truth value or null as it is; not what is greater than any number.
fn is_taken_as_written(json: &str) -> bool {
    json.len() <= LONGEST_NUMBER && json.parse().map_or(true, f64::is_finite)
}

/// A key; `<<` may be one that YAML takes for an order to merge.
fn name(key: String) -> Option<Node> {
    (key != "<<" && key.len() <= LONGEST_KEY).then(|| placeless(Value::Text(key)))
}

fn placeless(value: Value) -> Node {
    Node { place: Place { source: String::new(), line: 0, column: 0 }, value }
}

/// The pairs of a mapping as they come: a key may come twice.
struct Pairs<'t>(Vec<(String, &'t RawValue)>);

impl<'t> Deserialize<'t> for Pairs<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'t> Visitor<'t> for PairsVisitor {
    type Value = Pairs<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut pairs: A) -> Result<Pairs<'t>, A::Error> {
        let mut out = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            out.push(pair);
        }
        Ok(Pairs(out))
    }
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;
    use proptest::prelude::*;

    /// Without places.
    fn show(node: &Node) -> String {
        match &node.value {
            Value::Text(text) => format!("{text:?}"),
            Value::Null => "nothing".to_owned(),
            Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(",")),
            Value::Map(pairs) => {
                format!("{{{}}}", pairs.iter().map(|(k, v)| format!("{}:{}", show(k), show(v))).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// JSON texts, most of them sound: blanks of all kinds, escapes, numbers as people write them, keys that come twice.
    fn json() -> impl Strategy<Value = String> {
        let blank = || "[ \n]{0,2}|\r\n ?|\r|\t|\n\n {3}";
        let sign = r#"[a-c ~*#&!%@`'|>?,:\[\]{}<=.-]|\\["\\/bfnrt]|\\u00[0-9a-f]{2}|\\u20[0-9]{2}|\\ud83d\\ude0[0-9]|\\ud83d|\\x|é|\u{85}|\u{A0}|\u{2028}|\u{FEFF}|\u{FFFD}|\u{1F600}|\u{E000}|\u{7F}"#;
        let text = move || {
            prop_oneof![
                8 => prop::collection::vec(sign, 0..6).prop_map(|signs| format!("\"{}\"", signs.concat())),
                1 => r#""(null|true|~|1e5|007|<<|---|\.\.\.|no|=|- a|\? a)""#,
            ]
        };
        let scalar = prop_oneof![
            4 => text(),
            2 => r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?",
            1 => r"-?[1-9][0-9]{15,22}|-0|0\.10|1e999|1E5|1\.0|-0\.0|0e0",
            1 => "null|true|false|NaN|007|\\.5|1\\.|~|True|-|Infinity|0x1f|0o7|1_000|[a-z]",
        ];
        let leaf = (blank(), scalar, blank()).prop_map(|(a, b, c)| format!("{a}{b}{c}"));
        leaf.prop_recursive(5, 24, 4, move |inner| {
            let pair = (blank(), text(), blank(), inner.clone()).prop_map(|(a, key, b, value)| format!("{a}{key}{b}:{value}"));
            let around = move |open: &'static str, close: &'static str, items: BoxedStrategy<Vec<String>>| {
                (blank(), items, blank()).prop_map(move |(a, items, b)| format!("{a}{open}{}{close}{b}", items.join(",")))
            };
            prop_oneof![
                around("[", "]", prop::collection::vec(inner, 0..4).boxed()),
                around("{", "}", prop::collection::vec(pair, 0..4).boxed()),
            ]
        })
    }

    fn compare(text: &str) -> bool {
        let Some(own) = tree(text) else { return false };
        let yaml = source::tree(text, "").unwrap_or_else(|e| panic!("{text:?}: {e}"));
        assert_eq!(show(&own), show(&yaml), "{text:?}");
        true
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_is_read_is_what_yaml_reads(text in json()) {
            compare(&text);
        }

        #[test]
        fn nor_does_it_read_else_where_a_text_is_broken(text in json(), at in any::<prop::sample::Index>(), sign in "[\\[\\]{},:\"\\\\ a1-]?") {
            let mut chars: Vec<String> = text.chars().map(String::from).collect();
            if !chars.is_empty() {
                let at = at.index(chars.len());
                chars[at] = sign;
            }
            compare(&chars.concat());
        }
    }

    #[test]
    fn json_is_read_and_what_is_none_is_left_to_yaml() {
        let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        for text in [
            r#"{"a": [1, 1.0, 1e5, -0, null, true, "x"], "b": {}, "a": []}"#,
            "{\n  \"a\" : \"\\ud83d\\ude00 \\u00e9 é\"\r\n}",
            "[]",
            &deep(DEEPEST - 1),
        ] {
            assert!(compare(text), "{text}");
        }
        let long = "k".repeat(LONGEST_KEY + 1);
        for text in
            ["", "{a: b}", "[1,]", "[007]", "\"\\ud83d\"", "[\t1]", r#"{"<<": 1}"#, &deep(DEEPEST), &format!("{{\"{long}\": 1}}")]
        {
            assert!(!compare(text), "{text}");
        }
    }
}
