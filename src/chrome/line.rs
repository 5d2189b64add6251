//! A line of a text, and what its shape says.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use fearless_simd::{Simd, dispatch};
use memchr::memmem::Finder;
use memchr::{memchr_iter, memrchr_iter};

use super::lists::Lists;
use crate::fold::{Case, fold};
use crate::segment::{BLOCK, Block, places, vectors};
use crate::span::Span;

/// Words from which a line that ends a sentence is a paragraph.
const PARAGRAPH: usize = 14;
/// Words that a line has at most of which the beginning tells what it is.
const SHORT: usize = 30;
/// Words from which any line is one, whatever it ends with.
const LONG: usize = 40;
/// Bytes at the beginning of a long line in which rights are reserved, if it is a note of them.
const NOTE: usize = 200;

/// What a note of rights holds.
static RIGHTS: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["ights", "IGHTS"].map(Finder::new));

/// A line that is not blank, without the white space around it.
#[derive(Debug)]
pub(super) struct Line<'t> {
    bytes: &'t [u8],
    pub span: Span,
    text: OnceCell<&'t str>,
    words: OnceCell<usize>,
}

impl<'t> Line<'t> {
    /// The lines from a byte on at which one begins.
    pub fn all_from(text: &'t [u8], start: usize) -> impl Iterator<Item = Self> {
        places_from(text, start).filter_map(|at| Self::new(text, at))
    }

    /// The first paragraph of which this holds.
    pub fn first_paragraph(text: &'t [u8], holds: impl Fn(&Self) -> bool) -> Option<Self> {
        places_from(text, 0).find_map(|at| Self::paragraph(text, at).filter(&holds))
    }

    /// The last paragraph of which this holds.
    pub fn last_paragraph(text: &'t [u8], holds: impl Fn(&Self) -> bool) -> Option<Self> {
        let starts = memrchr_iter(b'\n', text).map(|at| at + 1).chain([0]);
        let mut places = starts.scan(text.len(), |end, start| Some(start..std::mem::replace(end, start.saturating_sub(1))));
        places.find_map(|at| Self::paragraph(text, at).filter(&holds))
    }

    /// The line of these bytes, if it is a paragraph. Where there is none, every line of a text is asked.
    fn paragraph(text: &'t [u8], at: Range<usize>) -> Option<Self> {
        may_be_paragraph(&text[at.clone()]).then(|| Self::new(text, at))?.filter(Self::is_paragraph)
    }

    /// The line of these bytes; none if it is blank.
    pub fn new(text: &'t [u8], at: Range<usize>) -> Option<Self> {
        let mut rest = text[at.clone()].trim_ascii_start();
        let mut bytes = rest.trim_ascii_end();
        if ![bytes.first(), bytes.last()].into_iter().flatten().all(u8::is_ascii_graphic) {
            let line = std::str::from_utf8(&text[at.clone()]).ok()?;
            (rest, bytes) = (line.trim_start().as_bytes(), line.trim().as_bytes());
        }
        let start = (at.end - rest.len()) as u32;
        let span = Span { start, end: start + bytes.len() as u32 };
        (!bytes.is_empty()).then(|| Self { bytes, span, text: OnceCell::new(), words: OnceCell::new() })
    }

    /// Its text, of which long paragraphs need not be asked; nothing where it is no UTF-8.
    pub fn text(&self) -> &'t str {
        self.text.get_or_init(|| std::str::from_utf8(self.bytes).unwrap_or_default())
    }

    /// How many words it has, no more than [`LONG`] being told apart; counted when first asked for, which is seldom asked of a line inside an article.
    pub fn words(&self) -> usize {
        *self.words.get_or_init(|| words(self.bytes))
    }

    /// Whether the bytes of a line end as a sentence does, by the last alone; never wrong when it says yes.
    pub fn stops_plainly(line: &[u8]) -> bool {
        matches!(line.trim_ascii_end().last(), Some(b'.' | b'!' | b'?' | b':' | b';' | b','))
    }

    /// Whether it ends as a sentence does.
    pub fn stops(&self) -> bool {
        let bare = self.text().trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
        bare.ends_with(['.', '!', '?', '…', ':', ';', ','])
    }

    /// Whether it is a paragraph of running text.
    pub fn is_paragraph(&self) -> bool {
        self.words() == LONG || self.words() >= PARAGRAPH && self.stops()
    }

    /// Its words, folded, without the punctuation around them.
    fn folded(&self) -> impl Iterator<Item = String> + '_ {
        let bare = |w: &str| fold(w.trim_matches(|c: char| !c.is_alphanumeric()), Case::Folded);
        self.text()
            .split(|c: char| c.is_whitespace() || matches!(c, '|' | '/' | '·' | '•' | ','))
            .map(bare)
            .filter(|w| !w.is_empty())
    }

    /// The whole line, folded, without the punctuation around it.
    fn whole(&self) -> String {
        let words: Vec<&str> =
            self.text().trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != '©').split_whitespace().collect();
        fold(&words.join(" "), Case::Folded)
    }

    pub fn is_menu(&self, lists: &Lists) -> bool {
        self.words() <= 6 && self.bytes.len() > 2 && !self.stops() && self.folded().all(|w| lists.menu.contains(w.as_str()))
    }

    /// Three items or more between bars: "Home | News | Sport".
    pub fn is_bar(&self) -> bool {
        if self.bytes.is_ascii() && !self.text().contains('|') {
            return false;
        }
        let items: Vec<&str> = self.text().split(['|', '·', '•', '»', '›']).map(str::trim).filter(|i| !i.is_empty()).collect();
        !self.stops() && items.len() >= 3 && items.iter().all(|i| i.split_whitespace().count() <= 3)
    }

    pub fn is_date(&self, lists: &Lists) -> bool {
        let date = |w: String| w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 10 || lists.date.contains(w.as_str());
        self.words() <= 10
            && !self.stops()
            && self.bytes.iter().any(u8::is_ascii_digit)
            && self.folded().all(date)
            && (self.words() > 1 || self.text().contains(['-', '/', '.', ':']))
    }

    /// "5 min read", "Views: 265".
    pub fn is_counter(&self, lists: &Lists) -> Option<&'static str> {
        if self.words() > 6 {
            return None;
        }
        let mut counted = None;
        let mut number = false;
        for word in self.folded() {
            let figure = word.starts_with(|c: char| c.is_ascii_digit());
            if lists.counter.contains(word.as_str()) {
                counted = Some(word);
            } else if !figure && !lists.unit.contains(word.as_str()) {
                return None;
            }
            number |= figure;
        }
        let reading = counted.filter(|_| number)?.starts_with("read");
        Some(if reading { "reading time" } else { "counter" })
    }

    /// "Tel: …", "e-mail: …".
    pub fn is_contact(&self, lists: &Lists) -> bool {
        let detail = || self.text().contains('@') || self.bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 5;
        self.words() <= 12 && detail() && self.folded().next().is_some_and(|w| lists.contact.contains(w.as_str()))
    }

    /// Only marks, or a letter or two with them: "A+", "←".
    pub fn is_marks(&self) -> bool {
        let letters = self.text().chars().filter(|c| c.is_alphanumeric()).take(2).count();
        letters == 0 || letters == 1 && self.text().ends_with(['+', '-', '−', '–', '×'])
    }

    pub fn is_related_heading(&self, lists: &Lists) -> bool {
        lists.headings.may_begin(self.bytes) && self.words() <= 8 && lists.related.contains(self.whole().as_str())
    }

    pub fn is_anywhere(&self, lists: &Lists) -> bool {
        self.words() <= 6 && lists.anywhere.contains(self.whole().as_str())
    }

    /// Whether it begins with one of these, as whole words.
    fn begins(&self, list: &[Box<str>], line: &str) -> bool {
        self.words() <= SHORT
            && list.iter().any(|p| {
                let rest = line.strip_prefix(&**p);
                rest.is_some_and(|r| p.ends_with([':', '©', ')']) || !r.starts_with(|c: char| c.is_alphanumeric()))
            })
    }

    /// What the site says here, by how the line begins.
    pub fn prompt(&self, lists: &Lists) -> Option<&'static str> {
        let short = self.words() <= SHORT;
        let begins = short && lists.prompts.may_begin(self.bytes);
        let signed = short && self.text().contains('©');
        if !begins && !signed && !self.may_reserve_rights() {
            return None;
        }
        let line = self.whole();
        let found = |list: &[Box<str>]| self.begins(list, &line);
        if found(&lists.cookies) {
            return Some("cookie note");
        }
        if found(&lists.copyright) || signed || line.contains("all rights reserved") {
            return Some("copyright");
        }
        if found(&lists.tags) {
            return Some("tags");
        }
        found(&lists.prompt).then_some("prompt")
    }

    /// Whether rights are reserved in it; of rights alone many paragraphs speak. A long line may be the article itself, with that at its end.
    fn may_reserve_rights(&self) -> bool {
        let text = if self.words() == LONG { &self.bytes[..self.bytes.len().min(NOTE)] } else { self.bytes };
        let reserved = |at: usize| {
            let mut rest = text[at..].iter().skip_while(|b| !b.is_ascii_alphanumeric());
            b"reserved".iter().all(|wanted| rest.next().is_some_and(|b| b.eq_ignore_ascii_case(wanted)))
        };
        RIGHTS.iter().any(|rights| rights.find_iter(text).any(|at| reserved(at + rights.needle().len())))
    }

    /// "Read more: …" between paragraphs.
    pub fn is_link(&self, lists: &Lists) -> bool {
        let may_begin = lists.links.may_begin(self.bytes);
        may_begin && self.words() <= SHORT && !self.stops() && self.begins(&lists.link, &self.whole())
    }

    /// Whether it can be the middle of a sentence that is broken into lines.
    pub fn runs_on(&self) -> bool {
        self.words() > 3 && self.text().starts_with(char::is_lowercase)
    }

    /// An item of the page's head: "- Jan 6".
    pub fn is_bulleted(&self) -> bool {
        self.words() <= 4 && self.text().starts_with(['-', '–', '•', '·', '*', '|'])
    }

    /// Two or three words that all begin with a capital: a name.
    pub fn is_name(&self) -> bool {
        (2..=4).contains(&self.words())
            && self.text().chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '’' | '\''))
            && self.text().split_whitespace().all(|w| w.starts_with(char::is_uppercase))
    }
}

/// Where the lines are from a byte on at which one begins.
fn places_from(text: &[u8], start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends = memchr_iter(b'\n', &text[start..]).map(move |at| start + at).chain([text.len()]);
    ends.scan(start, |start, end| Some(std::mem::replace(start, end + 1)..end))
}

/// Whether the bytes of a line may be a paragraph, by their number and the last; never wrong when it says no.
fn may_be_paragraph(line: &[u8]) -> bool {
    line.len() >= 2 * LONG - 1 || line.trim_ascii_end().last().is_some_and(|b| !b.is_ascii_alphanumeric())
}

/// How many pieces of a line between white space are words, up to [`LONG`].
fn words(line: &[u8]) -> usize {
    dispatch!(vectors(), simd => words_in(simd, line))
}

#[allow(clippy::inline_always)] // only inlined code is compiled for the vectors of the machine
#[inline(always)]
fn words_in<S: Simd>(simd: S, bytes: &[u8]) -> usize {
    let (mut words, mut before) = (0, 1);
    for at in (0..bytes.len()).step_by(BLOCK) {
        let block = Block::at(simd, bytes, at);
        if places(block.other()).any(|place| begins_blank(&bytes[at + place..])) {
            let line = std::str::from_utf8(bytes).unwrap_or_default();
            return line.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).take(LONG).count();
        }
        let (blank, letters) = (block.blank(), block.alphanumeric());
        let starts = !blank & (blank << 1 | before);
        let named = |start: usize| {
            let length = bytes[at + start..].iter().position(|b| matches!(b, b'\t'..=b'\r' | b' '));
            let piece = &bytes[at + start..][..length.unwrap_or(bytes.len() - at - start)];
            let other = || std::str::from_utf8(piece).is_ok_and(|piece| piece.contains(char::is_alphanumeric));
            piece.iter().any(u8::is_ascii_alphanumeric) || other()
        };
        words += (starts & letters).count_ones() as usize + places(starts & !letters).filter(|start| named(*start)).count();
        if words >= LONG {
            return LONG;
        }
        before = blank >> 63;
    }
    words
}

/// Whether a character of white space begins here that is not ASCII.
fn begins_blank(bytes: &[u8]) -> bool {
    match bytes {
        [0xC2, second, ..] => matches!(second, 0x85 | 0xA0),
        [0xE2, 0x80, third, ..] => matches!(third, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF),
        [0xE1, 0x9A, 0x80, ..] | [0xE2, 0x81, 0x9F, ..] | [0xE3, 0x80, 0x80, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_stops_plainly_stops(line in "[a ]{0,3}[.!?:;,…”) \u{a0}\t\r-]{0,4}") {
            let stops = Line::new(line.as_bytes(), 0..line.len()).is_some_and(|l| l.stops());
            prop_assert!(stops || !Line::stops_plainly(line.as_bytes()));
        }

        #[test]
        fn words_are_counted_alike_in_any_script(line in "(([a1-]{1,3}|[“”’é–х©-]{1,3}a?)([ \t\u{b}]{1,2}|[\u{85}\u{a0}\u{2009}\u{2028}\u{202f}\u{205f}\u{3000}]?)){0,60}") {
            let wanted = line.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).take(LONG).count();
            prop_assert_eq!(words(line.trim().as_bytes()), wanted);
        }

        #[test]
        fn what_begins_like_an_entry_may_begin_so(
            (list, entry) in (0..6_usize, 0..200_usize),
            (before, after) in ("[ \t“(•-]{0,2}", "[: .é\u{301}|a-]{0,3}"),
            (spaces, capitals) in ("[ \t\u{a0}]{1,2}", any::<u32>()),
        ) {
            let lists = Lists::load(&Language::load("en").unwrap()).unwrap().unwrap();
            let whole: Vec<_> = lists.anywhere.iter().chain(&lists.related).cloned().collect();
            let list = [&lists.link, &lists.cookies, &lists.copyright, &lists.tags, &lists.prompt, &whole][list];
            let entry = list[entry % list.len()].replace(' ', &spaces);
            let cased = entry.chars().zip((0..32).cycle()).map(|(c, i)| if capitals >> i & 1 == 1 { c.to_ascii_uppercase() } else { c });
            let text = format!("{before}{}{after}", cased.collect::<String>());
            let line = Line::new(text.as_bytes(), 0..text.len()).unwrap();
            let begins = |list: &[Box<str>]| line.begins(list, &line.whole());
            prop_assert!(!begins(&lists.link) || lists.links.may_begin(text.as_bytes()), "{}", text);
            prop_assert!(!line.is_anywhere(lists) || lists.links.may_begin(text.as_bytes()), "{}", text);
            prop_assert!(!lists.related.contains(line.whole().as_str()) || lists.headings.may_begin(text.as_bytes()), "{}", text);
            let prompts = [&lists.cookies, &lists.copyright, &lists.tags, &lists.prompt];
            prop_assert!(!prompts.into_iter().any(|list| begins(list)) || lists.prompts.may_begin(text.as_bytes()), "{}", text);
        }

        #[test]
        fn any_white_space_that_is_not_ascii_is_seen(c in any::<char>()) {
            for c in [c, '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}', '\u{200a}', '\u{200b}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}'] {
                prop_assert_eq!(begins_blank(c.to_string().as_bytes()), c.is_whitespace() && !c.is_ascii());
            }
        }
    }
}
