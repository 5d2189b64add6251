//! Runs each stage once on a fixed input, for `benches/instructions.py` to count its instructions under callgrind.
//!
//! ```text
//! instructions write FOLDER         the made-up corpus and its lexicons, as files
//! instructions stages               words, sentences … on the built-in articles
//! instructions count FOLDER 300     counting, with the lexicon of 300 entries
//! ```
//!
//! Every stage runs twice: what the first run builds or makes room for is no part of the second. A mark stands before, between and after them, which
//! callgrind sees: a call of `getppid`, a function of the C library that nothing else here calls, and whose name a stripped program knows too. Printed is a
//! line for each stage: its name, and the bytes it read.

mod input;

use std::env;
use std::hint::black_box;
use std::path::Path;

use framescope::{AnalysisScratch, Analyzer, Language, Layout, Lexicon, Scratch, words};
use input::{Failed, Input, articles};

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", folder] => Input::find()?.write(Path::new(folder)),
        ["stages"] => stages(),
        ["count", folder, entries] => count(Path::new(folder), entries.parse()?),
        _ => Err("what to do? write FOLDER, stages, or count FOLDER ENTRIES".into()),
    }
}

/// Runs it on all documents, twice.
fn measure(name: &str, documents: &[String], mut stage: impl FnMut(&str) -> Result<(), Failed>) -> Result<(), Failed> {
    mark();
    for _ in 0..2 {
        for text in documents {
            stage(black_box(text))?;
        }
        mark();
    }
    println!("{name}: {}", documents.iter().map(String::len).sum::<usize>());
    Ok(())
}

/// Tells callgrind.
fn mark() {
    #[cfg(unix)]
    black_box(std::os::unix::process::parent_id());
}

fn count(folder: &Path, entries: usize) -> Result<(), Failed> {
    let input = Input::read(folder)?;
    let analyzer = Analyzer::new(&input.lexicon(entries)?)?.keeping_chrome();
    let mut scratch = Scratch::default();
    measure(&format!("count {entries}"), input.documents(), |text| {
        black_box(analyzer.count(text, &mut scratch));
        Ok(())
    })
}

fn stages() -> Result<(), Failed> {
    let documents = articles()?;
    // One long document where a list grows anew for each: how it grows, in place or elsewhere, is the allocator's chance.
    let long = [documents.join("\n\n").repeat(8)];
    let analyzer = Analyzer::new(&Lexicon::bundled("foreign-policy")?)?;
    let (mut scratch, mut together) = (Scratch::default(), AnalysisScratch::default());
    measure("words", &long, |text| {
        black_box(words(text));
        Ok(())
    })?;
    measure("sentences", &long, |text| {
        black_box(analyzer.sentences(text));
        Ok(())
    })?;
    let layout = Layout::load(&Language::load("en")?)?.ok_or("no layout for English")?;
    measure("chrome", &documents, |text| {
        black_box(layout.chrome(text));
        Ok(())
    })?;
    measure("find", &documents, |text| {
        black_box(analyzer.find(text, &mut scratch));
        Ok(())
    })?;
    measure("analyze", &documents, |text| {
        black_box(analyzer.analyze(text, &mut together)?);
        Ok(())
    })?;
    // As speech is written down by machines: what reads a sentence must not take the square of its length.
    let without_stops = [long[0].replace(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\''), " ")];
    measure("analyze a transcript", &without_stops, |text| {
        black_box(analyzer.analyze(text, &mut together)?);
        Ok(())
    })?;
    measure("stances", &documents, |text| {
        black_box(analyzer.stances(text, &mut together)?);
        Ok(())
    })
}
