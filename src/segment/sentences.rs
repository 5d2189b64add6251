//! Sentences, by rule: a stop, what closes after it, and what follows.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::each_place;
use crate::fold::{Case, fold_into};
use crate::span::Span;

/// A sentence has at most so many bytes, if it has white space. Of a million sentences of speeches a dozen are longer.
const LONGEST: usize = 2_000;

/// From this length on abbreviations are not told apart by it.
const LONG: usize = 8;

/// The words that keep a full stop from ending a sentence. They come from the language pack.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    /// Folded, without the last stop, and whether a sentence never ends there.
    words: FxHashMap<String, bool>,
    starters: FxHashSet<String>,
    /// By their length, at most [`LONG`], the first letters of these words, as bits.
    firsts: [u32; LONG + 1],
}

impl Abbreviations {
    /// All of them folded, and abbreviations without the last stop. `inner` are never the end of a sentence: "Mr.", "Gen.", "e.g."; `outer` may
    /// end one: "U.S.", "Inc.", "p.m."; and `starters` show a new sentence after one of `outer`: "The", "It", "However".
    pub fn new(
        inner: impl IntoIterator<Item = String>,
        outer: impl IntoIterator<Item = String>,
        starters: impl IntoIterator<Item = String>,
    ) -> Self {
        let inner = inner.into_iter().map(|word| (word, true));
        let words: FxHashMap<_, _> = outer.into_iter().map(|word| (word, false)).chain(inner).collect();
        let mut firsts = [0; LONG + 1];
        for word in words.keys() {
            firsts[word.len().min(LONG)] |= first_letter(word);
        }
        Self { words, starters: starters.into_iter().collect(), firsts }
    }

    /// Whether the stop after `word` keeps to it, where `following` comes next.
    pub fn keep(&self, word: &str, following: &str, form: &mut String) -> bool {
        if self.firsts[word.len().min(LONG)] & first_letter(word) == 0 && word.is_ascii() {
            return false;
        }
        fold_into(word, Case::Folded, form);
        self.words.get(form.as_str()).is_some_and(|inner| {
            *inner || {
                fold_into(following.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default(), Case::Folded, form);
                !self.starters.contains(form.as_str())
            }
        })
    }
}

/// A bit that is the same for a letter and its capital.
fn first_letter(word: &str) -> u32 {
    word.bytes().next().map_or(0, |b| 1 << (b & 31))
}

/// The sentences of `text`, without the white space between them. None is empty, none overlap.
///
/// A sentence ends at `.`, `!`, `?`, `…` with the marks that close after it, and at a line break that ends a paragraph. What is longer than
/// 2,000 bytes is cut further.
#[must_use]
pub fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Span> {
    sentences_of(text, is_wrapped(text), abbreviations)
}

/// The same of a text whose lines are known to be broken to a width or not.
pub fn sentences_of(text: &str, wrapped: bool, abbreviations: &Abbreviations) -> Vec<Span> {
    let mut stops = Stops { text, abbreviations, form: String::new(), following: 0 };
    // Few texts have shorter sentences.
    let mut out = Vec::with_capacity(text.len() / 100 + 1);
    let (mut start, mut skip) = (0, 0);
    each_place(text.as_bytes(), MAY_END, |at| {
        if at < skip {
            return;
        }
        let end = match text[at..].chars().next() {
            Some('\n' | '\r' | '\u{2028}' | '\u{2029}') if at > start => {
                let Some(next) = next_paragraph(text, at, wrapped) else { return };
                skip = next;
                at
            }
            Some(stop) if is_stop(stop) => {
                skip = closed_end(text, at);
                if !stops.end_sentence(start..at, stop, skip) {
                    return;
                }
                skip
            }
            _ => return,
        };
        push(text, start, end, &mut out);
        start = end;
    });
    push(text, start, text.len(), &mut out);
    out
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// The first bytes of what may end a sentence, and of little else.
const MAY_END: [u8; 8] = [b'\n', b'\r', b'.', b'!', b'?', 0xE2, 0xE3, 0xEF];

fn push(text: &str, mut start: usize, mut end: usize, out: &mut Vec<Span>) {
    let is_plain = |at: usize| text.as_bytes()[at].is_ascii_graphic();
    // Most have one blank before them and end in a stop.
    start += usize::from(start < end && text.as_bytes()[start] == b' ');
    if !(start < end && is_plain(start) && is_plain(end - 1)) {
        let trimmed = text[start..end].trim_start();
        start = end - trimmed.len();
        end = start + trimmed.trim_end().len();
    }
    if end - start > LONGEST {
        push_long(text, start, end, out);
    } else if start < end {
        out.push(Span { start: start as u32, end: end as u32 });
    }
}

/// Adds what is too long, in pieces.
#[cold]
fn push_long(text: &str, mut start: usize, end: usize, out: &mut Vec<Span>) {
    while start < end {
        let cut = start + cut_long(&text[start..end]);
        out.push(Span { start: start as u32, end: (start + text[start..cut].trim_end().len()) as u32 });
        start = end - text[cut..end].trim_start().len();
    }
}

/// Where a sentence is cut that is longer than it may be: after the last `;` or line break of its second half, else before its last white space,
/// else before the next; at its end if it is not. Transcripts without stops and tables would be a single sentence, in which everything stands beside everything.
fn cut_long(sentence: &str) -> usize {
    if sentence.len() <= LONGEST {
        return sentence.len();
    }
    let border = |at: usize| (0..=at).rev().find(|i| sentence.is_char_boundary(*i)).unwrap_or_default();
    let half = border(LONGEST / 2);
    let second = &sentence[half..border(LONGEST)];
    let parts = |(i, c): (usize, char)| c == '\n' || c == ';' && sentence[half + i + 1..].starts_with(char::is_whitespace);
    let mark = second.char_indices().rev().find(|at| parts(*at)).map(|(i, _)| i + 1);
    let place = mark.or_else(|| second.rfind(char::is_whitespace)).map(|i| half + i);
    place.or_else(|| Some(half + sentence[half..].find(char::is_whitespace)?)).unwrap_or(sentence.len())
}

/// Whether lines are broken to a width, so that a break alone means nothing: small letters begin lines often.
pub fn is_wrapped(text: &str) -> bool {
    let (mut breaks, mut small) = (0_u32, 0_u32);
    let edge = |c: &char| *c == '\n' || !c.is_whitespace();
    each_place(text.as_bytes(), [b'\n'], |at| {
        let (last, first) = (text[..at].chars().rev().find(edge), text[at + 1..].chars().find(edge));
        let (Some(last), Some(first)) = (last, first) else { return };
        if first != '\n' && !matches!(last, '\n' | '.' | '!' | '?' | '…' | ':') {
            breaks += 1;
            small += u32::from(first.is_lowercase());
        }
    });
    breaks >= 3 && small * 5 >= breaks * 2
}

/// Where the next paragraph begins, if the break at `at` ends one: there is more than one break, or the text does not go on with a small letter.
fn next_paragraph(text: &str, at: usize, wrapped: bool) -> Option<usize> {
    let (mut lines, mut others) = (0, 0);
    for (i, c) in text[at..].char_indices() {
        match c {
            '\n' | '\u{2029}' => lines += 1,
            '\r' | '\u{2028}' => others += 1,
            _ if c.is_whitespace() => {}
            _ => {
                let breaks = if lines == 0 { others } else { lines };
                return (breaks > 1 || !(wrapped || c.is_lowercase())).then_some(at + i);
            }
        }
    }
    Some(text.len())
}

/// One past the stop at `at`, further stops, and the marks that close after them.
fn closed_end(text: &str, at: usize) -> usize {
    // Most stand alone.
    if let [b'.' | b'!' | b'?', b' ', ..] = text.as_bytes()[at..] {
        return at + 1;
    }
    let closing = |c| matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '」' | '』');
    text.len() - text[at..].trim_start_matches(is_stop).trim_start_matches(closing).len()
}

/// What is asked of the stops of a text, one after another.
struct Stops<'t> {
    text: &'t str,
    abbreviations: &'t Abbreviations,
    form: String,
    /// The first letter or digit after the last stop that was asked for it.
    following: usize,
}

impl Stops<'_> {
    /// Whether a sentence ends at `end`, after a stop and what closes after it; `before` is what it has before the stop.
    fn end_sentence(&mut self, before: Range<usize>, stop: char, end: usize) -> bool {
        let (at, after) = (before.end, &self.text[end..]);
        let Some(next) = after.chars().next() else { return true };
        if matches!(next, '。' | '！' | '？') || matches!(stop, '。' | '！' | '？') {
            return true;
        }
        if !next.is_whitespace() {
            // "said.”The" is an end without a blank; "U.S", "3.5" and "example.com" are not.
            return end > at + 1 && !self.text[at..end].ends_with('.') && next.is_uppercase();
        }
        if self.following < end {
            let plain = matches!(*after.as_bytes(), [b' ', following, ..] if following.is_ascii_alphanumeric());
            let next = || after.find(char::is_alphanumeric).map_or(self.text.len(), |i| end + i);
            self.following = if plain { end + 1 } else { next() };
        }
        let following = &self.text[self.following..];
        if following.starts_with(char::is_lowercase) {
            let blank = after.chars().take_while(|c| c.is_whitespace());
            if blank.filter(|c| *c == '\n').count() < 2 {
                return false;
            }
        }
        !(stop == '.' && end == at + 1 && self.is_inner(&self.text[before], following))
    }

    /// Whether the stop after `before` belongs to an abbreviation, an initial or the number of an item.
    fn is_inner(&mut self, before: &str, following: &str) -> bool {
        let word = last_word(before);
        let number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        let mut letters = word.chars();
        let initial = letters.next().is_some_and(|c| c.is_uppercase() && c != 'I') && letters.next().is_none();
        initial || number && word.len() == before.trim_start().len() || self.abbreviations.keep(word, following, &mut self.form)
    }
}

/// ASCII letters, digits and stops.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = (b as u8).is_ascii_alphanumeric() || b as u8 == b'.';
        b += 1;
    }
    table
};

/// The letters, digits and stops at the end of `text`.
fn last_word(text: &str) -> &str {
    let border = text.bytes().rposition(|b| !IN_WORD[usize::from(b)]);
    match border {
        Some(at) if !text.as_bytes()[at].is_ascii() => {
            text.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or_default()
        }
        _ => &text[border.map_or(0, |at| at + 1)..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack() -> Abbreviations {
        let words = |words: &'static [&str]| words.iter().map(ToString::to_string);
        Abbreviations::new(words(&["mr", "gen", "e.g"]), words(&["u.s", "p.m"]), words(&["the", "it"]))
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

    /// The same by the letter of the rules, a character at a time.
    fn naive(text: &str) -> Vec<&str> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let broken = |l: &&[&str]| !l[0].is_empty() && !l[1].is_empty() && !l[0].ends_with(['.', '!', '?', '…', ':']);
        let breaks: Vec<_> = lines.windows(2).filter(broken).collect();
        let small = breaks.iter().filter(|l| l[1].starts_with(char::is_lowercase)).count();
        let wrapped = breaks.len() >= 3 && small * 5 >= breaks.len() * 2;
        let (mut start, mut skip, mut ends) = (0, 0, vec![]);
        for (at, c) in text.char_indices() {
            let rest = &text[at..];
            let gap = &rest[..rest.len() - rest.trim_start().len()];
            let count = |marks: [char; 2]| gap.matches(marks).count();
            let breaks = if count(['\n', '\u{2029}']) > 0 { count(['\n', '\u{2029}']) } else { count(['\r', '\u{2028}']) };
            let small = rest.trim_start().starts_with(char::is_lowercase);
            let paragraph =
                matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') && (gap == rest || breaks > 1 || !(wrapped || small));
            if at >= skip && paragraph {
                ends.push(at);
                start = at;
            } else if at >= skip && is_stop(c) {
                let after =
                    rest.trim_start_matches(is_stop).trim_start_matches(['"', '\'', '”', '’', '»', '›', ')', ']', '」', '』']);
                skip = text.len() - after.len();
                if naive_stop(&text[start..at], &text[at..skip], after) {
                    ends.push(skip);
                    start = skip;
                }
            }
        }
        ends.push(text.len());
        let starts = [0].into_iter().chain(ends.clone());
        starts.zip(ends).map(|(start, end)| text[start..end].trim()).filter(|s| !s.is_empty()).collect()
    }

    fn naive_stop(before: &str, stop: &str, after: &str) -> bool {
        let full = ['。', '！', '？'];
        let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap();
        let following = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        let blank = &after[..after.len() - after.trim_start().len()];
        if after.is_empty() || after.starts_with(full) || stop.starts_with(full) {
            return true;
        }
        if blank.is_empty() {
            return stop.len() > 1 && !stop.ends_with('.') && after.starts_with(char::is_uppercase);
        }
        if following.starts_with(char::is_lowercase) && blank.matches('\n').count() < 2 {
            return false;
        }
        let item = word == before.trim_start() && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        let initial = word.chars().count() == 1 && word != "I" && word.starts_with(char::is_uppercase);
        let first = following.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_lowercase();
        let word = word.to_lowercase();
        let inner = ["mr", "gen", "e.g"].contains(&&*word);
        let outer = ["u.s", "p.m"].contains(&&*word) && !["the", "it"].contains(&&*first);
        !(stop == "." && (item || initial || inner || outer))
    }

    #[test]
    fn a_run_of_stops_or_breaks_is_read_once() {
        for (run, sentences) in [(". ", 200_000), ("\n", 0), ("\r ", 0), ("\n.", 1), ("?\n", 200_000)] {
            assert!(split(&run.repeat(200_000)).len() >= sentences, "{run:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn sentences_are_those_of_the_rules(
            text in "([A-Za-z]{1,7}|[ \n]|[ .!?…”\"'\n\r\t1é\u{A0}\u{2028}\u{2029}—]|\\. [A-Z]|\\.\n?[a-z]|Mr\\.|U\\.S\\. (The|It)|gen\\. |I\\.|12\\. |。|？){0,60}"
        ) {
            prop_assert_eq!(split(&text), naive(&text));
        }
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_mark_or_else_at_white_space() {
        let (words, blob) = ("word ".repeat(2_000), "é".repeat(5_000));
        let pieces = split(&words);
        assert_eq!(pieces.iter().map(|p| p.len()).collect::<Vec<_>>(), [1_999, 1_999, 1_999, 1_999, 1_999]);
        for mark in [";", "\n"] {
            let marked = "word ".repeat(250) + "last" + mark + " " + &words;
            assert!(split(&marked)[0].trim_end_matches(';').ends_with("last"));
            assert!(split(&marked)[1].starts_with("word"));
        }
        assert_eq!(split(&format!("{blob} {blob}")), [&*blob, &*blob]);
        assert_eq!(split(&format!("{blob}. {words}")).len(), 6);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn long_sentences_are_cut_and_nothing_is_lost(text in "([a-zé]{1,9}[ ;\n\u{2003}]{0,2}|[a-z]{40,90}){600,900}") {
            let pieces = split(&text);
            prop_assert_eq!(pieces.concat().replace(char::is_whitespace, ""), text.replace(char::is_whitespace, ""));
            for piece in &pieces {
                prop_assert_eq!(piece.trim(), *piece);
                prop_assert!(!piece.is_empty() && (piece.char_indices().all(|(i, c)| i < LONGEST || !c.is_whitespace())));
            }
            // What is cut is cut between words.
            let cut: Vec<String> = pieces.iter().flat_map(|p| p.split_whitespace().map(str::to_owned)).collect();
            prop_assert_eq!(cut, text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        }
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
