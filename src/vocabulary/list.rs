//! A list of words, and what it tells of each.

use std::sync::atomic::Ordering;

use rustc_hash::FxHashMap;

use super::TOKENS;

/// The places of what a list tells, by word; 0 is what it tells of words that are not on it.
#[derive(Debug)]
pub struct Numbers {
    token: u64,
    places: FxHashMap<Box<str>, u16>,
}

impl Numbers {
    pub(super) fn token(&self) -> u64 {
        self.token
    }

    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(|form| &**form)
    }

    pub(super) fn of(&self, folded: &str) -> u16 {
        self.places.get(folded).copied().unwrap_or_default()
    }
}

/// A list of folded words, and what it tells of each.
#[derive(Debug)]
pub struct WordList<T> {
    numbers: Numbers,
    told: Box<[T]>,
}

impl<T: Copy + Default + PartialEq> WordList<T> {
    /// What is told of each word; nothing is told of all others. There are less than 65,000 different things to tell.
    pub fn new(words: impl IntoIterator<Item = (Box<str>, T)>) -> Self {
        let mut told = vec![T::default()];
        let mut place = |what: T| {
            let at = told.iter().position(|t| *t == what).unwrap_or(told.len());
            if at == told.len() {
                told.push(what);
            }
            at as u16
        };
        let places = words.into_iter().map(|(word, what)| (word, place(what))).collect();
        Self { numbers: Numbers { token: TOKENS.fetch_add(1, Ordering::Relaxed), places }, told: told.into() }
    }

    /// What leads from words to what is told of them.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// What is told of a folded word.
    #[must_use]
    pub fn of(&self, folded: &str) -> T {
        self.at(self.numbers.of(folded))
    }

    /// What is told at a place.
    #[inline]
    #[must_use]
    pub fn at(&self, place: u16) -> T {
        self.told.get(usize::from(place)).copied().unwrap_or_default()
    }
}
