//! A match in its context: one row of the hits table.

use crate::actor::{Actors, Mention};
use crate::cue::{Cue, Cues};
use crate::error::Result;
use crate::grammar::{Classes, Grammar, Parsed};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{EntryId, FrameId, Match, Search};
use crate::quote::{Quote, QuoteKind, Speaker, Speech};
use crate::scope::{Flags, Scopes};
use crate::segment::Document;
use crate::span::Span;
use crate::target::{Target, Targets};

/// A match, and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry that matched.
    pub entry: EntryId,
    /// Its frame.
    pub frame: FrameId,
    /// Where it stands.
    pub span: Span,
    /// The sentence it begins in, counted from 0.
    pub sentence: u32,
    /// What is known of its surroundings.
    pub context: Context,
}

/// What is known of the surroundings of some words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Context {
    /// Whom they are said of; none where no actor fits.
    pub target: Option<Target>,
    /// Whose words they are; none for the author's.
    pub speaker: Option<Speaker>,
    /// Whether they stand inside quotation marks.
    pub quoted: bool,
    /// What the cues around them make of them; none in a language without a pack.
    pub flags: Option<Flags>,
}

/// What context is read with: the actors of the lexicon, and the language pack.
#[derive(Debug)]
pub struct Reader {
    actors: Actors,
    language: Language,
    grammar: Grammar,
    cues: Option<&'static Cues>,
    speech: Option<&'static Speech>,
    /// By entry: whether it discredits whom it is said of.
    blames: Vec<bool>,
}

/// Buffers that a thread keeps from document to document.
#[derive(Debug, Default)]
pub struct ContextScratch {
    classes: Vec<Classes>,
    mentions: Vec<Mention>,
    search: Search,
    matches: Vec<Match>,
    cues: Vec<Cue>,
}

/// One document, read in context.
#[derive(Debug, Default)]
pub struct InContext {
    /// Hits, by start; one for each target.
    pub hits: Vec<Hit>,
    /// All speech, by start.
    pub quotes: Vec<Quote>,
}

impl Reader {
    /// Compiles what context needs of a lexicon.
    ///
    /// # Errors
    /// When an alias of an actor is not sound.
    pub fn new(lexicon: &Lexicon, language: Language) -> Result<Self> {
        let frames = lexicon.counted_frames();
        let blames = frames.iter().flat_map(|(_, f)| f.entries.iter().map(|e| e.polarity.or(f.polarity) == Some(-1)));
        Ok(Self {
            blames: blames.collect(),
            actors: Actors::new(lexicon, &language)?,
            grammar: Grammar::load(&language)?,
            cues: Cues::load(&language)?,
            speech: Speech::load(&language)?,
            language,
        })
    }

    /// The actors of the lexicon.
    #[must_use]
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// Puts matches, by start, into their context.
    ///
    /// # Errors
    /// Only when the language pack is damaged.
    pub fn read(&self, document: &Document<'_>, found: &[Match], scratch: &mut ContextScratch) -> Result<InContext> {
        let ContextScratch { classes, mentions, search, matches, cues } = scratch;
        self.grammar.classes_into(document, classes);
        let parsed = Parsed { document, classes };
        self.actors.mentions_into(document, search, matches, mentions);
        let quotes = self.speech.map(|s| s.quotes(&parsed, &self.actors, mentions)).unwrap_or_default();
        let targets = Targets::new(parsed, &self.language, &self.actors, mentions, &quotes)?;
        let mut hits = Vec::with_capacity(found.len());
        let mut voices = Voices::new(&quotes);
        for group in by_sentence(document, found) {
            let sentence = group.0;
            let clauses = parsed.clauses(sentence);
            let scopes = self.cues.map(|c| {
                c.find(document, document.words_of(sentence), search, matches, cues);
                Scopes::new(&parsed, &clauses, cues)
            });
            for m in group.1 {
                let words = m.first_word..m.first_word + m.words;
                let base = Context { flags: scopes.as_ref().map(|s| s.flags(words.clone())), ..voices.of(m.span) };
                let blames = self.blames.get(m.entry.0 as usize).is_some_and(|b| *b);
                let said_of = if blames { Targets::culprits } else { Targets::of };
                each_target(said_of(&targets, sentence, &clauses, words), |target| {
                    let context = Context { target, ..base.clone() };
                    hits.push(Hit { entry: m.entry, frame: m.frame, span: m.span, sentence: sentence as u32, context });
                });
            }
        }
        Ok(InContext { hits, quotes })
    }
}

/// Matches by the sentence they begin in; one that begins in none, as white space can, belongs to the sentence before.
fn by_sentence<'m>(document: &Document<'_>, found: &'m [Match]) -> Vec<(usize, &'m [Match])> {
    let sentences = document.sentences();
    let last = sentences.len().saturating_sub(1);
    let mut out: Vec<(usize, &[Match])> = Vec::new();
    let mut rest = found;
    while let Some(first) = rest.first() {
        let sentence = sentences.partition_point(|s| s.end <= first.span.start).min(last);
        let end = sentences.get(sentence).map_or(u32::MAX, |s| s.end);
        let count = rest.partition_point(|m| m.span.start < end).max(1);
        out.push((sentence, &rest[..count]));
        rest = &rest[count..];
    }
    out
}

fn each_target(found: Vec<Target>, mut push: impl FnMut(Option<Target>)) {
    if found.is_empty() {
        push(None);
    }
    for target in found {
        push(Some(target));
    }
}

/// Whose words a span is: asked in the order of the text, so that every piece of speech is looked at once.
struct Voices<'q> {
    ahead: &'q [Quote],
    open: Vec<&'q Quote>,
}

impl<'q> Voices<'q> {
    fn new(speech: &'q [Quote]) -> Self {
        Self { ahead: speech, open: Vec::new() }
    }

    /// The words of the innermost speech that holds the span.
    fn of(&mut self, span: Span) -> Context {
        let begun = self.ahead.partition_point(|q| q.span.start <= span.start);
        self.open.extend(&self.ahead[..begun]);
        self.ahead = &self.ahead[begun..];
        self.open.retain(|q| q.span.end > span.start);
        let holding = || self.open.iter().filter(|q| span.end <= q.span.end);
        let inner = holding().min_by_key(|q| q.span.end - q.span.start);
        let quoted = holding().any(|q| q.kind == QuoteKind::Direct);
        Context { speaker: inner.and_then(|q| q.speaker.clone()), quoted, ..Context::default() }
    }
}
