//! A shallow reading of sentences: classes of words, and clauses with their verbs and subjects.

mod classes;
mod clauses;
mod verbs;

pub(crate) use classes::add_by_place;
pub use classes::{Classes, Grammar};
pub use clauses::{Clause, Link, clauses};
pub(crate) use verbs::may_be_verb;

use std::cell::OnceCell;
use std::ops::Range;

use crate::document::Document;

/// A document with a class for every word, and the clauses of its sentences once someone asks.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<'d, 't> {
    /// The document.
    pub document: &'d Document<'t>,
    /// The classes of each of its words.
    pub classes: &'d [Classes],
    clauses: &'d [OnceCell<Vec<Clause>>],
}

impl<'d, 't> Parsed<'d, 't> {
    /// `classes` are those of the words of the document; there is `room` for the clauses of each of its sentences.
    #[must_use]
    pub fn new(document: &'d Document<'t>, classes: &'d [Classes], room: &'d [OnceCell<Vec<Clause>>]) -> Self {
        Self { document, classes, clauses: room }
    }

    /// Whether a word has one of these classes; none has where there is no word.
    #[inline]
    #[must_use]
    pub fn is(&self, word: u32, classes: Classes) -> bool {
        self.classes.get(word as usize).is_some_and(|c| c.any(classes))
    }

    /// Whether a comma stands before a word.
    #[inline]
    #[must_use]
    pub fn has_comma(&self, word: u32) -> bool {
        self.is(word, Classes::AFTER_COMMA)
    }

    /// Whether one blank, and nothing else, stands before a word.
    #[inline]
    #[must_use]
    pub fn is_spaced(&self, word: u32) -> bool {
        self.is(word, Classes::SPACED)
    }

    /// What stands before a word, if that is more than one blank.
    #[inline]
    #[must_use]
    pub fn marks_before(&self, word: u32) -> &'t str {
        if self.is_spaced(word) { "" } else { self.document.before(word) }
    }

    /// Whether one of these marks stands before a word.
    #[inline]
    #[must_use]
    pub fn has_mark(&self, word: u32, marks: &[char]) -> bool {
        !self.is_spaced(word) && self.stand_before(word, marks)
    }

    #[inline(never)]
    fn stand_before(&self, word: u32, marks: &[char]) -> bool {
        self.document.before(word).contains(marks)
    }

    /// Those of these words before which something else than one blank stands.
    #[inline]
    pub(crate) fn unspaced(&self, words: Range<u32>) -> impl Iterator<Item = u32> {
        let classes = self.classes.get(words.start as usize..words.end as usize).unwrap_or_default();
        (words.start..).zip(classes).filter(|(_, c)| !c.any(Classes::SPACED)).map(|(i, _)| i)
    }

    /// The clauses of a sentence, in order; together they are all its words. None where there is no such sentence, as in a text of white space.
    #[must_use]
    pub fn clauses(&self, sentence: usize) -> &'d [Clause] {
        let known = self.clauses.get(sentence);
        known.map_or(&[], |known| known.get_or_init(|| clauses(self, self.document.words_of(sentence))))
    }
}

/// Room for the clauses of the sentences of a document.
#[must_use]
pub fn no_clauses(document: &Document<'_>) -> Vec<OnceCell<Vec<Clause>>> {
    document.sentences().iter().map(|_| OnceCell::new()).collect()
}
