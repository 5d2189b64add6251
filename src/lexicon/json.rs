//! JSON text as the tree that YAML would make of it, without places, some ten times as fast. What the two could take differently is left to YAML.

use std::fmt;

use memchr::memchr2;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::source::{Node, Value};
use crate::error::Place;

/// Longer numbers are left to YAML.
const LONGEST_NUMBER: usize = 18;
/// So are longer keys, and where more blanks stand than twice so many: for YAML a key has no more than 1,024 characters, with its escapes and the blanks after it.
const LONGEST_KEY: usize = 128;
const MANY_BLANKS: usize = 100;

/// The tree of a JSON text; none where it is none, or YAML might see another.
pub(super) fn tree(text: &str) -> Option<Node> {
    let any_special = memchr2(b'\t', 0x7F, text.as_bytes()).is_some() || !text.is_ascii() && text.contains(is_special);
    let many_blanks = text.as_bytes().chunks_exact(MANY_BLANKS).any(|bytes| bytes.iter().all(u8::is_ascii_whitespace));
    if any_special || many_blanks {
        return None;
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let root = Reader { rest: text }.deserialize(&mut json).ok()?;
    json.end().ok()?;
    Some(root)
}

/// What JSON takes as it stands, and YAML does not: control characters, line breaks of Unicode, marks of byte order.
fn is_special(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Takes the values as they come.
struct Reader<'t> {
    /// The text after the last number.
    rest: &'t str,
}

impl Reader<'_> {
    /// The next number as it is written; it is known to be there.
    fn number<E: Error>(&mut self) -> Result<Node, E> {
        let bytes = self.rest.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at).filter(|b| !matches!(b, b'-' | b'0'..=b'9')) {
            at = if *byte == b'"' { beyond_text(bytes, at) } else { at + 1 };
        }
        let length = bytes[at..].iter().take_while(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')).count();
        let (number, rest) = self.rest[at..].split_at(length);
        self.rest = rest;
        // What is greater than any number is another word for YAML.
        if length <= LONGEST_NUMBER && number.parse().is_ok_and(f64::is_finite) { Ok(text(number)) } else { Err(left()) }
    }
}

/// Where the text in quotation marks ends that begins at a byte.
fn beyond_text(json: &[u8], mut at: usize) -> usize {
    at += 1;
    while let Some(sign) = json.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += sign;
        if json[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    json.len()
}

fn left<E: Error>() -> E {
    E::custom("left to YAML")
}

fn text(text: impl Into<String>) -> Node {
    placeless(Value::Text(text.into()))
}

fn placeless(value: Value) -> Node {
    Node { place: Place { source: String::new(), line: 0, column: 0 }, value }
}

impl<'de> DeserializeSeed<'de> for &mut Reader<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Reader<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar, a list or a mapping")
    }

    fn visit_str<E>(self, written: &str) -> Result<Node, E> {
        Ok(text(written))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(text("null"))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(text(if value { "true" } else { "false" }))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Node, E> {
        self.number()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Node, E> {
        self.number()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        self.number()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element_seed(&mut *self)? {
            out.push(item);
        }
        Ok(placeless(Value::List(out)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Node, A::Error> {
        let mut out = Vec::new();
        while let Some(key) = pairs.next_key::<String>()? {
            // YAML may take it for an order to merge.
            if key == "<<" || key.len() > LONGEST_KEY {
                return Err(left());
            }
            out.push((text(key), pairs.next_value_seed(&mut *self)?));
        }
        Ok(placeless(Value::Map(out)))
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
            &deep(127),
            &format!(r#"{{"{}"{}: 1}}"#, r"\u006b".repeat(LONGEST_KEY), " ".repeat(MANY_BLANKS - 1)),
            &format!(r#"{{"a": ["{0}", ["{0}"]], "b": "{0}"}}"#, "long ".repeat(1000)),
        ] {
            assert!(compare(text), "{text}");
        }
        let long = "k".repeat(LONGEST_KEY + 1);
        let blanks = format!(r#"{{"k"{}: 1}}"#, " \n".repeat(MANY_BLANKS));
        for text in [
            "",
            "{a: b}",
            "[1,]",
            "[007]",
            "\"\\ud83d\"",
            "[\t1]",
            r#"{"<<": 1}"#,
            &deep(128),
            &blanks,
            &format!("{{\"{long}\": 1}}"),
        ] {
            assert!(!compare(text), "{text}");
        }
    }
}
