//! Pseudo-English, the same in every run.

use std::collections::{HashMap, HashSet};

use framescope::Lexicon;
use serde_json::json;

use super::Failed;

/// How many different words there are; a corpus of some hundred megabytes of English has about as many.
const WORDS: usize = 60_000;
/// Bytes of a document.
const DOCUMENT: usize = 3_500;
const FRAMES: usize = 12;

const ONSETS: &[&str] = &[
    "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr",
    "qu", "r", "s", "sc", "sh", "sp", "st", "str", "t", "th", "tr", "v", "w", "wh", "y", "z", "", "", "",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "io", "ou", "y"];
const CODAS: &[&str] =
    &["", "", "", "", "c", "ct", "d", "l", "ll", "m", "n", "nd", "ng", "nt", "p", "r", "rt", "s", "ss", "st", "t", "x"];

/// `SplitMix64`: the same numbers on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Once in `n` times.
    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// So many of them, each once.
    fn sample<T: Clone>(&mut self, of: &[T], n: usize) -> Vec<T> {
        let mut all = of.to_vec();
        let n = n.min(all.len());
        for i in 0..n {
            let j = i + self.below(all.len() - i);
            all.swap(i, j);
        }
        all.truncate(n);
        all
    }
}

/// Words, the most frequent first: these are short.
fn vocabulary(chance: &mut Chance) -> Vec<String> {
    let (mut words, mut seen) = (Vec::with_capacity(WORDS), HashSet::new());
    while words.len() < WORDS {
        let length = match words.len() {
            0..20 => 1 + chance.below(3),
            20..150 => 2 + chance.below(3),
            150..2_000 => 4 + chance.below(5),
            _ => 5 + chance.below(7),
        };
        let mut word = String::new();
        while word.len() < length {
            word += chance.one(ONSETS);
            word += chance.one(VOWELS);
            word += chance.one(CODAS);
        }
        word.truncate(length);
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Documents of together so many bytes.
pub fn documents(bytes: usize) -> Vec<String> {
    let mut chance = Chance(4);
    let words = vocabulary(&mut chance);
    let mut total = 0;
    let reach: Vec<u64> = (0..WORDS as u64)
        .map(|rank| {
            total += 1_000_000_000_000 / ((rank + 3) * (8_000 + rank)); // beyond the first 8,000, words grow rare faster
            total
        })
        .collect();
    let (mut documents, mut written) = (Vec::new(), 0);
    while written < bytes {
        let mut text = String::new();
        while text.len() < DOCUMENT {
            let length = 8 + chance.below(30);
            for place in 0..length {
                let at = chance.next() % total;
                write(&mut text, &words[reach.partition_point(|r| *r <= at)], place, &mut chance);
            }
            text += if chance.once_in(5) { ".\n\n" } else { ". " };
        }
        written += text.len();
        documents.push(text);
    }
    documents
}

/// One word of a sentence, with what stands before and after it.
fn write(text: &mut String, word: &str, place: usize, chance: &mut Chance) {
    if place > 0 {
        *text += if chance.once_in(16) {
            ", "
        } else if chance.once_in(150) {
            "-"
        } else {
            " "
        };
    }
    if chance.once_in(90) {
        *text += &chance.below(3_000).to_string();
        text.push(' ');
    }
    if place == 0 || chance.once_in(14) {
        *text += &word[..1].to_uppercase();
        *text += &word[1..];
    } else {
        *text += word;
    }
    match chance.below(600) {
        0..6 => *text += "’s",
        6 => *text += "é",
        _ => {}
    }
}

/// Words, pairs of words and beginnings of words that occur in the documents, in twelve frames: 60, 25 and 15 %, drawn as `benches/corpus.py` does.
pub fn lexicon(documents: &[String], entries: usize) -> Result<Lexicon, Failed> {
    let (mut words, mut pairs) = (HashMap::new(), HashMap::new());
    for text in documents.iter().step_by(2) {
        let mut last: Option<&str> = None;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let word = Some(word).filter(|w| w.bytes().all(|b| b.is_ascii_lowercase()));
            if let Some(word) = word {
                *words.entry(word).or_insert(0) += 1;
            }
            if let (Some(a), Some(b)) = (last, word)
                && a.len() > 3
                && b.len() > 3
            {
                *pairs.entry((a, b)).or_insert(0) += 1;
            }
            last = word;
        }
    }
    let pool: Vec<&str> =
        by_frequency(words).into_iter().take((entries * 4).max(3_000)).skip(60).filter(|w| w.len() > 3).collect();
    let pairs: Vec<(&str, &str)> = by_frequency(pairs).into_iter().take(entries * 2).collect();
    let mut chance = Chance(entries as u64);
    let mut beginnings: Vec<&str> =
        pool.iter().filter(|w| w.len() > 6).map(|w| &w[..(5 + chance.below(4)).min(w.len())]).collect();
    beginnings.sort_unstable();
    beginnings.dedup();
    let mut frames = vec![Vec::new(); FRAMES];
    let written = chance.sample(&pool, entries * 60 / 100).into_iter().map(str::to_owned);
    let written = written.chain(chance.sample(&pairs, entries * 25 / 100).into_iter().map(|(a, b)| format!("{a} {b}")));
    let written = written.chain(chance.sample(&beginnings, entries * 15 / 100).into_iter().map(|w| format!("{w}*")));
    for (i, entry) in written.enumerate() {
        frames[i % FRAMES].push(entry);
    }
    let frames: serde_json::Map<_, _> =
        frames.into_iter().enumerate().map(|(i, entries)| (format!("f{i}"), json!({"entries": entries}))).collect();
    let lexicon = json!({"framescope": 1, "id": "bench", "version": "1", "overlap": "all", "frames": frames});
    Ok(Lexicon::from_json(&lexicon.to_string())?)
}

/// The most frequent first; equals by themselves.
fn by_frequency<T: Ord>(counts: HashMap<T, usize>) -> Vec<T> {
    let mut all: Vec<(T, usize)> = counts.into_iter().collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.into_iter().map(|(t, _)| t).collect()
}
