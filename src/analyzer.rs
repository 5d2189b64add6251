//! Everything compiled once, and what it finds in one document.

use std::ops::Range;
use std::sync::OnceLock;

use crate::chrome::{Chrome, Layout, Page, is_chrome};
use crate::context::{Beside, ContextScratch, Hit, InContext, Reader};
use crate::document::Document;
use crate::error::Result;
use crate::grammar::Classes;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{EntryId, Match, Matcher, Scratch, Search};
use crate::quote::Quote;
use crate::segment::{Borders, Whole, Word};
use crate::span::Span;
use crate::stance::{Evaluations, Stance, Verdict};
use crate::vocabulary::{Joined, LookedUp};

/// A lexicon, compiled to read documents.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
    matcher: Matcher,
    frames: Vec<String>,
    entries: Vec<EntryInfo>,
    /// What finds site chrome; none where it is kept.
    layout: Option<Layout>,
    /// Compiled when the first analysis asks; counting needs none of it.
    reader: OnceLock<Result<Reader>>,
    /// What an analysis looks up of every word, and what stances do; made when one is first asked for.
    joined: [OnceLock<Joined>; 2],
}

/// What tables say of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryInfo {
    /// The pattern or regex as written.
    pub written: String,
    /// Its weight.
    pub weight: f64,
    /// Its polarity toward its target, or its frame's.
    pub polarity: Option<i8>,
    /// Whether its hits evaluate their target by themselves.
    pub evaluates: bool,
}

/// What was found in one document.
#[derive(Debug, Default)]
pub struct Analysis<'s> {
    /// Words, in order.
    pub words: &'s [Word],
    /// Sentences, in order.
    pub sentences: Vec<Span>,
    /// Hits by start; a hit said of several targets comes once for each.
    pub hits: Vec<Hit>,
    /// Speech by start.
    pub quotes: Vec<Quote>,
    /// Hits, each counted once.
    pub matches: usize,
    /// Words inside a hit, each counted once.
    pub covered: usize,
    /// Why parts of the text were left out as site chrome, each reason once.
    pub chrome: Vec<&'static str>,
}

/// A long text and where it may be cut.
#[derive(Debug)]
pub struct Sections<'t> {
    /// The sections, in order; one after another they are the text.
    pub ranges: Vec<Range<usize>>,
    text: &'t [u8],
    whole: Whole<'t>,
    page: OnceLock<Page<'t>>,
}

/// Buffers that a thread keeps from analysis to analysis.
#[derive(Debug, Default)]
pub struct AnalysisScratch {
    borders: Borders,
    buffer: Vec<Word>,
    search: Search,
    /// Of each of the documents that are read together.
    opened: Vec<Opened>,
    /// Its matches.
    found: Vec<Vec<Match>>,
    context: ContextScratch,
}

/// A document once its words are known.
#[derive(Debug, Default)]
struct Opened {
    words: Vec<Word>,
    looked_up: LookedUp<Classes>,
}

/// A document, read in context.
struct Read {
    context: InContext,
    sentences: Vec<Span>,
    chrome: Vec<Chrome>,
}

impl Analyzer {
    /// Compiles a lexicon.
    ///
    /// # Errors
    /// When an entry of it is not sound; a lexicon read from a file is.
    pub fn new(lexicon: &Lexicon) -> Result<Self> {
        Self::of(lexicon.clone())
    }

    /// The same, of a lexicon that nobody else needs.
    ///
    /// # Errors
    /// As there.
    pub fn of(lexicon: Lexicon) -> Result<Self> {
        let language = Language::load(&lexicon.language)?;
        let frames = lexicon.counted_frames();
        let entries = frames.iter().flat_map(|(_, frame)| {
            frame.entries.iter().map(|e| EntryInfo {
                written: e.expression.as_written().to_owned(),
                weight: e.weight,
                polarity: e.polarity.or(frame.polarity),
                evaluates: e.polarity.is_some() || frame.evaluates != Some(false),
            })
        });
        Ok(Self {
            matcher: Matcher::new(&lexicon, &language)?,
            entries: entries.collect(),
            frames: frames.into_iter().map(|f| f.0).collect(),
            reader: OnceLock::new(),
            joined: Default::default(),
            layout: Layout::load(&language)?,
            lexicon,
        })
    }

    /// The same, with hits in site chrome.
    #[must_use]
    pub fn keeping_chrome(self) -> Self {
        Self { layout: None, ..self }
    }

    /// Frame paths, by [`crate::FrameId`].
    #[must_use]
    pub fn frames(&self) -> &[String] {
        &self.frames
    }

    /// What tables say of an entry.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &EntryInfo {
        &self.entries[id.0 as usize]
    }

    /// Matches only; they and the words are left in `scratch`.
    pub fn find<'s>(&self, text: &str, scratch: &'s mut Scratch) -> &'s [Match] {
        self.matcher.find(text, scratch);
        if !scratch.matches.is_empty() {
            let chrome = self.chrome(text);
            scratch.matches.retain(|m| !is_chrome(&chrome, m.span));
        }
        scratch.matches()
    }

    /// How many matches [`Analyzer::find`] finds, by [`crate::FrameId`]; they and the words are left in `scratch`.
    pub fn count<'s>(&self, text: &str, scratch: &'s mut Scratch) -> &'s [i64] {
        self.matcher.count_outside(|text| self.chrome_spans(text), None, text.as_bytes(), |_| Some(text), scratch);
        &scratch.counts
    }

    /// The same; none if the text is no UTF-8.
    pub fn count_bytes<'s>(&self, text: &[u8], scratch: &'s mut Scratch) -> Option<&'s [i64]> {
        self.matcher.count_outside(|text| self.chrome_spans(text), None, text, utf8, scratch)?;
        Some(&scratch.counts)
    }

    /// Cuts a long text into sections of at least so many bytes, to be searched one by one.
    #[must_use]
    pub fn sections<'t>(&self, text: &'t [u8], size: usize) -> Sections<'t> {
        let whole = Whole::new(text);
        Sections { ranges: self.matcher.sections(&whole, size), text, whole, page: OnceLock::new() }
    }

    /// As [`Analyzer::count`], in a section; the sections of a text together have the counts of the text. None if the section is no UTF-8.
    pub fn count_in<'s>(&self, sections: &Sections<'_>, section: Range<usize>, scratch: &'s mut Scratch) -> Option<&'s [i64]> {
        let text = &sections.text[section.clone()];
        let chrome = |_: &str| {
            let page = self.layout.map(|layout| sections.page.get_or_init(|| layout.page(sections.text)));
            page.map(|page| page.chrome(section).iter().map(|c| c.span).collect()).unwrap_or_default()
        };
        self.matcher.count_outside(chrome, Some(&sections.whole), text, utf8, scratch)?;
        Some(&scratch.counts)
    }

    fn chrome(&self, text: &str) -> Vec<Chrome> {
        self.layout.map(|l| l.chrome(text)).unwrap_or_default()
    }

    fn chrome_spans(&self, text: &str) -> Vec<Span> {
        self.chrome(text).iter().map(|c| c.span).collect()
    }

    /// What context is read with.
    ///
    /// # Errors
    /// When an alias of an actor is not sound; those of a lexicon read from a file are.
    pub fn reader(&self) -> Result<&Reader> {
        let compile = || Reader::new(&self.lexicon, Language::load(&self.lexicon.language)?);
        self.reader.get_or_init(compile).as_ref().map_err(Clone::clone)
    }

    /// Everything known of one document, but for its stances.
    ///
    /// # Errors
    /// As [`Analyzer::reader`].
    pub fn analyze<'s>(&self, text: &str, scratch: &'s mut AnalysisScratch) -> Result<Analysis<'s>> {
        Ok(self.analyze_together(&[text], scratch)?.pop().unwrap_or_default())
    }

    /// The same of some documents, in order; together they are read faster than one by one.
    ///
    /// # Errors
    /// As [`Analyzer::reader`].
    pub fn analyze_together<'s>(&self, texts: &[&str], scratch: &'s mut AnalysisScratch) -> Result<Vec<Analysis<'s>>> {
        let read = self.read(texts, None, scratch)?;
        let opened = scratch.opened.iter().zip(&scratch.found);
        let analysis = |(Read { context, sentences, chrome }, (opened, found)): (Read, (&'s Opened, &'s Vec<Match>))| Analysis {
            words: &opened.words,
            sentences,
            hits: context.hits,
            quotes: context.quotes,
            matches: found.len(),
            covered: covered(found),
            chrome: reasons(&chrome),
        };
        Ok(read.into_iter().zip(opened).map(analysis).collect())
    }

    /// The stances of one document, by start; none in a language without a pack.
    ///
    /// # Errors
    /// As [`Analyzer::reader`].
    pub fn stances(&self, text: &str, scratch: &mut AnalysisScratch) -> Result<Vec<Stance>> {
        Ok(self.stances_together(&[text], scratch)?.pop().unwrap_or_default())
    }

    /// The same of some documents, in order.
    ///
    /// # Errors
    /// As [`Analyzer::reader`].
    pub fn stances_together(&self, texts: &[&str], scratch: &mut AnalysisScratch) -> Result<Vec<Vec<Stance>>> {
        if !self.reader()?.has_pack() {
            return Ok(vec![Vec::new(); texts.len()]);
        }
        let evaluations = Evaluations::bundled()?;
        let read = self.read(texts, Some(evaluations.beside()), scratch)?;
        let stances = |(text, read): (&&str, &Read)| evaluations.stances(text, &read.context, |hit| self.verdict(hit));
        Ok(texts.iter().zip(&read).map(stances).collect())
    }

    /// Reads documents step by step: each step is taken with all of them before the next, so that what it needs is at hand.
    fn read(&self, texts: &[&str], beside: Option<Beside<'_>>, scratch: &mut AnalysisScratch) -> Result<Vec<Read>> {
        let (reader, joined) = (self.reader()?, self.joined(beside)?);
        let AnalysisScratch { borders, buffer, search, opened, found, context } = scratch;
        let most = opened.len().max(texts.len());
        opened.resize_with(most, Opened::default);
        found.resize_with(most, Vec::new);
        for (text, Opened { words, .. }) in texts.iter().zip(&mut *opened) {
            borders.words_into(text, buffer, words);
        }
        for (text, Opened { words, looked_up }) in texts.iter().zip(&mut *opened) {
            reader.look_up(joined, text, words, context, looked_up);
        }
        let open = texts.iter().zip(opened).map(|(text, Opened { words, looked_up: LookedUp { ids, told, keys } })| {
            (self.matcher.document(text, words).with_numbers(joined, ids, keys), told)
        });
        let (documents, mut classes): (Vec<_>, Vec<_>) = open.unzip();
        let chrome: Vec<_> = texts.iter().map(|text| self.chrome(text)).collect();
        for document in &documents {
            let _ = document.sentences();
        }
        for ((document, chrome), found) in documents.iter().zip(&chrome).zip(&mut *found) {
            self.matcher.find_in(document, &[document.all_words()], search, found);
            found.retain(|m| !is_chrome(chrome, m.span));
        }
        let contexts = reader.read(&documents, found, &mut classes, &chrome, beside, context)?;
        let read = documents.into_iter().zip(chrome).zip(contexts).map(|((document, chrome), context)| {
            let sentences = document.into_sentences().unwrap_or_default();
            Read { context, sentences, chrome }
        });
        Ok(read.collect())
    }

    /// What is looked up of every word, with a second lexicon and without.
    fn joined(&self, beside: Option<Beside<'_>>) -> Result<&Joined> {
        let known = &self.joined[usize::from(beside.is_some())];
        if let Some(joined) = known.get() {
            return Ok(joined);
        }
        let matchers: Vec<_> = std::iter::once(&self.matcher).chain(beside.map(|b| b.matcher)).collect();
        let joined = self.reader()?.joined(&matchers)?;
        Ok(known.get_or_init(|| joined))
    }

    /// What a hit says of its target, as an evaluation.
    fn verdict(&self, hit: &Hit) -> Option<Verdict> {
        let entry = self.entry(hit.entry);
        let sign = entry.polarity.filter(|p| *p != 0)?;
        Some(Verdict { sign, weight: entry.weight, leans: !entry.evaluates })
    }

    /// The sentences of a text.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Vec<Span> {
        let document: Document<'_> = self.matcher.document(text, &[]);
        document.sentences().to_vec()
    }
}

/// Bytes as a text, if they are UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// Each reason once, as they come.
fn reasons(chrome: &[Chrome]) -> Vec<&'static str> {
    let mut out = Vec::new();
    for c in chrome {
        if !out.contains(&c.reason) {
            out.push(c.reason);
        }
    }
    out
}

/// How many words the matches touch together; they come by start.
fn covered(matches: &[Match]) -> usize {
    let (mut covered, mut reach) = (0, 0);
    for m in matches {
        let end = m.first_word + m.words;
        covered += end.saturating_sub(reach.max(m.first_word)) as usize;
        reach = reach.max(end);
    }
    covered
}
