//! Whether a reading stands at a word: slots against words, separators against what is between them.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::Found;
use crate::fold::{Case, fold, fold_into, is_hyphen, plain};
use crate::pattern::{Piece, Separator};
use crate::segment::{Document, Word};

/// One way to read an entry, ready to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CompiledReading {
    pub entry: u32,
    slots: Box<[CompiledSlot]>,
    separators: Box<[Separator]>,
    before: Box<str>,
    after: Box<str>,
}

/// What a form of a slot is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Nothing: it must be tried everywhere.
    Any,
    /// The folded beginning of a word.
    Prefix(String),
    /// A folded word.
    Word(String),
}

impl Anchor {
    /// How rare it is, by its length: a prefix is worth a letter less than a word.
    fn rank(&self) -> usize {
        match self {
            Self::Any => 0,
            Self::Prefix(prefix) => prefix.len(),
            Self::Word(word) => word.len() + 1,
        }
    }
}

/// What one word must look like: one of these forms, folded as their case says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CompiledSlot {
    /// Whole words in any case, sorted by length.
    folded: Box<[Box<str>]>,
    /// Whole words in exact case, sorted by length.
    exact: Box<[Box<str>]>,
    /// Words with wildcards.
    globs: Box<[(Box<[Piece]>, Case)]>,
    /// What the word may begin with, see [`head`]; most words end here.
    heads: u128,
}

/// By length, then by letters: most comparisons end at the length.
fn shorter(a: &impl AsRef<str>, b: &impl AsRef<str>) -> Ordering {
    let (a, b) = (a.as_ref(), b.as_ref());
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// The bit of the first two letters of a word, in any case. Every bit where folding could change them: only ASCII is sure to stay.
/// An apostrophe counts as the end, because a stem may end there.
fn head(word: &str) -> u128 {
    let mut bytes = word.bytes().map(|b| b.to_ascii_lowercase());
    let (first, second) = (bytes.next().unwrap_or(0), bytes.next().filter(|b| *b != b'\'').unwrap_or(0));
    if first.is_ascii() && second.is_ascii() { 1 << (first.wrapping_mul(37).wrapping_add(second) & 127) } else { u128::MAX }
}

impl CompiledSlot {
    pub fn new(forms: impl Iterator<Item = (Vec<Piece>, Case)>) -> Self {
        let (mut folded, mut exact, mut globs) = (Vec::new(), Vec::new(), Vec::new());
        let mut heads = 0;
        for (pieces, case) in forms {
            heads |= match pieces.as_slice() {
                [Piece::Text(word)] => head(word),
                [Piece::Text(prefix), ..] if prefix.len() > 1 => head(prefix),
                _ => u128::MAX,
            };
            match (pieces.as_slice(), case) {
                ([Piece::Text(word)], Case::Folded) => folded.push(word.as_str().into()),
                ([Piece::Text(word)], Case::Exact) => exact.push(word.as_str().into()),
                _ => globs.push((pieces.into(), case)),
            }
        }
        folded.sort_unstable_by(shorter);
        exact.sort_unstable_by(shorter);
        Self { folded: folded.into(), exact: exact.into(), globs: globs.into(), heads }
    }

    fn anchors(&self) -> impl Iterator<Item = Anchor> {
        let words = self.folded.iter().map(|w| Anchor::Word(w.to_string()));
        let exact = self.exact.iter().map(|w| Anchor::Word(fold(w, Case::Folded)));
        words.chain(exact).chain(self.globs.iter().map(|(pieces, _)| match &**pieces {
            [Piece::Text(prefix), ..] => Anchor::Prefix(fold(prefix, Case::Folded)),
            _ => Anchor::Any,
        }))
    }

    /// Cheap, and never wrong when it says no.
    fn may_match(&self, word: &str) -> bool {
        self.heads & head(word) != 0
    }

    fn matches(&self, word: &str, buffer: &mut String) -> bool {
        self.may_match(word) && (self.is_word(word, buffer) || self.globs.iter().any(|g| glob_matches(g, word, buffer)))
    }

    fn is_word(&self, word: &str, buffer: &mut String) -> bool {
        let mut listed = |words: &[Box<str>], case| {
            !words.is_empty() && {
                fold_into(word, case, buffer);
                words.binary_search_by(|w| shorter(w, buffer)).is_ok()
            }
        };
        listed(&self.folded, Case::Folded) || listed(&self.exact, Case::Exact)
    }

    /// As [`CompiledSlot::matches`] on `whole`, by a form that does not match its `stem`.
    fn needs_whole(&self, whole: &str, stem: &str, buffer: &mut String) -> bool {
        let only_whole =
            |g: &(Box<[Piece]>, Case), buffer: &mut String| glob_matches(g, whole, buffer) && !glob_matches(g, stem, buffer);
        self.is_word(whole, buffer) || self.globs.iter().any(|g| only_whole(g, buffer))
    }
}

fn glob_matches((pieces, case): &(Box<[Piece]>, Case), word: &str, buffer: &mut String) -> bool {
    fold_into(word, *case, buffer);
    glob(pieces, buffer)
}

/// Whether the whole of `word` is these pieces in order.
fn glob(pieces: &[Piece], word: &str) -> bool {
    match pieces.split_first() {
        None => word.is_empty(),
        Some((Piece::Text(text), rest)) => word.strip_prefix(text.as_str()).is_some_and(|w| glob(rest, w)),
        Some((Piece::One, rest)) => {
            let mut chars = word.chars();
            chars.next().is_some() && glob(rest, chars.as_str())
        }
        Some((Piece::Any, [])) => true,
        Some((Piece::Any, rest)) => word.char_indices().map(|(i, _)| i).chain([word.len()]).any(|i| glob(rest, &word[i..])),
    }
}

impl CompiledReading {
    pub fn new(entry: u32, slots: Box<[CompiledSlot]>, separators: Vec<Separator>, before: &str, after: &str) -> Self {
        Self { entry, slots, separators: separators.into(), before: before.into(), after: after.into() }
    }

    /// The slot to look up, and how: before the first gap, so that the start is known from it; the one whose worst form is best.
    pub fn anchors(&self) -> (usize, Vec<Anchor>) {
        let fixed = self.separators.iter().position(|s| matches!(s, Separator::Gap(..))).map_or(self.slots.len(), |i| i + 1);
        let worst = |slot: &CompiledSlot| slot.anchors().map(|a| a.rank()).min();
        let best = (0..fixed).rev().max_by_key(|i| worst(&self.slots[*i])).unwrap_or(0);
        (best, self.slots[best].anchors().collect())
    }

    /// Adds what the reading finds when its first slot is word `start`.
    pub fn verify(&self, document: &Document<'_>, start: u32, form: &mut String, found: &mut Vec<Found>) {
        let Some(first) = document.words.get(start as usize) else { return };
        let Some(begin) = preceded(&document.text[..first.start as usize], &self.before) else { return };
        let mut walk = Walk { reading: self, document, form, found, first: start, begin: begin as u32 };
        walk.slot(0, start, 0);
    }
}

struct Walk<'w, 't> {
    reading: &'w CompiledReading,
    document: &'w Document<'t>,
    form: &'w mut String,
    found: &'w mut Vec<Found>,
    first: u32,
    begin: u32,
}

impl Walk<'_, '_> {
    /// Slot `k` on word `at`, then what follows.
    fn slot(&mut self, k: usize, at: u32, gaps: u32) {
        let Some(&word) = self.document.words.get(at as usize) else { return };
        let Some(separator) = self.reading.separators.get(k) else { return self.last_slot(k, word, at, gaps) };
        if let Separator::Gap(low, high) = *separator {
            return self.gap(k, word, at, u32::from(low)..=u32::from(high), gaps);
        }
        if !self.may_match(k + 1, at + 1) {
            return;
        }
        let Some(next) = self.document.words.get(at as usize + 1) else { return };
        if ends(word)
            .any(|end| separates(separator, &self.document.text[end as usize..next.start as usize]) && self.fits(k, word, end))
        {
            self.slot(k + 1, at + 1, gaps);
        }
    }

    /// Slot `k` on `word`, slot `k + 1` on a word some words further on. What is cheap is asked first.
    fn gap(&mut self, k: usize, word: Word, at: u32, widths: RangeInclusive<u32>, gaps: u32) {
        let mut fits = None;
        for width in widths {
            let next = at + 1 + width;
            if !self.may_match(k + 1, next) {
                continue;
            }
            if !*fits.get_or_insert_with(|| ends(word).any(|end| self.fits(k, word, end))) {
                return;
            }
            if self.document.sentence(next) == self.document.sentence(at) {
                self.slot(k + 1, next, gaps + width);
            }
        }
    }

    /// Whether slot `k` could be word `at`; never wrong when it says no.
    fn may_match(&self, k: usize, at: u32) -> bool {
        let word = self.document.words.get(at as usize);
        word.is_some_and(|w| self.reading.slots[k].may_match(&self.document.text[w.start as usize..w.end as usize]))
    }

    fn last_slot(&mut self, k: usize, word: Word, at: u32, gaps: u32) {
        let stem = &self.document.text[word.start as usize..word.stem as usize];
        let whole = &self.document.text[word.start as usize..word.end as usize];
        let slot = &self.reading.slots[k];
        if slot.matches(stem, self.form) {
            self.push(word.stem, at, gaps);
        }
        if word.stem < word.end && slot.needs_whole(whole, stem, self.form) {
            self.push(word.end, at, gaps);
        }
    }

    fn push(&mut self, end: u32, at: u32, gaps: u32) {
        if let Some(after) = followed(&self.document.text[end as usize..], &self.reading.after) {
            let end = end + after as u32;
            self.found.push(Found { first: self.first, beyond: at + 1, entry: self.reading.entry, gaps, start: self.begin, end });
        }
    }

    fn fits(&mut self, k: usize, word: Word, end: u32) -> bool {
        self.reading.slots[k].matches(&self.document.text[word.start as usize..end as usize], self.form)
    }
}

/// Where a word may be taken to end: after its stem, after the whole.
fn ends(word: Word) -> impl Iterator<Item = u32> {
    std::iter::once(word.stem).chain((word.stem < word.end).then_some(word.end))
}

fn separates(separator: &Separator, between: &str) -> bool {
    match separator {
        Separator::Space | Separator::Hyphen => is_blank(between) || is_one_hyphen(between),
        Separator::Literal(literal) => between.chars().filter(|c| !c.is_whitespace()).map(plain).eq(literal.chars()),
        Separator::Gap(..) => true,
    }
}

fn is_blank(between: &str) -> bool {
    !between.is_empty() && between.chars().all(char::is_whitespace)
}

/// One hyphen, alone or at the end of a line.
fn is_one_hyphen(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(is_hyphen) && {
        let rest = chars.as_str();
        rest.is_empty() || (rest.starts_with(['\n', '\r']) && is_blank(rest))
    }
}

/// Where `wanted` begins, if `text` ends with it.
fn preceded(text: &str, wanted: &str) -> Option<usize> {
    let mut chars = text.char_indices().rev();
    let mut at = text.len();
    for w in wanted.chars().rev() {
        let (i, c) = chars.next()?;
        if plain(c) != w {
            return None;
        }
        at = i;
    }
    Some(at)
}

/// How many bytes `wanted` takes, if `text` begins with it.
fn followed(text: &str, wanted: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mut taken = 0;
    for w in wanted.chars() {
        let c = chars.next()?;
        if plain(c) != w {
            return None;
        }
        taken += c.len_utf8();
    }
    Some(taken)
}
