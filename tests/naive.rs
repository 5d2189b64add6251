//! The matcher against one that is slow and obviously right: ten thousand random lexicons and texts.
//!
//! The naive matcher tries every reading of every entry at every word, with a regular expression for each slot. Conditions and
//! the parser itself are held against another naive matcher, in `tests/test_matcher.py`.

use std::collections::HashSet;

use framescope::{
    AnalysisScratch, Analyzer, Case, Language, Lexicon, Overlap, Pattern, Piece, Reading, Scratch, Separator, Slot, Span, Word,
    fold, words,
};
use proptest::prelude::*;
use regex::Regex;

/// Frame, entry, first word, one past the last word, first byte, one past the last byte.
type Found = (usize, usize, usize, usize, u32, u32);

/// A reading in which every slot is a list of regular expressions on the folded word.
#[derive(Clone)]
struct Plain {
    slots: Vec<Vec<(Regex, Case)>>,
    separators: Vec<Separator>,
    before: String,
    after: String,
}

fn plain(reading: &Reading, language: &Language) -> Vec<Plain> {
    let hyphens: Vec<usize> = (0..reading.separators.len()).filter(|i| reading.separators[*i] == Separator::Hyphen).collect();
    let mut out = Vec::new();
    for closed in 0..1_usize << hyphens.len() {
        let is_closed = |i: usize| hyphens.iter().position(|h| *h == i).is_some_and(|n| closed >> n & 1 == 1);
        let mut slots: Vec<Vec<(String, Case)>> = Vec::new();
        let mut separators = Vec::new();
        for (i, slot) in reading.slots.iter().enumerate() {
            let sources = sources(slot, language);
            if i > 0 && is_closed(i - 1) {
                let left = slots.pop().unwrap();
                slots.push(left.iter().flat_map(|l| sources.iter().flat_map(|s| glued(l, s))).collect());
            } else {
                separators.extend(i.checked_sub(1).map(|i| reading.separators[i].clone()));
                slots.push(sources);
            }
        }
        let compile = |(source, case): &(String, Case)| (Regex::new(&format!("^(?s:{source})$")).unwrap(), *case);
        out.push(Plain {
            slots: slots.iter().map(|s| s.iter().map(compile).collect()).collect(),
            separators,
            before: reading.before.clone(),
            after: reading.after.clone(),
        });
    }
    out
}

/// Two slots as one word. An acronym stays exact beside a word that is written small, with a capital, or large.
fn glued(left: &(String, Case), right: &(String, Case)) -> Vec<(String, Case)> {
    let written = |(source, case): &(String, Case)| match case {
        Case::Exact => vec![source.clone()],
        Case::Folded => {
            let mut chars = source.chars();
            let titled: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
            vec![source.clone(), titled, source.to_uppercase()]
        }
    };
    if left.1 == right.1 {
        return vec![(format!("{}{}", left.0, right.0), left.1)];
    }
    written(left).iter().flat_map(|l| written(right).into_iter().map(move |r| (format!("{l}{r}"), Case::Exact))).collect()
}

fn sources(slot: &Slot, language: &Language) -> Vec<(String, Case)> {
    let case = if slot.acronym { Case::Exact } else { Case::Folded };
    let source = |pieces: &[Piece]| {
        let part = |p: &Piece| match p {
            Piece::Text(text) => regex::escape(&fold(text, case)),
            Piece::Any => ".*".into(),
            Piece::One => ".".into(),
        };
        (pieces.iter().map(part).collect::<String>(), case)
    };
    match slot.pieces.as_slice() {
        [Piece::Text(word)] if slot.inflected => {
            language.inflections(word).into_iter().map(|w| source(&[Piece::Text(w)])).collect()
        }
        pieces => vec![source(pieces)],
    }
}

struct Document<'t> {
    text: &'t str,
    words: Vec<Word>,
    sentences: Vec<Span>,
}

impl Document<'_> {
    fn fits(&self, slot: &[(Regex, Case)], word: Word, end: u32) -> bool {
        let form = &self.text[word.start as usize..end as usize];
        slot.iter().any(|(regex, case)| regex.is_match(&fold(form, *case)))
    }

    fn sentence(&self, word: usize) -> usize {
        self.sentences.iter().position(|s| self.words[word].start < s.end).unwrap_or(usize::MAX)
    }

    /// Where the reading can end (last word, last byte, gap words) when slot `k` is word `i`.
    fn ends(&self, reading: &Plain, k: usize, i: usize, gaps: usize) -> Vec<(usize, u32, usize)> {
        let Some(&word) = self.words.get(i) else { return Vec::new() };
        let ends = if word.stem < word.end { vec![word.stem, word.end] } else { vec![word.end] };
        let fitting: Vec<u32> = ends.into_iter().filter(|end| self.fits(&reading.slots[k], word, *end)).collect();
        let Some(separator) = reading.separators.get(k) else {
            // The stem where it fits; the whole by a form that needs it.
            let stem = fitting.first().copied().filter(|e| *e == word.stem);
            let needs_whole = |f: &&(Regex, Case)| {
                let slot = std::slice::from_ref(*f);
                self.fits(slot, word, word.end) && !self.fits(slot, word, word.stem)
            };
            let whole = (word.stem < word.end && reading.slots[k].iter().any(|f| needs_whole(&f))).then_some(word.end);
            let after = |end: u32| {
                self.text[end as usize..].starts_with(&reading.after).then(|| (i, end + reading.after.len() as u32, gaps))
            };
            return stem.into_iter().chain(whole).filter_map(after).collect();
        };
        if let Separator::Gap(low, high) = separator {
            let inside = |j: &usize| *j < self.words.len() && self.sentence(*j) == self.sentence(i);
            let nexts = (usize::from(*low)..=usize::from(*high)).map(|g| i + 1 + g).filter(|j| !fitting.is_empty() && inside(j));
            return nexts.flat_map(|j| self.ends(reading, k + 1, j, gaps + j - i - 1)).collect();
        }
        let Some(next) = self.words.get(i + 1) else { return Vec::new() };
        let between = |end: u32| &self.text[end as usize..next.start as usize];
        let parted = |end: &&u32| match separator {
            Separator::Literal(literal) => between(**end).split_whitespace().collect::<String>() == *literal,
            _ => between(**end) == "-" || (!between(**end).is_empty() && between(**end).trim().is_empty()),
        };
        if fitting.iter().any(|e| parted(&e)) { self.ends(reading, k + 1, i + 1, gaps) } else { Vec::new() }
    }
}

fn naive(frames: &[Vec<String>], overlap: Overlap, text: &Document<'_>, language: &Language) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut number = 0;
    for (frame, entries) in frames.iter().enumerate() {
        for entry in entries {
            let pattern = Pattern::parse(entry).unwrap();
            let readings: Vec<Plain> = pattern.readings().iter().flat_map(|r| plain(r, language)).collect();
            for i in 0..text.words.len() {
                let start = text.words[i].start as usize;
                let here = readings.iter().filter(|r| text.text[..start].ends_with(&r.before));
                let ends = here.flat_map(|r| text.ends(r, 0, i, 0).into_iter().map(|e| (e, start - r.before.len())));
                // Fewest gap words, then most words, then the last end.
                let best = ends.min_by_key(|((last, end, gaps), _)| (*gaps, usize::MAX - last, u32::MAX - end));
                found.extend(best.map(|((last, end, _), begin)| (frame, number, i, last + 1, begin as u32, end)));
            }
            number += 1;
        }
    }
    // Most words, leftmost, last end, written first.
    found.sort_by_key(|f| (usize::MAX - (f.3 - f.2), f.4, u32::MAX - f.5, f.1));
    let mut kept: Vec<Found> = Vec::new();
    for f in found {
        let shares = |k: &Found| k.0 == f.0 && k.2 < f.3 && f.2 < k.3;
        if overlap == Overlap::All || !kept.iter().any(shares) {
            kept.push(f);
        }
    }
    if overlap == Overlap::Lexicon {
        let all = kept.clone();
        let mut shown: Vec<Found> = Vec::new();
        for f in all {
            // Matches of the same words stay together.
            let covered = (f.2..f.3).all(|w| shown.iter().any(|s| s.2 <= w && w < s.3 && (s.2, s.3) != (f.2, f.3)));
            if !covered {
                shown.push(f);
            }
        }
        kept = shown;
    }
    kept.sort_by_key(|f| (f.4, f.5, f.0, f.1));
    kept
}

fn pattern() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "(a|b|ab|ba|US|a's|é)",
        4 => "(abba|baab|abbab)",
        1 => "(a\\*|\\*b|a\\?|\\?|a\\*b|plan~|US\\*|abba\\*|baa\\*)",
        1 => "\\((a|b|ab)\\|(b|ba|a b)\\)",
    ];
    let separator = prop_oneof![4 => Just(" "), 2 => Just("-"), 1 => Just(" <0-1> "), 1 => Just(" <1-2> "), 1 => Just(", ")];
    (word.clone(), prop::collection::vec((separator, word), 0..3), prop_oneof![6 => Just(""), 1 => Just("#")])
        .prop_map(|(first, rest, before)| rest.into_iter().fold(format!("{before}{first}"), |all, (s, w)| all + s + &w))
        .prop_filter("must be in the language", |p| Pattern::parse(p).is_ok())
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![6 => "(a|b|ab|ba|US|us|A|abb)", 6 => "(abba|baab|Baab|abbab|ABBAB)", 2 => "(x|xy|quite|X|&)", 1 => "(a's|b’s|é|E\u{301}|plans|planning|#a|a-b|aa|abba’s|baab's|abbabab)"];
    let separator =
        prop_oneof![6 => Just(" "), 1 => Just("-"), 1 => Just(", "), 1 => Just("\n"), 1 => Just("  "), 1 => Just(". A")];
    prop::collection::vec((word, separator), 0..24).prop_map(|parts| parts.into_iter().map(|(w, s)| w + s).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_agrees_with_the_naive_one(
        frames in prop::collection::vec(prop::collection::hash_set(pattern(), 1..4), 1..4),
        overlap in prop_oneof![Just(Overlap::Frame), Just(Overlap::Lexicon), Just(Overlap::All)],
        text in text(),
    ) {
        let (frames, analyzer) = compiled(frames, overlap);
        // To the page's layout, "US a" before a long line is a menu.
        let analyzer = analyzer.keeping_chrome();
        // What a search leaves behind could help a count.
        let counted = analyzer.count(&text, &mut Scratch::default()).to_vec();
        let mut scratch = Scratch::default();
        let got: Vec<Found> = analyzer.find(&text, &mut scratch).iter().map(|m| {
            let beyond = (m.first_word + m.words) as usize;
            (m.frame.0 as usize, m.entry.0 as usize, m.first_word as usize, beyond, m.span.start, m.span.end)
        }).collect();
        let whole = Document { text: &text, words: words(&text), sentences: analyzer.sentences(&text) };
        let want = naive(&frames, overlap, &whole, &Language::load("en").unwrap());
        prop_assert_eq!(&got, &want, "{:?} {:?}", frames, text);
        let counts: Vec<i64> = (0..frames.len()).map(|frame| want.iter().filter(|found| found.0 == frame).count() as i64).collect();
        prop_assert_eq!(counted, counts, "{:?} {:?}", frames, text);
    }
}

/// Frames of these entries, in order, and what finds them.
fn compiled(frames: Vec<HashSet<String>>, overlap: Overlap) -> (Vec<Vec<String>>, Analyzer) {
    let sorted = |f: HashSet<String>| {
        let mut entries: Vec<_> = f.into_iter().collect();
        entries.sort();
        entries
    };
    let frames: Vec<Vec<String>> = frames.into_iter().map(sorted).collect();
    let mut lexicon = Lexicon::read("{framescope: 1, id: t, version: 1, frames: {x: {entries: [x]}}}", "").unwrap();
    lexicon.overlap = overlap;
    let frame = lexicon.frames.shift_remove("x").unwrap();
    for (i, entries) in frames.iter().enumerate() {
        let entries = entries.iter().map(|e| framescope::Entry::plain(e)).collect();
        lexicon.frames.insert(format!("f{i}"), framescope::Frame { entries, ..frame.clone() });
    }
    let analyzer = Analyzer::new(&lexicon).unwrap();
    (frames, analyzer)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// An analysis looks words up together with those of cues, speech and actors; counting looks up its own alone.
    #[test]
    fn an_analysis_finds_what_counting_finds(
        frames in prop::collection::vec(prop::collection::hash_set(pattern(), 1..4), 1..4),
        overlap in prop_oneof![Just(Overlap::Frame), Just(Overlap::Lexicon), Just(Overlap::All)],
        texts in prop::collection::vec(text(), 1..8),
    ) {
        let (frames, analyzer) = compiled(frames, overlap);
        let (mut scratch, mut together) = (Scratch::default(), AnalysisScratch::default());
        for text in texts {
            let counted: Vec<_> = analyzer.find(&text, &mut scratch).iter().map(|m| (m.entry, m.frame, m.span)).collect();
            let analysis = analyzer.analyze(&text, &mut together).unwrap();
            let mut hits: Vec<_> = analysis.hits.iter().map(|h| (h.entry, h.frame, h.span)).collect();
            hits.dedup();
            prop_assert_eq!(hits, counted, "{:?} {:?}", frames, text);
        }
    }

    /// Long texts and many frames: what is counted is summed up in vectors, for as many words and frames as they hold.
    #[test]
    fn counting_counts_what_is_found(
        frames in prop_oneof![
            prop::collection::vec(prop::collection::hash_set(pattern(), 1..6), 1..20),
            prop::collection::vec(prop::collection::hash_set(pattern(), 1..3), 60..90),
        ],
        overlap in prop_oneof![Just(Overlap::Frame), Just(Overlap::Lexicon), Just(Overlap::All)],
        texts in prop::collection::vec(text(), 0..40),
    ) {
        let (frames, analyzer) = compiled(frames, overlap);
        let analyzer = analyzer.keeping_chrome();
        let text = texts.concat();
        let counted = analyzer.count(&text, &mut Scratch::default()).to_vec();
        let mut scratch = Scratch::default();
        let found = analyzer.find(&text, &mut scratch);
        let counts: Vec<i64> = (0..frames.len()).map(|frame| found.iter().filter(|m| m.frame.0 as usize == frame).count() as i64).collect();
        prop_assert_eq!(counted, counts, "{:?} {:?}", frames, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where there are thousands of entries, words are told apart in other ways.
    #[test]
    fn entries_that_do_not_occur_change_no_count(
        frames in prop::collection::vec(prop::collection::hash_set(pattern(), 1..6), 1..20),
        overlap in prop_oneof![Just(Overlap::Frame), Just(Overlap::Lexicon), Just(Overlap::All)],
        texts in prop::collection::vec(text(), 0..40),
    ) {
        let strange = |i: usize| format!("{}z{i}{}", ["abba", "baab", "a", "plan", "us"][i % 5], if i.is_multiple_of(7) { "*" } else { "" });
        let (_, alone) = compiled(frames.clone(), overlap);
        let (_, among) = compiled(frames.into_iter().chain([(0..9000).map(strange).collect()]).collect(), overlap);
        let text = texts.concat();
        let mut scratch = Scratch::default();
        let mut wanted = alone.count(&text, &mut scratch).to_vec();
        wanted.push(0);
        prop_assert_eq!(among.count(&text, &mut scratch), wanted, "{:?}", text);
    }
}
