//! The entry language: one pattern as written, to the readings it spells out.
//!
//! ```
//! let pattern = framescope::Pattern::parse("(balanced|balancing) act").unwrap();
//! assert_eq!(pattern.readings().len(), 2);
//! ```

use crate::error::{Error, Result};
use crate::fold::{is_hyphen, is_invisible};
use crate::segment::words;

/// More readings than this, and a pattern is refused.
const MOST_READINGS: usize = 4096;
/// The widest gap, in words.
const WIDEST_GAP: usize = 50;

/// A parsed pattern: its alternatives spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    readings: Vec<Reading>,
}

/// One way to read a pattern: slots, the separators between them, and punctuation at its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// At least one.
    pub slots: Vec<Slot>,
    /// One fewer than `slots`.
    pub separators: Vec<Separator>,
    /// Punctuation right before the first slot.
    pub before: String,
    /// Punctuation right after the last slot.
    pub after: String,
}

/// What one word must look like. Nothing is folded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Letters and wildcards, in order; not empty.
    pub pieces: Vec<Piece>,
    /// `~`: the inflections of the word too.
    pub inflected: bool,
    /// All capitals, two letters or more: case counts.
    pub acronym: bool,
}

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
    /// This punctuation; white space around it does not count.
    Literal(String),
    /// This many words, and any punctuation, within one sentence.
    Gap(u16, u16),
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Char(char),
    Star,
    One,
    Tilde,
    Open,
    Close,
    Bar,
    Gap(u16, u16),
}

impl Pattern {
    /// Parses a pattern as written in a lexicon.
    ///
    /// # Errors
    /// When it is not in the language, or holds no word; the message names the character and the fix.
    pub fn parse(pattern: &str) -> Result<Self> {
        let tokens = tokens(pattern)?;
        let mut at = 0;
        let flat = spell_out(pattern, &tokens, &mut at, 0)?;
        let mut readings = Vec::with_capacity(flat.len());
        for tokens in flat {
            let reading = reading(pattern, &tokens)?;
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
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
}

impl Reading {
    /// How many readings hyphens that stand for nothing make of it.
    fn spelled_out(&self) -> usize {
        let hyphens = self.separators.iter().filter(|s| **s == Separator::Hyphen).count() as u32;
        2_usize.saturating_pow(hyphens)
    }
}

fn tokens(pattern: &str) -> Result<Vec<(usize, Token)>> {
    let mut out = Vec::new();
    let mut chars = pattern.chars().enumerate().peekable();
    while let Some((i, c)) = chars.next() {
        let token = match c {
            '\\' => match chars.next() {
                Some((_, escaped)) => Token::Char(escaped),
                None => {
                    return Err(Error::pattern(
                        pattern,
                        i + 1,
                        "the backslash at the end escapes nothing; write '\\\\' for a backslash",
                    ));
                }
            },
            '*' => Token::Star,
            '?' => Token::One,
            '~' => Token::Tilde,
            '(' => Token::Open,
            ')' => Token::Close,
            '|' => Token::Bar,
            '<' => {
                let inside: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != '>').collect();
                gap(&inside).map_err(|problem| Error::pattern(pattern, i + 1, &problem))?
            }
            '>' => return Err(Error::pattern(pattern, i + 1, "'>' closes no gap; write '\\>' for the character")),
            c if is_invisible(c) => continue,
            c => Token::Char(c),
        };
        out.push((i + 1, token));
    }
    Ok(out)
}

fn gap(inside: &str) -> std::result::Result<Token, String> {
    let advice = "write a gap as '<0-3>', from fewest to most words, or '\\<' for the character";
    let bounds = inside.split_once('-').and_then(|(low, high)| Some((low.trim().parse().ok()?, high.trim().parse().ok()?)));
    match bounds {
        Some((low, high)) if low > high => Err(format!("the gap '<{inside}>' runs backwards; {advice}")),
        Some((_, high)) if usize::from(high) > WIDEST_GAP => {
            Err(format!("the gap '<{inside}>' is wider than {WIDEST_GAP} words; use 'require' with 'within: sentence'"))
        }
        Some((low, high)) => Ok(Token::Gap(low, high)),
        None => Err(format!("'<{inside}' is no gap; {advice}")),
    }
}

type Flat = Vec<(usize, Token)>;

/// Every way through the alternatives from `at` on, up to the bracket that closes them.
fn spell_out(pattern: &str, tokens: &[(usize, Token)], at: &mut usize, depth: usize) -> Result<Vec<Flat>> {
    let opened = *at;
    let mut done: Vec<Flat> = Vec::new();
    let mut current: Vec<Flat> = vec![Vec::new()];
    let mut empty = true;
    loop {
        let Some((position, token)) = tokens.get(*at) else {
            if depth > 0 {
                let open = tokens.get(opened.wrapping_sub(1)).map_or(1, |t| t.0);
                return Err(Error::pattern(
                    pattern,
                    open,
                    "this parenthesis is not closed; add ')' or write '\\(' for the character",
                ));
            }
            done.append(&mut current);
            return Ok(done);
        };
        *at += 1;
        match token {
            Token::Open => {
                let inner = spell_out(pattern, tokens, at, depth + 1)?;
                if inner.len() * current.len() > MOST_READINGS {
                    return Err(Error::pattern_too_large(pattern, MOST_READINGS));
                }
                current =
                    current.iter().flat_map(|left| inner.iter().map(move |right| [left.as_slice(), right].concat())).collect();
                empty = false;
            }
            Token::Close | Token::Bar if depth == 0 => {
                let problem = if *token == Token::Close {
                    "this parenthesis closes nothing; remove it or write '\\)' for the character"
                } else {
                    "alternatives stand in parentheses: '(a|b)'; write '\\|' for the character"
                };
                return Err(Error::pattern(pattern, *position, problem));
            }
            Token::Close | Token::Bar => {
                if empty || current.iter().any(|c| c.iter().all(|(_, t)| *t == Token::Char(' '))) {
                    return Err(Error::pattern(
                        pattern,
                        *position,
                        "an alternative is empty; write something on both sides of '|', or take it out",
                    ));
                }
                done.append(&mut current);
                if *token == Token::Close {
                    return Ok(done);
                }
                current = vec![Vec::new()];
                empty = true;
            }
            Token::Gap(..) => {
                let beside = |t: Option<&(usize, Token)>, edges: &[Token]| t.is_some_and(|t| edges.contains(&t.1));
                let before = tokens[..*at - 1].iter().rev().find(|t| t.1 != Token::Char(' '));
                let after = tokens[*at..].iter().find(|t| t.1 != Token::Char(' '));
                if beside(before, &[Token::Open, Token::Bar]) || beside(after, &[Token::Close, Token::Bar]) {
                    return Err(Error::pattern(
                        pattern,
                        *position,
                        "a gap stands between two words of the same alternative; move it inwards or outside the parentheses",
                    ));
                }
                for flat in &mut current {
                    flat.push((*position, token.clone()));
                }
                empty = false;
            }
            _ => {
                for flat in &mut current {
                    flat.push((*position, token.clone()));
                }
                empty = false;
            }
        }
    }
}

/// A stand-in for wildcards while words are told from punctuation.
const LETTER: char = 'x';

fn reading(pattern: &str, tokens: &[(usize, Token)]) -> Result<Reading> {
    let mut text = String::with_capacity(tokens.len());
    let mut starts = Vec::with_capacity(tokens.len());
    for (_, token) in tokens {
        starts.push(text.len() as u32);
        text.push(match token {
            Token::Char(c) => *c,
            Token::Star | Token::One => LETTER,
            _ => ' ',
        });
    }
    let mut slots = Vec::new();
    let mut separators = Vec::new();
    let (mut before, mut done) = (String::new(), 0);
    for word in words(&text) {
        let first = starts.partition_point(|s| *s < word.start);
        let last = starts.partition_point(|s| *s < word.end);
        let between = &tokens[done..first];
        if slots.is_empty() {
            before = edge(pattern, between)?;
        } else {
            separators.push(separator(pattern, between)?);
        }
        let inflected = matches!(tokens.get(last), Some((_, Token::Tilde)));
        let pieces = pieces(&tokens[first..last]);
        let slot = Slot { acronym: is_acronym(&pieces), pieces, inflected };
        if inflected && !matches!(slot.pieces.as_slice(), [Piece::Text(_)]) {
            return Err(Error::pattern(pattern, tokens[last].0, "'~' inflects a word without wildcards; write one or the other"));
        }
        slots.push(slot);
        done = last + usize::from(inflected);
    }
    if slots.is_empty() {
        return Err(Error::pattern_without_word(pattern));
    }
    let after = edge(pattern, &tokens[done..])?;
    let after = if after == "." { String::new() } else { after };
    Ok(Reading { slots, separators, before, after })
}

fn is_acronym(pieces: &[Piece]) -> bool {
    let letters = || pieces.iter().filter_map(|p| if let Piece::Text(t) = p { Some(t.chars()) } else { None }).flatten();
    letters().filter(|c| c.is_uppercase()).count() >= 2 && !letters().any(char::is_lowercase)
}

fn pieces(tokens: &[(usize, Token)]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (_, token) in tokens {
        match (token, out.last_mut()) {
            (Token::Char(c), Some(Piece::Text(text))) => text.push(*c),
            (Token::Char(c), _) => out.push(Piece::Text(c.to_string())),
            (Token::Star, Some(Piece::Any)) => {}
            (Token::Star, _) => out.push(Piece::Any),
            _ => out.push(Piece::One),
        }
    }
    out
}

/// Punctuation before the first word or after the last; white space there means nothing.
fn edge(pattern: &str, tokens: &[(usize, Token)]) -> Result<String> {
    match tokens.iter().find(|(_, t)| !matches!(t, Token::Char(_))) {
        Some((at, Token::Gap(..))) => {
            Err(Error::pattern(pattern, *at, "a gap stands between two words; take it away from the end"))
        }
        Some((at, _)) => {
            Err(Error::pattern(pattern, *at, "'~' follows the word it inflects, without a blank; write '\\~' for the character"))
        }
        None => Ok(punctuation(tokens)),
    }
}

fn punctuation(tokens: &[(usize, Token)]) -> String {
    let chars = tokens.iter().filter_map(|(_, t)| if let Token::Char(c) = t { Some(*c) } else { None });
    chars.filter(|c| !c.is_whitespace()).map(|c| if is_hyphen(c) { '-' } else { c }).collect()
}

fn separator(pattern: &str, tokens: &[(usize, Token)]) -> Result<Separator> {
    let literal = punctuation(tokens);
    match tokens.iter().find(|(_, t)| !matches!(t, Token::Char(_))) {
        Some((_, Token::Gap(low, high)))
            if literal.is_empty() && tokens.iter().filter(|(_, t)| matches!(t, Token::Gap(..))).count() == 1 =>
        {
            Ok(Separator::Gap(*low, *high))
        }
        Some((at, Token::Gap(..))) => Err(Error::pattern(
            pattern,
            *at,
            "a gap stands alone between two words, with no punctuation and no other gap beside it",
        )),
        Some((at, _)) => {
            Err(Error::pattern(pattern, *at, "'~' follows the word it inflects, without a blank; write '\\~' for the character"))
        }
        None if literal.is_empty() => Ok(Separator::Space),
        None if literal == "-" && tokens.len() == 1 => Ok(Separator::Hyphen),
        None => Ok(Separator::Literal(literal)),
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
                        out += &match &r.separators[i - 1] {
                            Separator::Space => "_".to_string(),
                            Separator::Hyphen => "=".to_string(),
                            Separator::Literal(l) => format!("[{l}]"),
                            Separator::Gap(a, b) => format!("<{a}-{b}>"),
                        };
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
            ("(a|a)", vec!["a"]),
        ] {
            assert_eq!(show(pattern), want, "{pattern}");
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
        fn no_pattern_breaks_the_parser(pattern in r"[abU.S’é \\*?~()|<>0-9#&-]{0,20}") {
            if let Ok(parsed) = Pattern::parse(&pattern) {
                for reading in parsed.readings() {
                    prop_assert_eq!(reading.slots.len(), reading.separators.len() + 1);
                }
            }
        }
    }
}
