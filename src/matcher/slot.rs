//! What a word must look like to fill a slot of a reading.

use std::cmp::Ordering;

use crate::fold::{Case, fold, fold_into};
use crate::pattern::{Piece, Pieces};
use crate::vocabulary::{Vocabulary, VocabularyBuilder, WordId};

/// What one word must look like: one of these forms, folded as their case says; 32 bytes, so that two are one line of the cache.
#[derive(Debug, Clone)]
pub(super) struct CompiledSlot {
    /// The numbers of all words it can match, sorted, and how sure that is.
    known: Box<[(WordId, Sure)]>,
    /// The bits of these numbers; most words end here.
    bits: u64,
    /// The forms for which a word must be read; most slots have none.
    read: Option<Box<ReadForms>>,
}

/// Forms that the number of a word does not decide.
#[derive(Debug, Clone)]
struct ReadForms {
    /// One begins with a wildcard: any word may match.
    free: bool,
    /// Whole words in exact case, sorted by length.
    exact: Box<[Box<str>]>,
    /// Words with wildcards.
    globs: Box<[(Pieces, Case)]>,
}

/// What the number of a word says of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// It could be the word.
    Maybe,
    /// It is the beginning of the word, and anything may follow.
    Beginning,
    /// It is the word.
    Word,
}

/// What the number of a word says of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    No,
    /// Read the word.
    Maybe,
    Yes,
}

/// By length, then by letters: most comparisons end at the length.
fn shorter(a: &impl AsRef<str>, b: &impl AsRef<str>) -> Ordering {
    let (a, b) = (a.as_ref(), b.as_ref());
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Adds to a list that seldom has more than one.
fn push<T>(list: &mut Vec<T>, one: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(one);
}

/// The letters a glob begins with, folded, if the folded form of every word it matches begins with them.
fn beginning((pieces, case): &(Pieces, Case)) -> Option<String> {
    let [Piece::Text(letters), ..] = &**pieces else { return None };
    let folded = fold(letters, Case::Folded);
    (!folded.is_empty() && (*case == Case::Folded || folded.is_ascii())).then_some(folded)
}

impl CompiledSlot {
    /// Its words get their numbers; [`CompiledSlot::resolve`] finds what begins like its globs.
    pub fn new(forms: impl Iterator<Item = (Pieces, Case)>, vocabulary: &mut VocabularyBuilder) -> Self {
        let (mut known, mut exact, mut globs) = (Vec::with_capacity(forms.size_hint().0), Vec::new(), Vec::new());
        for (pieces, case) in forms {
            match (pieces.as_slice(), case) {
                ([Piece::Text(word)], Case::Folded) => known.push((vocabulary.word(word), Sure::Word)),
                ([Piece::Text(word)], Case::Exact) => {
                    known.push((vocabulary.word(&fold(word, Case::Folded)), Sure::Maybe));
                    push(&mut exact, word.as_str().into());
                }
                _ => push(&mut globs, (pieces, case)),
            }
        }
        let mut free = false;
        for glob in &globs {
            match beginning(glob) {
                Some(letters) => _ = vocabulary.beginning(&letters),
                None => free = true,
            }
        }
        exact.sort_unstable_by(shorter);
        let is_read = !(exact.is_empty() && globs.is_empty());
        let read = is_read.then(|| Box::new(ReadForms { free, exact: exact.into(), globs: globs.into() }));
        Self { known: known.into(), bits: 0, read }
    }

    /// Once the vocabulary is whole.
    pub fn resolve(&mut self, vocabulary: &Vocabulary) {
        let mut known = std::mem::take(&mut self.known).into_vec();
        for glob in self.globs() {
            let Some(letters) = beginning(glob) else { continue };
            let sure = if matches!(glob.0.as_slice(), [Piece::Text(_), Piece::Any]) && glob.1 == Case::Folded {
                Sure::Beginning
            } else {
                Sure::Maybe
            };
            known.extend(vocabulary.beginning_with(&letters).map(|id| (id, sure)));
        }
        known.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        known.dedup_by_key(|(id, _)| *id);
        let bits = known.iter().fold(WordId::SEVERAL.bit(), |bits, (id, _)| bits | vocabulary.bits(*id));
        self.bits = if self.is_free() { u64::MAX } else { bits };
        self.known = known.into();
    }

    /// Whether any word may match.
    fn is_free(&self) -> bool {
        self.read.as_ref().is_some_and(|read| read.free)
    }

    fn exact(&self) -> &[Box<str>] {
        self.read.as_ref().map_or(&[], |read| &read.exact)
    }

    fn globs(&self) -> &[(Pieces, Case)] {
        self.read.as_ref().map_or(&[], |read| &read.globs)
    }

    /// The numbers of all words it can match; none if that could be any word.
    pub fn words(&self) -> Option<impl Iterator<Item = (WordId, Fit)>> {
        let fit = |sure| if sure == Sure::Maybe { Fit::Maybe } else { Fit::Yes };
        (!self.is_free()).then(|| self.known.iter().map(move |(id, sure)| (*id, fit(*sure))))
    }

    /// Whether every form is of exact case, and begins with a capital.
    pub fn begins_with_capital(&self) -> bool {
        let capital = |form: &str| form.starts_with(|c: char| c.is_ascii_uppercase());
        let glob = |(pieces, case): &(Pieces, Case)| {
            *case == Case::Exact && matches!(&**pieces, [Piece::Text(letters), ..] if capital(letters))
        };
        self.exact().iter().all(|form| capital(form))
            && self.globs().iter().all(glob)
            && self.known.iter().all(|(_, sure)| *sure == Sure::Maybe)
    }

    /// The bits of the words it can match.
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// Whether it can match a word of this number.
    #[inline]
    pub fn fit(&self, id: WordId) -> Fit {
        if self.bits & id.bit() == 0 {
            return Fit::No;
        }
        match self.sure(id) {
            Some(Sure::Word | Sure::Beginning) => Fit::Yes,
            Some(Sure::Maybe) => Fit::Maybe,
            None if self.is_free() || id == WordId::SEVERAL => Fit::Maybe,
            None => Fit::No,
        }
    }

    fn sure(&self, id: WordId) -> Option<Sure> {
        self.known.binary_search_by_key(&id, |known| known.0).ok().map(|i| self.known[i].1)
    }

    /// Whether it matches a form of a word, read letter by letter. `id` is the number of the form.
    pub fn matches(&self, id: WordId, form: &str, buffer: &mut String) -> bool {
        matches!(self.sure(id), Some(Sure::Word | Sure::Beginning))
            || self.is_exactly(form, buffer)
            || self.globs().iter().any(|g| glob_matches(g, form, buffer))
    }

    fn is_exactly(&self, form: &str, buffer: &mut String) -> bool {
        !self.exact().is_empty() && {
            let form = if form.is_ascii() {
                form
            } else {
                fold_into(form, Case::Exact, buffer);
                buffer
            };
            self.exact().binary_search_by(|w| shorter(w, &form)).is_ok()
        }
    }

    /// As [`CompiledSlot::matches`] on `whole`, by a form that does not match its `stem`.
    pub fn needs_whole(&self, id: WordId, whole: &str, stem: &str, buffer: &mut String) -> bool {
        let only_whole =
            |g: &(Pieces, Case), buffer: &mut String| glob_matches(g, whole, buffer) && !glob_matches(g, stem, buffer);
        self.sure(id) == Some(Sure::Word) || self.is_exactly(whole, buffer) || self.globs().iter().any(|g| only_whole(g, buffer))
    }
}

fn glob_matches((pieces, case): &(Pieces, Case), word: &str, buffer: &mut String) -> bool {
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
