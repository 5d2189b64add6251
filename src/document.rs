//! A text cut up: words, sentences, and which words stand in which sentence.

use std::cell::OnceCell;
use std::ops::Range;

use crate::fold::{Case, fold};
use crate::segment::{Abbreviations, Word, sentences};
use crate::span::Span;
use crate::vocabulary::{Joined, Numbered, Vocabulary, WordId, WordList};

/// A text with its words, and its sentences once someone asks.
#[derive(Debug)]
pub struct Document<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words, in order.
    pub words: &'t [Word],
    abbreviations: &'t Abbreviations,
    sentences: OnceCell<Vec<Span>>,
    numbers: Option<(&'t Joined, &'t [WordId])>,
}

impl<'t> Document<'t> {
    /// `words` are those of `text`.
    #[must_use]
    pub fn new(text: &'t str, words: &'t [Word], abbreviations: &'t Abbreviations) -> Self {
        Self { text, words, abbreviations, sentences: OnceCell::new(), numbers: None }
    }

    /// `ids` are the numbers that `joined` gives its words.
    pub(crate) fn with_numbers(self, joined: &'t Joined, ids: &'t [WordId]) -> Self {
        Self { numbers: Some((joined, ids)), ..self }
    }

    /// The numbers that a vocabulary gives some of its words; `ids` is room for them.
    pub(crate) fn numbers<'n>(
        &'n self,
        words: Range<u32>,
        vocabulary: &Vocabulary,
        form: &mut String,
        ids: &'n mut Vec<WordId>,
    ) -> Numbered<'n> {
        let (first, within) = (words.start, words.start as usize..words.end as usize);
        let known = self.numbers.and_then(|(joined, ids)| Some((joined.vocabulary(vocabulary)?, ids.get(within.clone())?)));
        if let Some((part, ids)) = known {
            return Numbered { ids, part: Some(part), first };
        }
        vocabulary.number_into(self.text, &self.words[within], form, ids);
        Numbered { ids, part: None, first }
    }

    /// What a list tells of its words.
    pub(crate) fn told<'d, T: Copy + Default + PartialEq>(&'d self, list: &'d WordList<T>) -> Told<'d, 't, T> {
        let numbers = self.numbers.and_then(|(joined, ids)| Some((joined.list(list.numbers())?, ids)));
        Told { document: self, list, numbers }
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> &[Span] {
        self.sentences.get_or_init(|| sentences(self.text, self.abbreviations))
    }

    /// The index of the sentence in which a word begins.
    pub fn sentence(&self, word: u32) -> usize {
        let start = self.words[word as usize].start;
        self.sentences().partition_point(|s| s.end <= start)
    }

    /// All words of the sentence in which a word begins.
    pub fn words_around(&self, word: u32) -> Range<u32> {
        let sentence = self.sentence(word);
        let until = |end: u32| self.words.partition_point(|w| w.start < end) as u32;
        let sentences = self.sentences();
        let start = sentence.checked_sub(1).map_or(0, |before| until(sentences[before].end));
        start..sentences.get(sentence).map_or(self.words.len() as u32, |s| until(s.end))
    }

    /// The words that begin in a sentence.
    pub fn words_of(&self, sentence: usize) -> Range<u32> {
        self.words_in(self.sentences()[sentence])
    }

    /// The words that begin in a span.
    #[must_use]
    pub fn words_in(&self, span: Span) -> Range<u32> {
        let at = |byte| self.words.partition_point(|w| w.start < byte) as u32;
        at(span.start)..at(span.end)
    }

    /// All words.
    #[must_use]
    pub fn all_words(&self) -> Range<u32> {
        0..self.words.len() as u32
    }

    /// A word without its possessive ending; nothing where there is no such word.
    #[must_use]
    pub fn stem(&self, word: u32) -> &'t str {
        self.words.get(word as usize).map_or("", |w| &self.text[w.start as usize..w.stem as usize])
    }

    /// A word; nothing where there is no such word.
    #[must_use]
    pub fn word(&self, word: u32) -> &'t str {
        self.words.get(word as usize).map_or("", |w| w.span().of(self.text))
    }

    /// What stands between a word and the next; after the last word, up to the end of the text.
    #[must_use]
    pub fn after(&self, word: u32) -> &'t str {
        let next = self.start(word.saturating_add(1));
        let end = self.words.get(word as usize).map_or(next, |w| w.end as usize);
        &self.text[end..next]
    }

    /// What stands before a word, from the end of the one before it; past the last word, the end of the text.
    #[must_use]
    pub fn before(&self, word: u32) -> &'t str {
        let end = |w: u32| self.words.get(w as usize).map_or(self.text.len(), |w| w.end as usize);
        &self.text[word.checked_sub(1).map_or(0, end)..self.start(word)]
    }

    /// Whether one blank, and nothing else, stands before a word.
    #[inline]
    #[must_use]
    pub fn is_spaced(&self, word: u32) -> bool {
        let before = word.checked_sub(1).and_then(|w| self.words.get(w as usize));
        let Some((before, word)) = before.zip(self.words.get(word as usize)) else { return false };
        word.start - before.end == 1 && self.text.as_bytes()[before.end as usize] == b' '
    }

    /// Whether a comma stands before a word.
    #[inline]
    #[must_use]
    pub fn has_comma(&self, word: u32) -> bool {
        !self.is_spaced(word) && self.before(word).contains(',')
    }

    fn start(&self, word: u32) -> usize {
        self.words.get(word as usize).map_or(self.text.len(), |w| w.start as usize)
    }

    /// The span of a run of words, without the possessive ending of the last.
    #[must_use]
    pub fn span(&self, words: Range<u32>) -> Span {
        let last = words.end.checked_sub(1).and_then(|w| self.words.get(w as usize));
        let (Some(first), Some(last)) = (self.words.get(words.start as usize), last) else { return Span { start: 0, end: 0 } };
        Span { start: first.start, end: last.stem.max(first.start) }
    }

    /// The sentences, if someone asked.
    #[must_use]
    pub fn into_sentences(self) -> Option<Vec<Span>> {
        self.sentences.into_inner()
    }
}

/// What a list tells of the words of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'d, 't, T> {
    document: &'d Document<'t>,
    list: &'d WordList<T>,
    numbers: Option<(&'d [u16], &'d [WordId])>,
}

impl<T: Copy + Default + PartialEq> Told<'_, '_, T> {
    /// What is told of a word, without its possessive ending; nothing where there is no such word.
    #[inline]
    pub fn of(&self, word: u32) -> T {
        self.at_once(word).unwrap_or_else(|| self.list.of(&fold(self.document.stem(word), Case::Folded)))
    }

    /// The same, if its number says it: it has one, and no possessive ending.
    #[inline]
    pub fn at_once(&self, word: u32) -> Option<T> {
        let (places, ids) = self.numbers?;
        let id = ids.get(word as usize).filter(|id| **id != WordId::SEVERAL)?;
        Some(self.list.at(places[id.index()]))
    }
}
