//! A shallow reading of sentences: classes of words, and clauses with their verbs and subjects.

mod classes;
mod clauses;
mod verbs;

pub use classes::{Classes, Grammar};
pub use clauses::{Clause, Link, clauses};
pub(crate) use verbs::may_be_verb;

use crate::document::Document;

/// A document with a class for every word.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<'d, 't> {
    /// The document.
    pub document: &'d Document<'t>,
    /// The classes of each of its words.
    pub classes: &'d [Classes],
}

impl Parsed<'_, '_> {
    /// Whether a word has one of these classes; none has where there is no word.
    #[must_use]
    pub fn is(&self, word: u32, classes: Classes) -> bool {
        self.classes.get(word as usize).is_some_and(|c| c.any(classes))
    }

    /// The clauses of a sentence, in order; together they are all its words.
    #[must_use]
    pub fn clauses(&self, sentence: usize) -> Vec<Clause> {
        clauses(self, self.document.words_of(sentence))
    }
}
