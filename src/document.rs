//! A text cut up: words, sentences, and which words stand in which sentence.

use std::cell::OnceCell;
use std::ops::Range;

use crate::fold::{Case, fold};
use crate::segment::{Abbreviations, Whole, Word, sentences, sentences_of};
use crate::span::Span;
use crate::vocabulary::{Joined, Keys, Numbered, Vocabulary, WordId, WordList};

/// A text with its words, and its sentences once someone asks.
#[derive(Debug)]
pub struct Document<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words, in order.
    pub words: &'t [Word],
    abbreviations: &'t Abbreviations,
    sentences: OnceCell<Sentences>,
    /// What it is a section of, if it is one.
    whole: Option<&'t Whole<'t>>,
    numbers: Option<KnownNumbers<'t>>,
}

/// The sentences of a text, and which words stand in which.
#[derive(Debug)]
struct Sentences {
    spans: Vec<Span>,
    /// By sentence: the words before its first, and before the first past its end.
    words: Vec<(u32, u32)>,
    /// By word: the sentence it begins in; where it begins in none, the next.
    of: Vec<u32>,
}

impl Sentences {
    fn new(spans: Vec<Span>, words: &[Word]) -> Self {
        let (mut of, mut ranges) = (Vec::with_capacity(words.len()), Vec::with_capacity(spans.len()));
        let mut at = 0;
        let mut past = |byte: u32| {
            let rest = &words[at..];
            // No more words begin in a stretch than it has bytes.
            let most = rest.first().map_or(0, |w| byte.saturating_sub(w.start)) as usize;
            at += rest[..most.min(rest.len())].partition_point(|w| w.start < byte);
            at
        };
        for (i, span) in spans.iter().enumerate() {
            let (first, end) = (past(span.start), past(span.end));
            ranges.push((first as u32, end as u32));
            of.resize(end, i as u32);
        }
        of.resize(words.len(), spans.len() as u32);
        Self { spans, words: ranges, of }
    }
}

/// The numbers of the words of a document.
#[derive(Debug, Clone, Copy)]
struct KnownNumbers<'t> {
    joined: &'t Joined,
    ids: &'t [WordId],
    /// For each vocabulary the words at which its searches may begin.
    keys: &'t [Keys],
}

impl<'t> Document<'t> {
    /// `words` are those of `text`.
    #[must_use]
    pub fn new(text: &'t str, words: &'t [Word], abbreviations: &'t Abbreviations) -> Self {
        Self { text, words, abbreviations, sentences: OnceCell::new(), whole: None, numbers: None }
    }

    /// The same, as a section of a longer text.
    pub(crate) fn within(self, whole: Option<&'t Whole<'t>>) -> Self {
        Self { whole, ..self }
    }

    /// `ids` are the numbers that `joined` gives its words, `keys`, for each of its vocabularies, those of them at which a search may begin.
    pub(crate) fn with_numbers(self, joined: &'t Joined, ids: &'t [WordId], keys: &'t [Keys]) -> Self {
        Self { numbers: Some(KnownNumbers { joined, ids, keys }), ..self }
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
        let known = self.numbers.and_then(|n| Some((n.joined.vocabulary(vocabulary, n.keys)?, n.ids.get(within.clone())?)));
        if let Some((part, ids)) = known {
            return Numbered::Part { ids, part, first };
        }
        vocabulary.number_into(self.text, &self.words[within], form, ids);
        Numbered::Own { ids, first }
    }

    /// What a list tells of its words.
    pub(crate) fn told<'d, T: Copy + Default + PartialEq>(&'d self, list: &'d WordList<T>) -> Told<'d, 't, T> {
        let numbers = self.numbers.and_then(|n| Some((n.joined.list(list.numbers())?, n.ids)));
        Told { document: self, list, numbers }
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> &[Span] {
        &self.cut().spans
    }

    fn cut(&self) -> &Sentences {
        let spans = || match self.whole {
            Some(whole) => sentences_of(self.text, whole.is_wrapped(), self.abbreviations),
            None => sentences(self.text, self.abbreviations),
        };
        self.sentences.get_or_init(|| Sentences::new(spans(), self.words))
    }

    /// The index of the sentence in which a word begins.
    pub fn sentence(&self, word: u32) -> usize {
        self.cut().of[word as usize] as usize
    }

    /// All words of the sentence in which a word begins.
    pub fn words_around(&self, word: u32) -> Range<u32> {
        let words = &self.cut().words;
        let sentence = self.sentence(word);
        let start = sentence.checked_sub(1).map_or(0, |before| words[before].1);
        start..words.get(sentence).map_or(self.words.len() as u32, |w| w.1)
    }

    /// The words that begin in a sentence; none where there is no such sentence, as in a text of white space.
    pub fn words_of(&self, sentence: usize) -> Range<u32> {
        self.cut().words.get(sentence).map_or(0..0, |(start, end)| *start..*end)
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
        self.sentences.into_inner().map(|s| s.spans)
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
        let id = *ids.get(word as usize)?;
        (id != WordId::SEVERAL).then(|| self.list.at(places[id.index()]))
    }
}
