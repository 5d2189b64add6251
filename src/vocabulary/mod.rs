//! Words as numbers: every word that a lexicon names has one, and every beginning of a word (`balanc*`), so that a text is
//! compared with entries by numbers and not by letters.

mod edges;
mod filter;
mod joined;
mod key;
mod list;
mod numbered;
mod recent;
mod sifted;
mod table;

use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fold::{Case, fold_into};
use crate::segment::{BLOCK, Word, places};
pub use edges::Edges;
pub use filter::{Filter, Kept};
pub use joined::{Joined, Keys, Part, Sought};
pub use key::Letters;
use key::{Heads, Key, LONG};
pub use list::{Numbers, WordList};
pub use numbered::{Asked, Memo, Numbered};
pub use recent::{LookedUp, Recent};
use sifted::chunk;
pub use sifted::{KeyWord, KeyWords, Sifted};
use table::Table;

/// The number of a word, or of a beginning of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordId(u32);

impl WordId {
    /// A word that is not in the vocabulary, and begins like none of it.
    pub const UNKNOWN: Self = Self(0);
    /// A word that must be read as it stands: it has a stem and a whole, or folding changes its beginning.
    pub const SEVERAL: Self = Self(1);

    /// One of 64 bits; the first two belong to [`WordId::UNKNOWN`] and [`WordId::SEVERAL`] alone. The others go by the first four letters,
    /// so that the bit of a word can be known before its number.
    #[must_use]
    pub fn bit(self) -> u64 {
        1 << (self.0 & 63)
    }

    /// Its place in a table.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The `n`th of those that share a bit.
    fn nth(n: usize, bit: u32) -> Self {
        Self((n * 64) as u32 + bit)
    }
}

/// A vocabulary in the making.
#[derive(Debug)]
pub struct VocabularyBuilder {
    words: FxHashMap<Box<str>, WordId>,
    beginnings: FxHashMap<Box<str>, WordId>,
    /// How many numbers have each bit.
    counts: [usize; 64],
}

impl Default for VocabularyBuilder {
    fn default() -> Self {
        Self { words: FxHashMap::default(), beginnings: FxHashMap::default(), counts: [0; 64] }
    }
}

impl VocabularyBuilder {
    /// The number of a folded word.
    pub fn word(&mut self, folded: &str) -> WordId {
        number(&mut self.words, folded, &mut self.counts)
    }

    /// The number of a folded beginning of words, which is not empty.
    pub fn beginning(&mut self, folded: &str) -> WordId {
        number(&mut self.beginnings, folded, &mut self.counts)
    }

    /// All of them, ready to be looked up.
    #[must_use]
    pub fn build(self) -> Vocabulary {
        let size = 64 * self.counts.iter().copied().max().unwrap_or_default().max(1);
        let mut keys = [Vec::new(), Vec::new()];
        let mut out = Vocabulary {
            token: TOKENS.fetch_add(1, Ordering::Relaxed),
            size,
            words: Table::new(&[]),
            beginnings: Table::new(&[]),
            heads: Heads::new(self.beginnings.len()),
            short: FxHashSet::default(),
            other_words: FxHashMap::default(),
            other_beginnings: FxHashMap::default(),
            any_apostrophe: false,
            forms: Box::default(),
        };
        let form = |kind| move |(letters, id): (Box<str>, WordId)| Form { first_eight: first_eight(&letters), letters, id, kind };
        let words = self.words.into_iter().map(form(Kind::Word));
        let mut forms: Vec<_> = words.chain(self.beginnings.into_iter().map(form(Kind::Beginning))).collect();
        for Form { letters, id, kind, .. } in &forms {
            match kind {
                Kind::Word => keys[0].extend(out.add_word(letters, *id).map(|key| (key, *id))),
                Kind::Beginning => keys[1].extend(out.add_beginning(letters, *id).map(|key| (key, *id))),
            }
        }
        [out.words, out.beginnings] = keys.map(|keys| Table::new(&keys));
        forms.sort_unstable();
        out.any_apostrophe = forms.iter().any(|form| form.letters.contains('\''));
        out.forms = forms.into();
        out
    }
}

/// The first eight bytes, as a number that is greater where letters come later: most comparisons end there.
fn first_eight(form: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = form.len().min(8);
    bytes[..length].copy_from_slice(&form.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

fn number(numbers: &mut FxHashMap<Box<str>, WordId>, form: &str, counts: &mut [usize; 64]) -> WordId {
    if let Some(id) = numbers.get(form) {
        return *id;
    }
    let bit = Letters::of(form.as_bytes(), 0, form.len()).bit();
    let id = WordId::nth(counts[bit as usize], bit);
    counts[bit as usize] += 1;
    numbers.insert(form.into(), id);
    id
}

/// Tells vocabularies and lists apart.
static TOKENS: AtomicU64 = AtomicU64::new(0);

/// What has a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Word,
    Beginning,
}

/// Words and beginnings of words, by their letters.
#[derive(Debug)]
pub struct Vocabulary {
    token: u64,
    /// One more than the greatest number.
    size: usize,
    words: Table,
    beginnings: Table,
    heads: Heads,
    /// Beginnings that are shorter than what gives a word its bit, or not ASCII.
    short: FxHashSet<WordId>,
    /// What is longer than a key, or not ASCII.
    other_words: FxHashMap<Box<str>, WordId>,
    other_beginnings: FxHashMap<Box<str>, WordId>,
    /// Whether any of it holds an apostrophe.
    any_apostrophe: bool,
    /// All of it, by letters.
    forms: Box<[Form]>,
}

/// A word, or a beginning of words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    first_eight: u64,
    letters: Box<str>,
    id: WordId,
    kind: Kind,
}

#[cfg(test)]
impl Vocabulary {
    /// Of words (true) and beginnings of words (false).
    fn of(forms: &[(String, bool)]) -> Self {
        let mut builder = VocabularyBuilder::default();
        for (form, whole) in forms {
            if *whole {
                builder.word(form)
            } else {
                builder.beginning(form)
            };
        }
        builder.build()
    }
}

impl Vocabulary {
    /// One more than the greatest number, that of [`WordId::SEVERAL`] at least.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// All words, and beginnings of words, by their letters.
    pub fn forms(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.forms.iter().map(|form| (&*form.letters, form.id))
    }

    /// The bits of all words of a text that have this number, or begin like it.
    #[must_use]
    pub fn bits(&self, id: WordId) -> u64 {
        if self.short.contains(&id) { u64::MAX } else { id.bit() }
    }

    /// The words, and beginnings of words, that begin with these folded letters.
    pub fn beginning_with<'v>(&'v self, folded: &'v str) -> impl Iterator<Item = WordId> + 'v {
        let beginning = (first_eight(folded), folded);
        let from = self.forms.partition_point(|form| (form.first_eight, &*form.letters) < beginning);
        self.forms[from..].iter().take_while(move |form| form.letters.starts_with(folded)).map(|form| form.id)
    }

    /// The numbers of these words of a text, into a buffer that is cleared first.
    pub fn number_into(&self, text: &str, words: &[Word], form: &mut String, out: &mut Vec<WordId>) {
        out.clear();
        out.resize(words.len(), WordId::UNKNOWN);
        for (words, ids) in words.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            for at in places(self.place(text, words, plain_place, ids)) {
                ids[at] = self.number_apart(text, &words[at], form);
            }
        }
    }

    fn number(&self, text: &str, word: &Word, form: &mut String) -> WordId {
        match plain_key(text, word) {
            Some((key, length)) => self.of_key(key, length),
            None => self.number_of_other(text, word, form),
        }
    }

    /// The number of a word whose letters have no place in the table.
    #[inline]
    fn number_apart(&self, text: &str, word: &Word, form: &mut String) -> WordId {
        match plain_key(text, word) {
            Some((key, length)) => self.of_unplaced(key, length),
            None => self.number_of_other(text, word, form),
        }
    }

    /// Whether a key of this length that has no place in the table may have a number; never wrong when it says no.
    #[inline]
    fn may_be_unplaced(&self, key: Key, length: usize) -> bool {
        self.heads.may_begin(key, length) | !self.words.all_placed()
    }

    /// The number of a key of this length that has no place in the table.
    #[inline]
    fn of_unplaced(&self, key: Key, length: usize) -> WordId {
        let id = if self.words.all_placed() { WordId::UNKNOWN } else { self.words.left(key) };
        if id == WordId::UNKNOWN { self.of_beginning(key, length) } else { id }
    }

    /// As [`Vocabulary::number`], for words that are long, not ASCII, at the end of a text, or have a stem.
    #[inline(never)]
    fn number_of_other(&self, text: &str, word: &Word, form: &mut String) -> WordId {
        if has_accents(&text.as_bytes()[word.start as usize..word.end as usize]) {
            return WordId::SEVERAL;
        }
        let has_stem = word.stem < word.end;
        // Without an apostrophe, nothing is known that has more letters than the stem.
        let whole = if has_stem && !self.any_apostrophe { WordId::UNKNOWN } else { self.id(text, word.start, word.end, form) };
        if !has_stem {
            return whole;
        }
        let known = whole != WordId::UNKNOWN || self.id(text, word.start, word.stem, form) != WordId::UNKNOWN;
        if known { WordId::SEVERAL } else { WordId::UNKNOWN }
    }

    /// The number of what stands between two bytes of a text, or else of its longest beginning that has one.
    pub fn id(&self, text: &str, start: u32, end: u32, form: &mut String) -> WordId {
        let (start, end) = (start as usize, end as usize);
        let length = end - start;
        let (key, ascii) = Key::of(&text.as_bytes()[start..end]);
        if ascii && length <= Key::LONGEST {
            self.of_key(key, length)
        } else if ascii
            && self.heads.beginnings[self.heads.four(key.0 as u32)] & LONG == 0
            && text.as_bytes()[start..end].is_ascii()
        {
            self.of_beginning(key, Key::LONGEST)
        } else {
            self.of_other(&text[start..end], form)
        }
    }

    #[inline]
    fn of_key(&self, key: Key, length: usize) -> WordId {
        let (id, known) = self.words.places().of(key);
        if known { id } else { self.of_unplaced(key, length) }
    }

    /// The longest of the first `length` bytes, at most a key.
    #[inline]
    fn of_beginning(&self, key: Key, length: usize) -> WordId {
        self.heads.only(key).unwrap_or_else(|| self.of_beginnings(key, self.heads.lengths(key, length)))
    }

    /// The longest of these beginnings.
    #[inline(never)]
    fn of_beginnings(&self, key: Key, mut lengths: u32) -> WordId {
        while lengths != 0 {
            let longest = lengths.ilog2();
            let id = self.beginnings.get(key.first(longest as usize));
            if id != WordId::UNKNOWN {
                return id;
            }
            lengths &= !(1 << longest);
        }
        WordId::UNKNOWN
    }

    /// Words longer than a key, and those that are not ASCII.
    #[inline(never)]
    fn of_other(&self, word: &str, form: &mut String) -> WordId {
        fold_into(word, Case::Folded, form);
        let (key, ascii) = Key::of(form.as_bytes());
        if ascii && form.len() <= Key::LONGEST {
            return self.of_key(key, form.len());
        }
        self.other_words.get(form.as_str()).copied().unwrap_or_else(|| self.longest_beginning(form))
    }

    /// The number of the longest beginning of a folded word that has one.
    fn longest_beginning(&self, folded: &str) -> WordId {
        if !self.other_beginnings.is_empty() {
            let ends = folded.char_indices().map(|(at, _)| at).skip(1).chain([folded.len()]);
            let longest = ends.filter_map(|end| self.other_beginnings.get(&folded[..end])).last();
            if let Some(id) = longest {
                return *id;
            }
        }
        let ascii = folded.bytes().take(Key::LONGEST).take_while(u8::is_ascii).count();
        self.of_beginning(Key::of(&folded.as_bytes()[..ascii]).0, ascii)
    }

    /// Adds a word; gives the key by which it is known, if it is that of a table.
    fn add_word(&mut self, word: &str, id: WordId) -> Option<Key> {
        let (key, ascii) = Key::of(word.as_bytes());
        if ascii && word.len() <= Key::LONGEST {
            return Some(key);
        }
        self.heads.add_long(key);
        self.other_words.insert(word.into(), id);
        None
    }

    /// The same for a beginning of words.
    fn add_beginning(&mut self, word: &str, id: WordId) -> Option<Key> {
        if word.len() < Letters::COUNT || !word.is_ascii() {
            self.short.insert(id);
        }
        let (key, ascii) = Key::of(word.as_bytes());
        if ascii && word.len() <= Key::LONGEST {
            self.heads.add_beginning(key, word.len(), id);
            return Some(key);
        }
        self.heads.add_long(key);
        self.other_beginnings.insert(word.into(), id);
        None
    }
}

/// Where a word begins, and how many bytes it has; none if it has a stem, one more than a key if there are more.
#[inline]
fn plain_place(word: Word) -> (u32, u32) {
    (word.start, if word.stem == word.end { (word.end - word.start).min(Key::LONGEST as u32 + 1) } else { 0 })
}

/// The key of a word, and how many bytes it has, if it is all of ASCII, no longer than a key, and has no stem of its own.
#[inline]
fn plain_key(text: &str, word: &Word) -> Option<(Key, usize)> {
    let length = (word.end - word.start) as usize;
    let (key, ascii) = Key::new(chunk(text, word.start)?, length)?;
    (ascii && word.stem == word.end).then_some((key, length))
}

/// Whether there may be accents written as characters of their own. Some small letters take them up in folding where their capitals do not, so that
/// the folded word no longer begins as the word does.
fn has_accents(text: &[u8]) -> bool {
    text.contains(&0xCC) || text.contains(&0xCD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_word_has_its_own_number_or_that_of_its_longest_beginning(
            known in prop::collection::vec(("(aaaaa|aaaab|baaaa|abbab)[ab]{0,4}|[ab]{1,6}|a{14,18}|é[ab]", any::<bool>()), 1..40),
            words in prop::collection::vec("(aaaaa|aaaab|baaaa|abbab)[ab]{0,6}|[ab]{1,8}|a{12,20}|é[ab]{1,3}|cab", 1..60),
        ) {
            let vocabulary = Vocabulary::of(&known);
            let id = |form: &str, kind| vocabulary.forms.iter().find(|f| &*f.letters == form && f.kind == kind).map(|form| form.id);
            let own = |word: &str| {
                let mut beginnings = word.char_indices().map(|(at, c)| &word[..at + c.len_utf8()]).rev();
                id(word, Kind::Word).or_else(|| beginnings.find_map(|beginning| id(beginning, Kind::Beginning))).unwrap_or_default()
            };
            for word in &words {
                let told = vocabulary.id(word, 0, word.len() as u32, &mut String::new());
                prop_assert_eq!(told, own(word), "{} {:?}", word, known);
            }
        }
    }
}
