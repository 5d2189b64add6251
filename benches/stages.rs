//! Bytes a second of each stage: `cargo bench`, or `cargo bench -- count` for some.

mod input;

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Duration;

use divan::Bencher;
use divan::counter::BytesCount;
use framescope::{AnalysisScratch, Analyzer, Lexicon, Scratch, words};
use input::{ENTRIES, Input};

static INPUT: LazyLock<Input> = LazyLock::new(|| Input::find().expect("the input of the benches"));
static PROSE: LazyLock<Vec<String>> = LazyLock::new(|| INPUT.prose().expect("English sentences"));
static BUNDLED: LazyLock<Analyzer> = LazyLock::new(|| compiled(&Lexicon::bundled("foreign-policy").expect("a bundled lexicon")));

fn main() {
    // A second for each, beside what it is prepared with.
    divan::Divan::default().max_time(Duration::from_secs(1)).skip_ext_time(true).config_with_args().main();
}

/// Runs a stage on all documents; once before, for what is made by its first use.
fn read(bencher: Bencher, documents: &[String], mut stage: impl FnMut(&str)) {
    read_together(bencher, documents, 1, |texts| stage(texts[0]));
}

/// The same, on so many of them at a time.
fn read_together(bencher: Bencher, documents: &[String], together: usize, mut stage: impl FnMut(&[&str])) {
    let texts: Vec<&str> = documents.iter().map(String::as_str).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut all = || texts.chunks(together).for_each(|texts| stage(black_box(texts)));
    all();
    bencher.counter(BytesCount::new(bytes)).bench_local(all);
}

fn compiled(lexicon: &Lexicon) -> Analyzer {
    Analyzer::new(lexicon).expect("a sound lexicon")
}

fn of(entries: usize) -> Lexicon {
    INPUT.lexicon(entries).expect("a lexicon of the input")
}

#[divan::bench(name = "words")]
fn cut_words(bencher: Bencher) {
    read(bencher, INPUT.documents(), |text| drop(black_box(words(text))));
}

#[divan::bench]
fn sentences(bencher: Bencher) {
    read(bencher, INPUT.documents(), |text| drop(black_box(BUNDLED.sentences(text))));
}

#[divan::bench(args = ENTRIES)]
fn compile(bencher: Bencher, entries: usize) {
    let lexicon = of(entries);
    bencher.bench_local(|| compiled(black_box(&lexicon)));
}

#[divan::bench(args = ENTRIES)]
fn count(bencher: Bencher, entries: usize) {
    let analyzer = compiled(&of(entries)).keeping_chrome();
    let mut scratch = Scratch::default();
    read(bencher, INPUT.documents(), |text| {
        black_box(analyzer.count(text, &mut scratch));
    });
}

#[divan::bench]
fn find(bencher: Bencher) {
    let mut scratch = Scratch::default();
    read(bencher, &PROSE, |text| {
        black_box(BUNDLED.find(text, &mut scratch));
    });
}

/// As many documents of a bench as a run reads together.
const TOGETHER: usize = 18;

#[divan::bench]
fn analyze(bencher: Bencher) {
    let mut scratch = AnalysisScratch::default();
    read_together(bencher, &PROSE, TOGETHER, |texts| {
        black_box(BUNDLED.analyze_together(texts, &mut scratch).expect("a sound lexicon"));
    });
}

#[divan::bench]
fn stances(bencher: Bencher) {
    let mut scratch = AnalysisScratch::default();
    read_together(bencher, &PROSE, TOGETHER, |texts| {
        black_box(BUNDLED.stances_together(texts, &mut scratch).expect("a sound lexicon"));
    });
}
