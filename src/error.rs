//! One error for everything that can fail: building. Searching cannot fail.
//!
//! The text of every message stands in this file. A message is one clause that says what was found and what would mend it.

use std::fmt;

/// Why a lexicon, a column or an option was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    place: Option<Place>,
}

/// What was refused; Python raises one class for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A lexicon or a pattern.
    Lexicon,
    /// The column of texts.
    Column,
    /// An option of a call.
    Option,
    /// A span whose stance is asked.
    Target,
}

/// A place in a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name as the caller gave it; empty when the text came from memory.
    pub source: String,
    /// Line, from 1.
    pub line: u64,
    /// Column in code points, from 1.
    pub column: u64,
}

/// The result of building something.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    fn lexicon(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Lexicon, message: message.into(), place: None }
    }

    /// The same error, at a place; an error that has a place keeps it.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place.get_or_insert_with(|| place.clone());
        self
    }

    /// What was refused.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where, if it came from a file or a text.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    // The file and its shape.

    pub(crate) fn yaml(detail: &str) -> Self {
        let hint = if detail.contains("tab") { "; indent with blanks, not tabs" } else { "" };
        Self::lexicon(format!("not readable as YAML: {detail}{hint}"))
    }

    pub(crate) fn shape(what: &str, expected: &str, found: &str) -> Self {
        Self::lexicon(format!("{what} must be {expected}, found {found}"))
    }

    pub(crate) fn unknown_key(owner: &str, key: &str, known: &[&str]) -> Self {
        let hint = suggestion(key, known.iter().copied());
        Self::lexicon(format!("{owner} has an unknown key '{key}'{hint}; it may have {}", known.join(", ")))
    }

    pub(crate) fn duplicate_key(owner: &str, key: &str) -> Self {
        Self::lexicon(format!("{owner} has the key '{key}' twice; merge the two or rename one"))
    }

    pub(crate) fn missing_key(owner: &str, key: &str, example: &str) -> Self {
        Self::lexicon(format!("{owner} lacks the key '{key}'; add a line like '{example}'"))
    }

    pub(crate) fn format_version(found: &str) -> Self {
        Self::lexicon(format!(
            "this is format version '{found}', but this framescope reads version 1; write 'framescope: 1' or upgrade the package"
        ))
    }

    pub(crate) fn bad_id(what: &str, id: &str) -> Self {
        Self::lexicon(format!(
            "the {what} id '{id}' is not usable: an id is not empty, has no full stop (nest frames under 'frames:' instead), no control character and no white space at its ends"
        ))
    }

    pub(crate) fn reserved_id(id: &str) -> Self {
        Self::lexicon(format!("the frame id '{id}' is the name of a column of every table; choose another, such as '{id}_frame'"))
    }

    pub(crate) fn taken_id(what: &str) -> Self {
        Self::lexicon(format!("no {what} may be called 'actors', because '#actors' stands for all actors; choose another id"))
    }

    pub(crate) fn empty_frame(path: &str) -> Self {
        Self::lexicon(format!(
            "the frame '{path}' has no entries; add some under 'entries:' (or sub-frames under 'frames:'), or remove the frame"
        ))
    }

    pub(crate) fn empty_aliases(id: &str) -> Self {
        Self::lexicon(format!("the actor '{id}' has no aliases; add at least its name under 'aliases:'"))
    }

    pub(crate) fn nothing_in_it() -> Self {
        Self::lexicon("the lexicon has neither frames nor actors; add one under 'frames:'")
    }

    pub(crate) fn duplicate_entry(owner: &str, pattern: &str, first: Option<&Place>) -> Self {
        let first = first.map_or(String::new(), |p| format!(" (first on line {})", p.line));
        Self::lexicon(format!("'{pattern}' stands twice in {owner}{first}; remove one"))
    }

    pub(crate) fn not_one_of(what: &str, found: &str, known: &[&str]) -> Self {
        let hint = suggestion(found, known.iter().copied());
        Self::lexicon(format!("{what} is '{found}'{hint}; it must be one of {}", known.join(", ")))
    }

    pub(crate) fn bad_number(what: &str, found: &str, expected: &str) -> Self {
        Self::lexicon(format!("{what} is '{found}'; it must be {expected}"))
    }

    pub(crate) fn pattern_or_regex() -> Self {
        Self::lexicon("an entry has either 'pattern' or 'regex'; this one has both or neither")
    }

    pub(crate) fn bounded_without_regex() -> Self {
        Self::lexicon("'bounded' belongs to 'regex' entries; patterns always begin and end at word borders, so remove it")
    }

    pub(crate) fn empty_context(which: &str) -> Self {
        Self::lexicon(format!("'{which}' names no context; give it 'any', 'before' or 'after' with a list of patterns"))
    }

    pub(crate) fn unknown_reference<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let hint = suggestion(name, known);
        Self::lexicon(format!(
            "'#{name}' refers to no frame or actor of this lexicon{hint}; write '#actors', '#' and a frame's path or an actor's id, or '\\#{name}' for the hashtag"
        ))
    }

    pub(crate) fn circular_reference(circle: &[String]) -> Self {
        Self::lexicon(format!(
            "the conditions refer to one another in a circle: {}; take one of the references out",
            circle.iter().map(|c| format!("#{c}")).collect::<Vec<_>>().join(" → ")
        ))
    }

    pub(crate) fn unknown_lead<'a>(owner: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let hint = suggestion(id, known);
        Self::lexicon(format!("the actor '{owner}' is led by '{id}', which is no actor of this lexicon{hint}"))
    }

    pub(crate) fn regex(pattern: &str, detail: &str) -> Self {
        let detail = detail.lines().last().unwrap_or(detail).trim_start_matches("error: ");
        Self::lexicon(format!("the regex '{pattern}' is not valid: {detail}"))
    }

    // Patterns. `at` is the position in the pattern, from 1.

    pub(crate) fn pattern(pattern: &str, at: usize, problem: &str) -> Self {
        Self::lexicon(format!("the pattern '{pattern}' is not valid at character {at}: {problem}"))
    }

    pub(crate) fn pattern_without_word(pattern: &str) -> Self {
        Self::lexicon(format!(
            "the pattern '{pattern}' has no word to look for; write a word, or use 'regex:' to find punctuation"
        ))
    }

    pub(crate) fn pattern_too_large(pattern: &str, most: usize) -> Self {
        Self::lexicon(format!("the pattern '{pattern}' spells out to more than {most} readings; split it into several entries"))
    }

    // Lexicons as wholes.

    pub(crate) fn unknown_lexicon<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        let hint = suggestion(name, known.clone());
        let list = known.collect::<Vec<_>>().join(", ");
        Self::lexicon(format!("there is no bundled lexicon '{name}'{hint}; bundled are {list}"))
    }

    pub(crate) fn unknown_frame<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let hint = suggestion(name, known);
        Self::lexicon(format!("the lexicon has no frame '{name}'{hint}"))
    }

    pub(crate) fn merge_clash(what: &str, id: &str) -> Self {
        Self::lexicon(format!("both lexicons have the {what} '{id}', and they differ; select() or rename one before joining"))
    }

    pub(crate) fn merge_languages(left: &str, right: &str) -> Self {
        Self::lexicon(format!("the lexicons are of different languages, '{left}' and '{right}', and cannot be joined"))
    }

    // Columns and options.

    pub(crate) fn column_type(found: &str) -> Self {
        Self {
            kind: ErrorKind::Column,
            message: format!(
                "expected a column of strings, found {found}; convert it to strings first, or name another column with text="
            ),
            place: None,
        }
    }

    pub(crate) fn arrow(detail: &str) -> Self {
        Self { kind: ErrorKind::Column, message: format!("the table could not be built: {detail}"), place: None }
    }

    pub(crate) fn document_too_long(row: usize, bytes: usize) -> Self {
        Self {
            kind: ErrorKind::Column,
            message: format!("the text in row {row} has {bytes} bytes; a document may have at most 4,294,967,295: split it"),
            place: None,
        }
    }

    pub(crate) fn not_utf8(row: usize) -> Self {
        let message = format!("the text in row {row} is not valid UTF-8; read the file with its own encoding first");
        Self { kind: ErrorKind::Column, message, place: None }
    }

    pub(crate) fn columns_differ(what: &str, left: usize, right: usize) -> Self {
        Self { kind: ErrorKind::Column, message: format!("{what}: {left} and {right} rows do not fit together"), place: None }
    }

    // Stance.

    pub(crate) fn weights(detail: &str) -> Self {
        Self::option(&format!("this is no weights file: {detail}; `framescope learn` writes one"))
    }

    pub(crate) fn weights_kind(found: &str, asked: &str) -> Self {
        Self::option(&format!(
            "these weights are of kind '{found}', and '{asked}' is needed; a call with holders= takes weights that were learned with holders"
        ))
    }

    fn target(message: String) -> Self {
        Self { kind: ErrorKind::Target, message, place: None }
    }

    pub(crate) fn bad_span(row: usize, what: &str, (start, end): (i64, i64), points: usize) -> Self {
        Self::target(format!(
            "row {row}: the {what} ({start}, {end}) is no span of a text of {points} characters; a span is (start, end) in code points, \
             with 0 <= start < end <= len(text)"
        ))
    }

    pub(crate) fn unknown_measure<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        let hint = suggestion(name, known.clone());
        Self::option(&format!("there is no measure '{name}'{hint}; there are {}", known.collect::<Vec<_>>().join(", ")))
    }

    pub(crate) fn option(detail: &str) -> Self {
        Self { kind: ErrorKind::Option, message: format!("bad option: {detail}"), place: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            let source = if place.source.is_empty() { "lexicon" } else { &place.source };
            write!(f, "{source}:{}:{}: ", place.line, place.column)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// `; did you mean 'x'?`, or nothing when no known name is near.
fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let wanted = name.to_lowercase();
    known
        .map(|k| (strsim::normalized_damerau_levenshtein(&wanted, &k.to_lowercase()), k))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map_or(String::new(), |(_, k)| format!("; did you mean '{k}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_place_problem_and_fix() {
        let place = Place { source: "my.yaml".into(), line: 3, column: 5 };
        let error = Error::unknown_key("the lexicon", "frmes", &["frames", "actors"]).at(&place);
        assert_eq!(
            error.to_string(),
            "my.yaml:3:5: the lexicon has an unknown key 'frmes'; did you mean 'frames'?; it may have frames, actors"
        );
    }

    #[test]
    fn nothing_is_suggested_when_nothing_is_near() {
        assert_eq!(suggestion("zebra", ["frames", "actors"].into_iter()), "");
    }
}
