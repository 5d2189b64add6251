//! A text cut up: words, sentences, and which words stand in which sentence.

use std::cell::OnceCell;
use std::ops::Range;

use super::{Abbreviations, Word, sentences};
use crate::span::Span;

/// A text with its words, and its sentences once someone asks.
#[derive(Debug)]
pub struct Document<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words, in order.
    pub words: &'t [Word],
    abbreviations: &'t Abbreviations,
    sentences: OnceCell<Vec<Span>>,
}

impl<'t> Document<'t> {
    /// `words` are those of `text`.
    #[must_use]
    pub fn new(text: &'t str, words: &'t [Word], abbreviations: &'t Abbreviations) -> Self {
        Self { text, words, abbreviations, sentences: OnceCell::new() }
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

    /// A word without its possessive ending.
    #[must_use]
    pub fn stem(&self, word: u32) -> &'t str {
        let word = self.words[word as usize];
        &self.text[word.start as usize..word.stem as usize]
    }

    /// A word.
    #[must_use]
    pub fn word(&self, word: u32) -> &'t str {
        self.words[word as usize].span().of(self.text)
    }

    /// What stands between a word and the next; before the first word, or after the last, up to the border of the text.
    #[must_use]
    pub fn after(&self, word: u32) -> &'t str {
        let from = self.words[word as usize].end;
        let to = self.words.get(word as usize + 1).map_or(self.text.len() as u32, |w| w.start);
        &self.text[from as usize..to as usize]
    }

    /// What stands before a word, from the end of the one before it.
    #[must_use]
    pub fn before(&self, word: u32) -> &'t str {
        let from = word.checked_sub(1).map_or(0, |w| self.words[w as usize].end);
        &self.text[from as usize..self.words[word as usize].start as usize]
    }

    /// The span of a run of words, without the possessive ending of the last.
    #[must_use]
    pub fn span(&self, words: Range<u32>) -> Span {
        let (Some(first), Some(last)) = (self.words.get(words.start as usize), words.end.checked_sub(1)) else {
            return Span { start: 0, end: 0 };
        };
        Span { start: first.start, end: self.words[last as usize].stem.max(first.start) }
    }

    /// The sentences, if someone asked.
    #[must_use]
    pub fn into_sentences(self) -> Option<Vec<Span>> {
        self.sentences.into_inner()
    }
}
