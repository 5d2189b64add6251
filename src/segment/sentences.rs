//! Sentences, by rule: a stop, what closes after it, and what follows.

use rustc_hash::FxHashSet;

use super::blocks::{bits, each_block, places};
use crate::fold::{Case, fold};
use crate::span::Span;

/// The words that keep a full stop from ending a sentence. They come from the language pack.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    /// Never the end of a sentence: "Mr.", "Gen.", "e.g." Folded, without the last stop.
    pub inner: FxHashSet<String>,
    /// May end a sentence: "U.S.", "Inc.", "p.m."
    pub outer: FxHashSet<String>,
    /// Words that show a new sentence after one of `outer`: "The", "It", "However".
    pub starters: FxHashSet<String>,
}

/// The sentences of `text`, without the white space between them. None is empty, none overlap.
///
/// A sentence ends at `.`, `!`, `?`, `…` with the marks that close after it, and at a line break that ends a paragraph.
#[must_use]
pub fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Span> {
    let wrapped = is_wrapped(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut skip = 0;
    each_block(text.as_bytes(), |block_start, block| {
        for i in places(bits(block, may_end)) {
            let at = block_start + i;
            if at < skip {
                continue;
            }
            let end = match text[at..].chars().next() {
                Some('\n' | '\r' | '\u{2028}' | '\u{2029}') if ends_paragraph(text, at, wrapped) => at,
                Some('.' | '!' | '?' | '…' | '。' | '！' | '？') => {
                    let end = closed_end(text, at);
                    skip = end;
                    if !ends_at_stop(text, start, at, end, abbreviations) {
                        continue;
                    }
                    end
                }
                _ => continue,
            };
            push(text, start, end, &mut out);
            start = end;
        }
    });
    push(text, start, text.len(), &mut out);
    out
}

/// The first bytes of what may end a sentence, and of little else.
fn may_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b'.' | b'!' | b'?' | 0xE2 | 0xE3 | 0xEF)
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let piece = &text[start..end];
    let trimmed = piece.trim_start();
    let start = end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end {
        out.push(Span { start: start as u32, end: end as u32 });
    }
}

/// Whether lines are broken to a width, so that a break alone means nothing: small letters begin lines often.
fn is_wrapped(text: &str) -> bool {
    let (mut breaks, mut small) = (0_u32, 0_u32);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (Some(last), Some(next)) = (line.trim_end().chars().next_back(), lines.peek()) else { continue };
        let Some(first) = next.trim_start().chars().next() else { continue };
        if !matches!(last, '.' | '!' | '?' | '…' | ':') {
            breaks += 1;
            small += u32::from(first.is_lowercase());
        }
    }
    breaks >= 3 && small * 5 >= breaks * 2
}

fn ends_paragraph(text: &str, at: usize, wrapped: bool) -> bool {
    let after = &text[at..];
    let Some(next) = after.find(|c: char| !c.is_whitespace()) else { return true };
    let gap = &after[..next];
    let breaks = gap.matches('\n').count() + gap.matches('\u{2029}').count();
    let breaks = if breaks == 0 { gap.matches(['\r', '\u{2028}']).count() } else { breaks };
    breaks > 1 || !(wrapped || after[next..].starts_with(char::is_lowercase))
}

/// One past the stop at `at`, further stops, and the marks that close after them.
fn closed_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let stops = rest.find(|c| !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')).unwrap_or(rest.len());
    let marks = rest[stops..]
        .find(|c| !matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '」' | '』'))
        .unwrap_or(rest.len() - stops);
    at + stops + marks
}

fn ends_at_stop(text: &str, start: usize, at: usize, end: usize, abbreviations: &Abbreviations) -> bool {
    let after = &text[end..];
    let Some(next) = after.chars().next() else { return true };
    if matches!(next, '。' | '！' | '？') || text[at..].starts_with(['。', '！', '？']) {
        return true;
    }
    if !next.is_whitespace() {
        // "said.”The" is an end without a blank; "U.S", "3.5" and "example.com" are not.
        return end > at + 1 && !text[at..end].ends_with('.') && next.is_uppercase();
    }
    let following = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let blank = &after[..after.len() - after.trim_start().len()];
    if following.starts_with(char::is_lowercase) && blank.matches('\n').count() < 2 {
        return false;
    }
    let lone_stop = text[at..].starts_with('.') && end == at + 1;
    !(lone_stop && is_inner_stop(&text[start..at], following, abbreviations))
}

/// Whether the stop after `before` belongs to an abbreviation, an initial or the number of an item.
fn is_inner_stop(before: &str, following: &str, abbreviations: &Abbreviations) -> bool {
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or(before);
    let item = word.len() == before.trim_start().len() && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(|c| c.is_uppercase() && c != 'I') && letters.next().is_none();
    let folded = fold(word, Case::Folded);
    if item || initial || abbreviations.inner.contains(&folded) {
        return true;
    }
    abbreviations.outer.contains(&folded) && {
        let first = following.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        !abbreviations.starters.contains(&fold(first, Case::Folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack() -> Abbreviations {
        let set = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        Abbreviations { inner: set(&["mr", "gen", "e.g"]), outer: set(&["u.s", "p.m"]), starters: set(&["the", "it"]) }
    }

    fn split(text: &str) -> Vec<&str> {
        sentences(text, &pack()).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn stops_end_sentences_and_abbreviations_do_not() {
        for (text, want) in [
            ("One. Two! Three?", vec!["One.", "Two!", "Three?"]),
            ("Mr. Smith met Gen. Jones. They spoke.", vec!["Mr. Smith met Gen. Jones.", "They spoke."]),
            ("The U.S. President came. In the U.S. It rained.", vec!["The U.S. President came.", "In the U.S.", "It rained."]),
            ("It grew 3.5 per cent. Then fell.", vec!["It grew 3.5 per cent.", "Then fell."]),
            ("J. F. Kennedy spoke.", vec!["J. F. Kennedy spoke."]),
            ("“We won.” He left.", vec!["“We won.”", "He left."]),
            ("“Why?” he asked. “No.”", vec!["“Why?” he asked.", "“No.”"]),
            ("Well... perhaps. Yes… No.", vec!["Well... perhaps.", "Yes…", "No."]),
            ("A headline\nA body. More", vec!["A headline", "A body.", "More"]),
            ("one line\ngoes on", vec!["one line\ngoes on"]),
            ("one\n\ntwo", vec!["one", "two"]),
            ("1. First item. 2. Second.", vec!["1. First item.", "2. Second."]),
            ("See example.com now.", vec!["See example.com now."]),
            ("", vec![]),
            (" \n ", vec![]),
            ("...", vec!["..."]),
        ] {
            assert_eq!(split(text), want, "{text}");
        }
    }

    #[test]
    fn text_broken_to_a_width_is_not_cut_at_its_lines() {
        let text = "The talks in\nBaku went on for\nhours and the two\nsides agreed to\nmeet again.";
        assert_eq!(split(text).len(), 1);
    }

    proptest! {
        #[test]
        fn sentences_hold_everything_but_white_space(text in "([A-Za-z .!?…”\"'\n\r1é]|Mr\\.|U\\.S\\.|。){0,40}") {
            let found = sentences(&text, &pack());
            let kept: String = found.iter().map(|s| s.of(&text)).flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
            let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, all);
            prop_assert!(found.iter().all(|s| s.start < s.end));
            prop_assert!(found.windows(2).all(|w| w[0].end <= w[1].start));
        }

        #[test]
        fn no_string_breaks_it(text in any::<String>()) {
            prop_assert!(sentences(&text, &pack()).iter().all(|s| !s.of(&text).trim().is_empty()));
        }
    }
}
