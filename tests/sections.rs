//! A long text is searched in sections: what they hold together is what the text holds, wherever it is cut.

use std::sync::LazyLock;

use framescope::{Analyzer, Lexicon, Scratch};
use proptest::prelude::*;

const LEXICON: &str = r##"{framescope: 1, id: t, version: 1, language: en, frames: {
  phrase: {entries: [a b, a-b, b a b, "peace talks"]},
  gap: {entries: ["a <0-2> b", "peace <1-3> talks", "1 <0-1> a"]},
  condition: {entries: [{pattern: peace, require: {any: [talks, "#phrase"]}}, {pattern: a, forbid: {any: [b], within: 3}}]},
  wild: {entries: ["*eac*", "tal?s"]}, case: {entries: [US, "MR b", "no b"]}, pair: {entries: [a b, b a, peace talks, a a, "talk* a", the peace, peace of]}},
  actors: {x: {label: X, type: country, aliases: [X, "a X"]}}}"##;
const PIECES: [&str; 45] = [
    "\nThe two sides came back to the table for peace on a Monday after a pause of six long weeks.\n",
    "\nThe peace talks went on for a day and a night and nobody came out to say a word of it; a b.\n",
    "\nRead more: peace talks. A b\n",
    "\nRead more: the peace talks of peace of a’s\n",
    "\nViews: 1\na\n",
    "a",
    "b",
    "A",
    "B",
    "peace",
    "Talks",
    "talks",
    "Peace",
    "US",
    "U.S",
    "X",
    "no",
    "No",
    "Mr",
    "mr",
    "e.g",
    "1",
    "2",
    "x",
    "café",
    "’s",
    ".",
    ".",
    "!",
    "?",
    "…",
    ":",
    ",",
    "”",
    "\"",
    "-",
    "\n",
    "\n\n",
    "\r\n",
    "\n \n",
    " ",
    " ",
    " ",
    " ",
    "Share",
];
/// Marks that lie between words of an entry, so that nothing is cut there.
const MARKED: [&str; 4] = ["a. b", "no. 1", "peace! talks", r"b\? a"];

fn analyzer(more: &[&str], overlap: &str) -> Analyzer {
    let mut lexicon = Lexicon::read(&LEXICON.replace("version: 1,", &format!("version: 1, overlap: {overlap},")), "").unwrap();
    let entries = more.iter().map(|pattern| framescope::Entry::plain(pattern));
    lexicon.frames.get_mut("phrase").unwrap().entries.extend(entries);
    Analyzer::new(&lexicon).unwrap()
}

/// With each of the marked entries, with all of them, with none; for each overlap.
static ANALYZERS: LazyLock<Vec<Analyzer>> = LazyLock::new(|| {
    let some = (0..MARKED.len()).map(|i| &MARKED[i..=i]).chain([&MARKED[..], &[]]);
    let all = some.flat_map(|more| ["frame", "lexicon", "all"].map(|overlap| analyzer(more, overlap)));
    all.flat_map(|a| [a]).chain(["foreign-policy"].map(|name| Analyzer::new(&Lexicon::bundled(name).unwrap()).unwrap())).collect()
});

fn text() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(&PIECES[..]).prop_map(str::to_owned);
    let spaced = (piece, prop::bool::weighted(0.6)).prop_map(|(p, space)| if space { p + " " } else { p });
    prop::collection::vec(spaced, 0..120).prop_map(|pieces| pieces.concat())
}

/// Words, and counts by frame.
type Counted = (usize, Vec<i64>);

fn in_whole(analyzer: &Analyzer, text: &str) -> Counted {
    let (mut scratch, mut counts) = (Scratch::default(), vec![0; analyzer.frames().len()]);
    for found in analyzer.find(text, &mut scratch) {
        counts[found.frame.0 as usize] += 1;
    }
    (scratch.word_count(), counts)
}

fn in_sections(analyzer: &Analyzer, text: &str, size: usize) -> (usize, Counted) {
    let (mut scratch, mut words, mut all) = (Scratch::default(), 0, vec![0; analyzer.frames().len()]);
    let sections = analyzer.sections(text.as_bytes(), size);
    let mut end = 0;
    for range in &sections.ranges {
        assert_eq!(range.start, end);
        end = range.end;
        let counts = analyzer.count_in(&sections, range.clone(), &mut scratch).unwrap();
        all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        words += scratch.word_count();
    }
    assert_eq!(end, text.len());
    (sections.ranges.len(), (words, all))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sections_hold_what_the_text_holds(text in text(), size in 1_usize..60) {
        for analyzer in ANALYZERS.iter() {
            prop_assert_eq!(in_sections(analyzer, &text, size).1, in_whole(analyzer, &text), "{:?} in sections of {}", text, size);
        }
    }
}

#[test]
fn where_a_text_is_cut() {
    let plain = analyzer(&[], "frame");
    for (text, wanted) in [
        ("A word. Another word. A third.", 3),
        ("Really? Yes! Good.", 3),
        ("Mr. Smith met Gen. Jones. They spoke.", 2),
        ("The U.S. Senate met. It rose.", 2),
        ("It grew 3. 5 more. J. Smith left.", 2),
        ("one. two. three", 1),
        ("one.\n\ntwo.\n \nthree", 3),
        ("one\n\ntwo\n\nthree", 1),
        ("“Yes.” He left. “No.”", 1),
        ("A word. Été. A word. 東京. A word.", 1),
        ("", 1),
        ("....", 1),
    ] {
        assert_eq!(in_sections(&plain, text, 1).0, wanted, "{text}");
    }
    // An entry goes on after the stop: after "no" and "peace", or after any word.
    let some = analyzer(&["no. 1", "peace! talks"], "frame");
    let any = analyzer(&["*o. 1", "?*! talks"], "frame");
    for (text, with_some) in [
        ("There is no. Nor was there. A word.", 2),
        ("They said no.\n\nNobody came.", 1),
        ("They want peace! They mean it! It is no! Word.", 3),
        ("It is so.\n\nIt is not.", 2),
        ("It is “so”.\n\nIt is not.", 1),
    ] {
        assert_eq!((in_sections(&some, text, 1).0, in_sections(&any, text, 1).0), (with_some, 1), "{text}");
    }
    let regex = r"{framescope: 1, id: t, version: 1, frames: {x: {entries: [a, {regex: 'a.\s+b'}]}}}";
    let regex = Analyzer::new(&Lexicon::read(regex, "").unwrap()).unwrap();
    assert_eq!(in_sections(&regex, "A word. Another word. A third.", 1).0, 1);
}

#[test]
fn sections_are_of_one_size() {
    let text = "The talks went on for hours, and nobody left. Was it in vain? ".repeat(1000);
    let sections = analyzer(&[], "frame").sections(text.as_bytes(), 1000).ranges;
    assert!(sections[..sections.len() - 1].iter().all(|s| (1000..1100).contains(&s.len())), "{sections:?}");
}

#[test]
fn what_is_no_text_is_found() {
    let (analyzer, mut scratch) = (analyzer(&[], "frame"), Scratch::default());
    let broken = b"One word. Two w\xFFrds. Three words.";
    let sections = analyzer.sections(broken, 1);
    let found: Vec<bool> =
        sections.ranges.iter().map(|r| analyzer.count_in(&sections, r.clone(), &mut scratch).is_some()).collect();
    assert_eq!(found, [true, false]);
}
