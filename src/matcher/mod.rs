//! A compiled lexicon: text in, matches out.
//!
//! 1. Every word passes a small filter; those that could belong to the lexicon are looked up (`index.rs`).
//! 2. What is found is a candidate: a reading of an entry, at a start word. Slots and separators are checked on the text (`verify.rs`).
//! 3. As far as the conditions of a match reach, actors and the patterns of conditions are found in the same way. Conditions
//!    are checked among all that was found (`conditions.rs`), and one reading per entry and start word is kept (`choice.rs`).
//! 4. Matches that share words are settled (`overlap.rs`).

mod certain;
mod choice;
mod compile;
mod conditions;
mod count;
mod groups;
mod index;
mod overlap;
mod pairs;
mod posting;
mod slot;
mod tally;
mod verify;

use std::ops::Range;

use crate::document::Document;
use crate::language::Language;
use crate::lexicon::{Lexicon, Overlap};
use crate::segment::{Abbreviations, Borders, Whole, Word};
use crate::span::Span;
use crate::vocabulary::{Asked, Filter, Kept, KeyWord, Letters, Memo, Numbered, Sifted, Vocabulary, WordId};
use compile::{EntryRole, Searcher, Sought};
use conditions::{Conditioned, Verdicts};
use count::Further;
use index::Index;
use overlap::Settling;
use posting::Finding;
use slot::Fit;
use verify::{CompiledReading, Text};

/// Index of a frame in [`Lexicon::counted_frames`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameId(pub u32);

/// Index of an entry, counted through [`Lexicon::counted_frames`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// An occurrence of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The entry.
    pub entry: EntryId,
    /// Its frame.
    pub frame: FrameId,
    /// Where it stands.
    pub span: Span,
    /// Index of the first word it touches.
    pub first_word: u32,
    /// How many words it touches; 0 for a regex that matched punctuation only.
    pub words: u32,
}

impl Match {
    /// The words it touches.
    #[must_use]
    pub fn range(&self) -> Range<u32> {
        self.first_word..self.first_word + self.words
    }
}

/// What was found before anything is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    first: u32,
    /// One past the last word touched; equal to `first` when no word is.
    beyond: u32,
    entry: u32,
    gaps: u32,
    start: u32,
    end: u32,
}

/// Buffers that a thread keeps from document to document.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Words; those after the first `count` mean nothing.
    pub(crate) words: Vec<Word>,
    pub(crate) count: usize,
    search: Search,
    pub(crate) matches: Vec<Match>,
    keys: Vec<u32>,
    /// How often each frame was counted.
    pub(crate) counts: Vec<i64>,
    buffer: Vec<Word>,
    /// The first letters of the words.
    letters: Vec<Letters>,
    borders: Borders,
    /// Where the words begin that passed the filter; those after the first `kept` mean nothing.
    sieved: Vec<Kept>,
    kept: usize,
}

impl Scratch {
    /// The words of the document last searched; after counting not all of them are written out.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words[..self.count]
    }

    /// How many words the document has that was last searched, or counted.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.count
    }

    /// How often each frame is found in the document last counted.
    #[must_use]
    pub fn counts(&self) -> &[i64] {
        &self.counts
    }

    /// The matches in the document last searched.
    #[must_use]
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }
}

/// What a search needs on the way.
#[derive(Debug, Default)]
pub struct Search {
    found: Vec<Found>,
    beside: Vec<Found>,
    order: Vec<u32>,
    verdicts: Verdicts,
    claims: overlap::Claims,
    form: String,
    /// Words that conditions ask about, each in one sentence, and the bits of what they ask for.
    asked: Vec<(Range<u32>, u64)>,
    ids: Vec<WordId>,
    /// Words that are more than a tally.
    further: Vec<Further>,
    /// Those at which something is left to ask.
    doubtful: Vec<KeyWord>,
    /// Those of them that are counted as pairs, and stand beside one that must be read.
    beside_several: Vec<KeyWord>,
}

/// Adds those of a second list to the first, of which each is in order of first words; of the same word those of the first list come first. From the
/// end on, so that each is moved once.
fn merge(found: &mut Vec<Found>, added: &[Found]) {
    let Some(any) = added.first() else { return };
    let (mut left, mut right) = (found.len(), added.len());
    found.resize(left + right, *any);
    while right > 0 {
        let from_left = left > 0 && found[left - 1].first > added[right - 1].first;
        found[left + right - 1] = if from_left { found[left - 1] } else { added[right - 1] };
        left -= usize::from(from_left);
        right -= usize::from(!from_left);
    }
}

/// A compiled lexicon.
///
/// ```
/// use framescope::{Language, Lexicon, Matcher, Scratch};
/// let lexicon = Lexicon::read("{framescope: 1, id: x, version: 1, frames: {bridge: {entries: [bridge~, living bridge~]}}}", "")?;
/// let matcher = Matcher::new(&lexicon, &Language::load("en")?)?;
/// let text = "A living bridge, not a bridge’s shadow.";
/// let mut scratch = Scratch::default();
/// matcher.find(text, &mut scratch);
/// let found: Vec<&str> = scratch.matches().iter().map(|m| m.span.of(text)).collect();
/// assert_eq!(found, ["living bridge", "bridge"]);
/// # Ok::<(), framescope::Error>(())
/// ```
#[derive(Debug)]
pub struct Matcher {
    roles: Vec<EntryRole>,
    conditions: Conditioned,
    readings: Vec<CompiledReading>,
    vocabulary: Vocabulary,
    /// Entries of frames: looked for everywhere.
    frames: Index,
    searchers: Vec<Searcher>,
    /// Actors and patterns of conditions: looked for where a condition asks.
    around: Index,
    searchers_around: Vec<Searcher>,
    overlap: Overlap,
    /// How many frames there are.
    frame_count: usize,
    abbreviations: Abbreviations,
    /// The words at which an entry of a frame may be found.
    filter: Filter,
}

impl Matcher {
    /// Compiles a lexicon.
    ///
    /// # Errors
    /// When a pattern, regex or reference in it is not sound. A lexicon that was read from a file is.
    pub fn new(lexicon: &Lexicon, language: &Language) -> crate::error::Result<Self> {
        compile::compile(lexicon, language, Sought::Frames)
    }

    /// Compiles the aliases of the lexicon's actors: a match's frame is then the index of the actor. Longer aliases win.
    ///
    /// # Errors
    /// As [`Matcher::new`].
    pub fn of_actors(lexicon: &Lexicon, language: &Language) -> crate::error::Result<Self> {
        compile::compile(lexicon, language, Sought::Actors)
    }

    /// Finds all matches in `text`, which has at most `u32::MAX` bytes. Words and matches are left in `scratch`,
    /// matches by start, then end, then frame. Looked up are only words at which an entry may be found, and what stands beside them.
    pub fn find(&self, text: &str, scratch: &mut Scratch) {
        scratch.borders.read(text.as_bytes(), &mut scratch.buffer);
        self.sift(text, scratch);
        let Scratch { words, count, search, matches, keys, sieved, letters, borders, kept, .. } = scratch;
        Sifted { vocabulary: &self.vocabulary, text, borders }.write(words, letters);
        keys.clear();
        keys.extend(sieved[..*kept].iter().map(|key| borders.index(key.start)));
        let (words, letters) = (&words[..*count], &letters[..*count]);
        let document = Document::new(text, words, &self.abbreviations);
        let memo = Memo::default();
        let numbers = Numbered::Asked(Asked { vocabulary: &self.vocabulary, text, words, letters, keys, memo: &memo });
        self.find_among(&document, numbers, &[document.all_words()], search, matches);
    }

    /// Finds the words of a text at which an entry may be found, once their borders are known; makes room for its words.
    fn sift(&self, text: &str, scratch: &mut Scratch) {
        let Scratch { words, count, sieved, kept, letters, borders, .. } = scratch;
        (*count, *kept) = self.filter.sift(text, borders, sieved);
        *kept = self.filter.sift_again(&self.vocabulary, text, &mut sieved[..*kept]);
        if words.len() < *count {
            words.resize(*count, Word { start: 0, end: 0, stem: 0 });
        }
        if letters.len() < *count {
            letters.resize(*count, Letters::ANY);
        }
    }

    /// Sections of at least so many bytes, in which all that is found in the text is found too, and no more. A regex may reach anywhere, so
    /// that with one there is a single section.
    #[must_use]
    pub fn sections(&self, whole: &Whole<'_>, size: usize) -> Vec<Range<usize>> {
        let any_regex = !(self.searchers.is_empty() && self.searchers_around.is_empty());
        let marked: Vec<_> = self.readings.iter().flat_map(CompiledReading::marked).collect();
        let goes_on = |word: &str, stop: u8| {
            let id = self.vocabulary.id(word, 0, word.len() as u32, &mut String::new());
            marked.iter().any(|(slot, marks)| marks.as_bytes().contains(&stop) && (word.is_empty() || slot.fit(id) != Fit::No))
        };
        whole.sections(if any_regex { usize::MAX } else { size }, &self.abbreviations, &goes_on)
    }

    /// Finds all matches in stretches of a document, which are whole sentences each and come in order. `matches` is cleared first; they come by start, then
    /// end, then frame.
    pub fn find_in(&self, document: &Document<'_>, words: &[Range<u32>], search: &mut Search, matches: &mut Vec<Match>) {
        let mut ids = std::mem::take(&mut search.ids);
        let all = words.first().map_or(0, |w| w.start)..words.last().map_or(0, |w| w.end);
        let numbers = document.numbers(all, &self.vocabulary, &mut search.form, &mut ids);
        self.find_among(document, numbers, words, search, matches);
        search.ids = ids;
    }

    fn find_among(
        &self,
        document: &Document<'_>,
        numbers: Numbered<'_>,
        words: &[Range<u32>],
        search: &mut Search,
        matches: &mut Vec<Match>,
    ) {
        search.found.clear();
        matches.clear();
        let text = Text { document, numbers, vocabulary: &self.vocabulary };
        let finding = &mut Finding { readings: &self.readings, form: &mut search.form, found: &mut search.found };
        for words in words {
            self.frames.search(&text, words.clone(), finding);
        }
        self.searchers.iter().for_each(|s| s.search(document, &mut search.found));
        self.weigh(&text, words, search, matches);
    }

    /// What is left of all that was found in these stretches.
    fn weigh(&self, text: &Text<'_, '_>, words: &[Range<u32>], search: &mut Search, matches: &mut Vec<Match>) {
        let Search { found, beside, form, asked, order, verdicts, claims, .. } = search;
        let document = text.document;
        if found.is_empty() {
            return;
        }
        if words != [document.all_words()] {
            let stretch = |f: &Found| words.get(words.partition_point(|w| w.end < f.beyond));
            found.retain(|f| stretch(f).is_some_and(|w| w.start <= f.first));
        }
        overlap::sort_nearly(found, |f| f.first);
        asked.clear();
        if !self.conditions.is_empty() {
            self.ask(document, found, asked);
        }
        if !asked.is_empty() {
            beside.clear();
            let finding = &mut Finding { readings: &self.readings, form, found: beside };
            for (words, bits) in asked.iter() {
                self.around.search_beside(text, words.clone(), *bits, finding);
            }
            self.searchers_around.iter().for_each(|s| s.search(document, beside));
            overlap::sort_nearly(beside, |f| f.first);
            merge(found, beside);
        }
        let mut settling = Settling::new(self.overlap, document.words.len(), matches, claims);
        self.choose_readings(document, found, verdicts, order, &mut settling);
        settling.settle();
        if !self.searchers.is_empty() {
            // What touches no word stands anywhere between two.
            overlap::sort_matches(matches);
        }
    }

    /// Among which words conditions ask for something, and at which of them that may begin.
    fn ask(&self, document: &Document<'_>, found: &[Found], asked: &mut Vec<(Range<u32>, u64)>) {
        for f in found.iter().filter(|f| f.first < f.beyond) {
            let Some(conditions) = self.conditions.of(f.entry) else { continue };
            let (sentence, mut bits) = (document.words_of(document.sentence(f.first)), conditions.bits);
            let from = sentence.start.max(f.first.saturating_sub(conditions.reach));
            let mut words = from..sentence.end.min(f.beyond.saturating_add(conditions.reach));
            while let Some((last, others)) = asked.pop_if(|(last, _)| words.start < last.end) {
                (words, bits) = (words.start.min(last.start)..words.end.max(last.end), bits | others);
            }
            asked.push((words, bits));
        }
    }

    /// The words it looks for.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Whether its searches may begin at a word of this number: for frames, and for what their conditions ask for.
    pub(crate) fn is_key(&self, id: WordId) -> [bool; 2] {
        [self.frames.is_key(id), self.around.is_key(id)]
    }

    /// A text cut up as this lexicon's language wants.
    pub(crate) fn document<'t>(&'t self, text: &'t str, words: &'t [Word]) -> Document<'t> {
        Document::new(text, words, &self.abbreviations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEXICON: &str = "{framescope: 1, id: x, version: 1, overlap: lexicon, frames: {
        one: {entries: [bridge~, living <0-2> bridge, {pattern: east, require: {any: [west]}}, {regex: '[.!]', bounded: false}]},
        two: {entries: [bridge between, between <0-3> west, 'west. east']}}}";

    proptest! {
        #[test]
        fn stretches_are_searched_as_if_each_were_alone(
            words in prop::collection::vec("living|bridges?|between|east|west|a|[.!] |\\n\\n", 0..40),
            kept in prop::collection::vec(any::<bool>(), 40),
        ) {
            let language = Language::load("en").unwrap();
            let matcher = Matcher::new(&Lexicon::read(LEXICON, "").unwrap(), &language).unwrap();
            let text = words.join(" ");
            let words = crate::segment::words(&text);
            let document = matcher.document(&text, &words);
            let stretches: Vec<_> = (0..document.sentences().len()).filter(|i| kept[*i]).map(|i| document.words_of(i)).collect();
            let stretches: Vec<_> = stretches.into_iter().filter(|words| !words.is_empty()).collect();
            let (mut search, mut together, mut alone, mut all) = (Search::default(), Vec::new(), Vec::new(), Vec::new());
            matcher.find_in(&document, &stretches, &mut search, &mut together);
            for stretch in &stretches {
                matcher.find_in(&document, std::slice::from_ref(stretch), &mut search, &mut alone);
                all.append(&mut alone);
            }
            let of_words = |found: Vec<Match>| found.into_iter().filter(|m| m.words > 0).collect::<Vec<_>>();
            prop_assert_eq!(of_words(together), of_words(all), "{}", text);
        }
    }

    const CONDITIONED: &str = "{framescope: 1, id: x, version: 1, overlap: all, frames: {
        one: {entries: [
            {pattern: a, require: {any: [b <0-2> c, k], within: 1}},
            {pattern: b, forbid: {before: [c <0-1> d, '#two'], within: 2}}]},
        two: {entries: [{pattern: c, require: {after: [d, '#three', '#x'], within: 3}}, d <0-3> a]},
        three: {entries: [{pattern: e, forbid: [{any: [a b, '#x'], within: 1}, {after: [c d e f], within: 2}]}]}},
        actors: {x: {type: country, aliases: [{pattern: f, require: {any: [g <0-1> h], within: 2}}]}}}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn conditions_hold_as_if_the_whole_sentence_were_searched(
            words in prop::collection::vec("z|z|z|[cfgh]|[cfgh]|[a-k]|[a-k]|f’s|[.] ", 0..60),
        ) {
            let language = Language::load("en").unwrap();
            let near = Matcher::new(&Lexicon::read(CONDITIONED, "").unwrap(), &language).unwrap();
            let mut far = Matcher::new(&Lexicon::read(CONDITIONED, "").unwrap(), &language).unwrap();
            far.conditions.reach_far();
            let text = words.join(" ");
            let (mut one, mut other) = (Scratch::default(), Scratch::default());
            near.find(&text, &mut one);
            far.find(&text, &mut other);
            prop_assert_eq!(one.matches(), other.matches(), "{}", text);
        }
    }
}
