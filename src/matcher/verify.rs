//! Whether a reading stands at a word: slots against words, separators against what is between them.

use std::ops::RangeInclusive;

use smallvec::SmallVec;

use super::Found;
use super::slot::{CompiledSlot, Fit};
use crate::document::Document;
use crate::fold::{is_hyphen, plain};
use crate::pattern::Separator;
use crate::segment::Word;
use crate::vocabulary::{Numbered, Vocabulary, WordId};

/// One way to read an entry, ready to be checked; smaller than a line of the cache.
#[derive(Debug)]
pub(super) struct CompiledReading {
    pub entry: u32,
    slots: Box<[CompiledSlot]>,
    separators: Box<[Separator]>,
    /// Punctuation before the first slot and after the last; most have none.
    marks: Option<Box<[Box<str>; 2]>>,
}

impl CompiledReading {
    pub fn new(entry: u32, slots: Box<[CompiledSlot]>, separators: Vec<Separator>, before: &str, after: &str) -> Self {
        let is_marked = !(before.is_empty() && after.is_empty());
        Self { entry, slots, separators: separators.into(), marks: is_marked.then(|| Box::new([before.into(), after.into()])) }
    }

    pub fn slots(&self) -> &[CompiledSlot] {
        &self.slots
    }

    /// Of each slot, how many words back the reading starts, from the fewest to the most; not of those that are too far off to tell.
    pub fn starts(&self) -> SmallVec<[RangeInclusive<u16>; 4]> {
        let starts = (0..=self.separators.len()).map(|k| further_on(&self.separators[..k]));
        starts.map_while(|(least, most)| Some(u16::try_from(least).ok()?..=u16::try_from(most).ok()?)).collect()
    }

    /// The slots that punctuation stands right after, each with it.
    pub fn marked(&self) -> impl Iterator<Item = (&CompiledSlot, &str)> {
        self.separators.iter().zip(&self.slots).filter_map(|(separator, slot)| match separator {
            Separator::Literal(marks) => Some((slot, marks.as_str())),
            _ => None,
        })
    }

    /// Whether the word at `start` fits the first slot, as far as its number tells.
    pub fn may_start(&self, text: &Text<'_, '_>, start: u32) -> bool {
        text.numbers.get(start).is_some_and(|id| self.slots[0].fit(id) != Fit::No)
    }

    /// Two slots beside slot `k`, or less where there are none, and how many words further on each is, from the fewest to the most: those that the
    /// fewest words may fill, the first of them right before or after. None of them is too far off to tell.
    pub fn others(&self, k: usize) -> SmallVec<[(&CompiledSlot, (i8, i8)); 2]> {
        let first = self.next_to(k);
        let rest = (0..self.slots.len()).filter(|i| *i != k && Some(*i) != first);
        let second = rest.min_by_key(|i| self.choice(k, *i));
        let other = |i: usize| Some((&self.slots[i], self.distance(k, i)?));
        first.into_iter().chain(second).filter_map(other).collect()
    }

    /// How many words further on than slot `k` slot `i` is, from the fewest to the most, if that is not too far.
    fn distance(&self, k: usize, i: usize) -> Option<(i8, i8)> {
        let (least, most) = further_on(&self.separators[k.min(i)..k.max(i)]);
        let (nearest, furthest) = if i < k { (-most, -least) } else { (least, most) };
        i8::try_from(nearest).ok().zip(i8::try_from(furthest).ok())
    }

    /// How much may stand in slot `i`, seen from slot `k`.
    fn choice(&self, k: usize, i: usize) -> (i32, u32) {
        let width = self.distance(k, i).map_or(i32::MAX, |(nearest, furthest)| i32::from(furthest) - i32::from(nearest));
        (width, self.slots[i].bits().count_ones())
    }

    /// The slot before or after slot `k`; where there are two, the one that fewer words may fill.
    fn next_to(&self, k: usize) -> Option<usize> {
        let sides = k.checked_sub(1).into_iter().chain(Some(k + 1).filter(|after| *after < self.slots.len()));
        sides.min_by_key(|i| self.choice(k, *i))
    }

    /// The slot beside slot `k` that fewer words fit, if nothing but a blank or a hyphen parts them; whether it comes after.
    pub fn right_beside(&self, k: usize) -> Option<(&CompiledSlot, bool)> {
        let i = self.next_to(k)?;
        matches!(self.separators[k.min(i)], Separator::Space | Separator::Hyphen).then_some((&self.slots[i], i > k))
    }

    /// Whether it is two words right beside each other, and no more.
    pub fn is_pair(&self) -> bool {
        matches!(&*self.separators, [Separator::Space | Separator::Hyphen]) && self.marks.is_none()
    }

    /// How many words it has at most, those between its own included.
    pub fn longest(&self) -> u32 {
        1 + further_on(&self.separators).1.unsigned_abs()
    }

    /// Whether other words may stand between its own.
    pub fn has_gap(&self) -> bool {
        self.separators.iter().any(|s| matches!(s, Separator::Gap(..)))
    }

    /// Whether it matches wherever its one slot does.
    pub fn is_word(&self) -> bool {
        self.slots.len() == 1 && self.marks.is_none()
    }

    pub fn slots_mut(&mut self) -> &mut [CompiledSlot] {
        &mut self.slots
    }

    /// Adds what the reading finds when its first slot is word `start`.
    pub fn verify(&self, text: &Text<'_, '_>, start: u32, form: &mut String, found: &mut Vec<Found>) {
        let Some(first) = text.document.words.get(start as usize) else { return };
        let before = self.marks.as_ref().map_or("", |marks| &marks[0]);
        let Some(begin) = preceded(&text.document.text[..first.start as usize], before) else { return };
        let mut walk = Walk { reading: self, text, document: text.document, form, found, first: start, begin: begin as u32 };
        let fit = walk.fit(0, start);
        if fit != Fit::No {
            walk.slot(0, start, fit, 0);
        }
    }
}

/// How many words further on the slot after these separators is than the one before them, from the fewest to the most.
fn further_on(separators: &[Separator]) -> (i32, i32) {
    separators.iter().fold((0, 0), |(least, most), separator| {
        let (low, high) = if let Separator::Gap(low, high) = separator { (*low, *high) } else { (0, 0) };
        (least + 1 + i32::from(low), most + 1 + i32::from(high))
    })
}

/// A document with the numbers of its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'d, 't> {
    pub document: &'d Document<'t>,
    pub numbers: Numbered<'d>,
    pub vocabulary: &'d Vocabulary,
}

impl Text<'_, '_> {
    /// The number of what stands between two bytes.
    pub fn id(&self, start: u32, end: u32, form: &mut String) -> WordId {
        match &self.numbers {
            Numbered::Asked(asked) => asked.id(start, end, form),
            _ => self.vocabulary.id(self.document.text, start, end, form),
        }
    }
}

struct Walk<'w, 't> {
    reading: &'w CompiledReading,
    text: &'w Text<'w, 't>,
    document: &'w Document<'t>,
    form: &'w mut String,
    found: &'w mut Vec<Found>,
    first: u32,
    begin: u32,
}

impl Walk<'_, '_> {
    /// Slot `k` on word `at`, of which its number says `fit`, then what follows.
    fn slot(&mut self, k: usize, at: u32, fit: Fit, gaps: u32) {
        let Some(&word) = self.document.words.get(at as usize) else { return };
        let Some(separator) = self.reading.separators.get(k) else { return self.last_slot(k, word, at, fit, gaps) };
        if let Separator::Gap(low, high) = *separator {
            return self.gap(k, word, at, fit, u32::from(low)..=u32::from(high), gaps);
        }
        let next_fit = self.fit(k + 1, at + 1);
        if next_fit == Fit::No {
            return;
        }
        let Some(next) = self.document.words.get(at as usize + 1) else { return };
        if ends(word).any(|end| {
            separates(separator, &self.document.text[end as usize..next.start as usize]) && self.fits(k, word, at, fit, end)
        }) {
            self.slot(k + 1, at + 1, next_fit, gaps);
        }
    }

    /// Slot `k` on `word`, slot `k + 1` on a word some words further on. What is cheap is asked first.
    fn gap(&mut self, k: usize, word: Word, at: u32, fit: Fit, widths: RangeInclusive<u32>, gaps: u32) {
        let mut fits = None;
        for width in widths {
            let next = at + 1 + width;
            let next_fit = self.fit(k + 1, next);
            if next_fit == Fit::No {
                continue;
            }
            if !*fits.get_or_insert_with(|| ends(word).any(|end| self.fits(k, word, at, fit, end))) {
                return;
            }
            if self.document.sentence(next) == self.document.sentence(at) {
                self.slot(k + 1, next, next_fit, gaps + width);
            }
        }
    }

    /// What the number of word `at` says of slot `k`.
    #[inline]
    fn fit(&self, k: usize, at: u32) -> Fit {
        let slot = &self.reading.slots[k];
        self.text.numbers.get_if(at, slot.bits()).map_or(Fit::No, |id| slot.fit(id))
    }

    fn last_slot(&mut self, k: usize, word: Word, at: u32, fit: Fit, gaps: u32) {
        if self.fits(k, word, at, fit, word.stem) {
            self.push(word.stem, at, gaps);
        }
        if word.stem < word.end {
            let document = self.document;
            let (whole, stem) = (word.span().of(document.text), &document.text[word.start as usize..word.stem as usize]);
            let id = self.text.id(word.start, word.end, self.form);
            if self.reading.slots[k].needs_whole(id, whole, stem, self.form) {
                self.push(word.end, at, gaps);
            }
        }
    }

    fn push(&mut self, end: u32, at: u32, gaps: u32) {
        let after = self.reading.marks.as_ref().map_or("", |marks| &marks[1]);
        if let Some(after) = followed(&self.document.text[end as usize..], after) {
            let end = end + after as u32;
            self.found.push(Found { first: self.first, beyond: at + 1, entry: self.reading.entry, gaps, start: self.begin, end });
        }
    }

    /// Whether slot `k` matches word `at`, of which its number says `fit`, up to `end`.
    fn fits(&mut self, k: usize, word: Word, at: u32, fit: Fit, end: u32) -> bool {
        fit == Fit::Yes || fit == Fit::Maybe && self.is_match(k, word, at, end)
    }

    /// The same, where the word must be read.
    fn is_match(&mut self, k: usize, word: Word, at: u32, end: u32) -> bool {
        let form = &self.document.text[word.start as usize..end as usize];
        let id = match self.text.numbers.get(at) {
            Some(WordId::SEVERAL) => self.text.id(word.start, end, self.form),
            id => id.unwrap_or(WordId::UNKNOWN),
        };
        self.reading.slots[k].matches(id, form, self.form)
    }
}

/// Where a word may be taken to end: after its stem, after the whole.
fn ends(word: Word) -> impl Iterator<Item = u32> {
    std::iter::once(word.stem).chain((word.stem < word.end).then_some(word.end))
}

fn separates(separator: &Separator, between: &str) -> bool {
    match separator {
        Separator::Space | Separator::Hyphen => stands_between(between),
        Separator::Literal(literal) => between.chars().filter(|c| !c.is_whitespace()).map(plain).eq(literal.chars()),
        Separator::Gap(..) => true,
    }
}

/// Whether this may stand between two words of a phrase.
pub(super) fn stands_between(between: &str) -> bool {
    between == " " || is_blank(between) || is_one_hyphen(between)
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
    if wanted.is_empty() {
        return Some(text.len());
    }
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
