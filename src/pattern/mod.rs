//! The entry language: one pattern as written, to the readings it spells out.
//!
//! ```
//! let pattern = framescope::Pattern::parse("(balanced|balancing) act").unwrap();
//! assert_eq!(pattern.readings().len(), 2);
//! ```

mod plain;
mod reading;
mod token;

use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};

use crate::error::{Error, Result};
use reading::reading;
use token::{spell_out, tokens};

/// More readings than this, and a pattern is refused.
const MOST_READINGS: usize = 4096;

/// A parsed pattern: its alternatives spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    readings: SmallVec<[Reading; 1]>,
}

/// One way to read a pattern: slots, the separators between them, and punctuation at its ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reading {
    /// At least one.
    pub slots: SmallVec<[Slot; 1]>,
    /// One fewer than `slots`.
    pub separators: Vec<Separator>,
    /// Punctuation right before the first slot.
    pub before: String,
    /// Punctuation right after the last slot.
    pub after: String,
}

/// What one word must look like. Nothing is folded yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slot {
    /// Letters and wildcards, in order; not empty.
    pub pieces: Pieces,
    /// `~`: the inflections of the word too.
    pub inflected: bool,
    /// All capitals, two letters or more: case counts.
    pub acronym: bool,
}

/// The parts of a slot: most are a word, or a word and a wildcard.
pub type Pieces = SmallVec<[Piece; 2]>;

/// A part of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// These characters.
    Text(String),
    /// `*`: any number of characters of the word.
    Any,
    /// `?`: one character of the word.
    One,
}

/// What may stand between two slots.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Separator {
    /// White space, or one hyphen.
    Space,
    /// One hyphen, or white space, or nothing.
    Hyphen,
    /// This punctuation; white space around it does not count. Empty where words touch, as in Chinese.
    Literal(String),
    /// This many words, and any punctuation, within one sentence.
    Gap(u16, u16),
}

impl Pattern {
    /// Parses a pattern as written in a lexicon.
    ///
    /// # Errors
    /// When it is not in the language, or holds no word; the message names the character and the fix.
    pub fn parse(pattern: &str) -> Result<Self> {
        match plain::reading(pattern) {
            Some(reading) => Ok(Self { readings: smallvec![reading] }),
            None => Self::parse_tokens(pattern),
        }
    }

    /// Whether [`Pattern::parse`] takes a pattern.
    ///
    /// # Errors
    /// As there.
    pub fn check(pattern: &str) -> Result<()> {
        if plain::is_plain(pattern) { Ok(()) } else { Self::parse_tokens(pattern).map(drop) }
    }

    fn parse_tokens(pattern: &str) -> Result<Self> {
        let tokens = tokens(pattern)?;
        let readings = if tokens.iter().any(|(_, token)| token.is_of_alternatives()) {
            distinct(spell_out(pattern, &tokens, &mut 0, 0)?.iter().map(|flat| reading(pattern, flat)))?
        } else {
            smallvec![reading(pattern, &tokens)?]
        };
        if readings.iter().map(Reading::spelled_out).sum::<usize>() > MOST_READINGS {
            return Err(Error::pattern_too_large(pattern, MOST_READINGS));
        }
        Ok(Self { readings })
    }

    /// The ways to read it, without repetition.
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// As [`Pattern::readings`], for keeps.
    #[must_use]
    pub fn into_readings(self) -> SmallVec<[Reading; 1]> {
        self.readings
    }
}

/// All of them, without repetition.
fn distinct(readings: impl Iterator<Item = Result<Reading>>) -> Result<SmallVec<[Reading; 1]>> {
    let (mut out, mut known) = (SmallVec::new(), FxHashSet::default());
    for reading in readings {
        let reading = reading?;
        if known.insert(reading.clone()) {
            out.push(reading);
        }
    }
    Ok(out)
}

impl Reading {
    /// How many readings hyphens that stand for nothing make of it.
    fn spelled_out(&self) -> usize {
        let hyphens = self.separators.iter().filter(|s| **s == Separator::Hyphen).count() as u32;
        2_usize.saturating_pow(hyphens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(pattern: &str) -> Vec<String> {
        Pattern::parse(pattern)
            .unwrap()
            .readings()
            .iter()
            .map(|r| {
                let mut out = r.before.clone();
                for (i, slot) in r.slots.iter().enumerate() {
                    if i > 0 {
                        let between = match &r.separators[i - 1] {
                            Separator::Space => "_".to_string(),
                            Separator::Hyphen => "=".to_string(),
                            Separator::Literal(l) => format!("[{l}]"),
                            Separator::Gap(a, b) => format!("<{a}-{b}>"),
                        };
                        out += &between;
                    }
                    for piece in &slot.pieces {
                        out += match piece {
                            Piece::Text(t) => t,
                            Piece::Any => "*",
                            Piece::One => "?",
                        };
                    }
                    if slot.inflected {
                        out.push('~');
                    }
                }
                out + &r.after
            })
            .collect()
    }

    #[test]
    fn patterns_spell_out_their_readings() {
        for (pattern, want) in [
            ("sovereignty", vec!["sovereignty"]),
            ("middle  power", vec!["middle_power"]),
            ("multi-vector", vec!["multi=vector"]),
            ("bridge~", vec!["bridge~"]),
            ("(balanced|balancing) act", vec!["balanced_act", "balancing_act"]),
            ("(head of state|president)", vec!["head_of_state", "president"]),
            ("pre(war|(in|de)flation)", vec!["prewar", "preinflation", "predeflation"]),
            ("link* <0-3> East", vec!["link*<0-3>East"]),
            ("U.S.", vec!["U.S"]),
            ("U.S. aid", vec!["U.S[.]aid"]),
            ("AT&T", vec!["AT[&]T"]),
            ("no. 10", vec!["no[.]10"]),
            ("#reset", vec!["#reset"]),
            ("C++", vec!["C++"]),
            (r"what\?", vec!["what?"]),
            ("*vector", vec!["*vector"]),
            ("don't", vec!["don't"]),
            ("北京", vec!["北[]京"]),
            ("voters’ rights", vec!["voters[']rights"]),
            ("(a|a)", vec!["a"]),
        ] {
            assert_eq!(show(pattern), want, "{pattern}");
        }
    }

    #[test]
    fn words_and_wildcards_are_plain() {
        for pattern in ["peace", " middle  power ", "G7 *tion", "US", "link~ East"] {
            assert!(plain::is_plain(pattern), "{pattern}");
        }
    }

    #[test]
    fn acronyms_are_told_from_words() {
        let acronym = |p: &str| Pattern::parse(p).unwrap().readings()[0].slots[0].acronym;
        for (pattern, want) in [
            ("US", true),
            ("U.S.", true),
            ("NATO", true),
            ("G7", false),
            ("I", false),
            ("USAid", false),
            ("US*", true),
            ("us", false),
        ] {
            assert_eq!(acronym(pattern), want, "{pattern}");
        }
    }

    #[test]
    fn what_is_not_in_the_language_is_refused() {
        for pattern in [
            "",
            "  ",
            "...",
            "(a",
            "a)",
            "(a|)",
            "a|b",
            "<0-2> a",
            "a <0-2>",
            "a <2-1> b",
            "a <b> c",
            "a\\",
            "a* ~",
            "b~c",
            "b~*",
            "a*~",
            "a <0-1> <0-1> b",
            "a > b",
            "(a <0-2>|b) c",
        ] {
            assert!(Pattern::parse(pattern).is_err(), "{pattern}");
        }
        let many = "(a|b|c|d)".repeat(8);
        assert!(Pattern::parse(&many).is_err());
    }

    proptest! {
        #[test]
        fn no_string_breaks_the_parser(pattern in any::<String>()) {
            let _ = Pattern::parse(&pattern);
        }

        #[test]
        fn a_plain_pattern_is_read_as_any_other(pattern in "[abUS9*?~ é-]{0,3}|([ab]{1,2}[*?~]{0,2}|US|A9|U[*]| ){0,6}") {
            let parsed = Pattern::parse_tokens(&pattern);
            prop_assert_eq!(plain::is_plain(&pattern), plain::reading(&pattern).is_some());
            prop_assert_eq!(Pattern::check(&pattern).is_ok(), parsed.is_ok());
            if let Some(reading) = plain::reading(&pattern) {
                prop_assert_eq!(parsed, Ok(Pattern { readings: smallvec![reading] }));
            }
        }

        #[test]
        fn no_pattern_breaks_the_parser(pattern in r"[abU.S’é \\*?~()|<>0-9#&-]{0,20}") {
            if let Ok(parsed) = Pattern::parse(&pattern) {
                for reading in parsed.readings() {
                    prop_assert_eq!(reading.slots.len(), reading.separators.len() + 1);
                }
            }
        }
    }
}
