//! Direct and indirect speech, and its speaker.
//!
//! 1. Quotation marks are paired (`marks.rs`), report cues looked up (`lists.rs`).
//! 2. Each cue outside quotation marks is a report where it has a subject and something said (`reports.rs`, `phrases.rs`, `subjects.rs`).
//! 3. Reports take the quotations beside them, and the words they retell; quotations without a cue go on with the last speaker (`attribution.rs`).
//!    Words under a label are who it names says (`labels.rs`).
//! 4. Speakers are named by the fullest name the text gave before (`names.rs`).

mod adverbials;
mod attribution;
mod complement;
mod labels;
mod lists;
mod marks;
mod names;
mod phrases;
mod reports;
mod subjects;
mod views;

use std::ops::Range;
use std::sync::LazyLock;

use crate::actor::{ActorId, Actors, Mention};
use crate::document::{Document, Told};
use crate::error::Result;
use crate::grammar::Parsed;
use crate::language::Language;
use crate::lexicon::ActorType;
use crate::matcher::{Match, Matcher, Search};
use crate::span::Span;
use crate::vocabulary::Numbers;
use lists::{Cue, Kinds, Lists};
use marks::Marked;

/// How words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteKind {
    /// Between quotation marks.
    Direct,
    /// Retold.
    Indirect,
}

impl QuoteKind {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
        }
    }
}

/// Whose words they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name: the actor's label, or what the text gives.
    pub name: String,
    /// The actor, where the lexicon knows the person.
    pub actor: Option<ActorId>,
    /// The words beside the speech that name the speaker.
    pub span: Span,
}

/// A piece of speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What is said, without its quotation marks.
    pub span: Span,
    /// How it is given.
    pub kind: QuoteKind,
    /// Who says it, if the text tells.
    pub speaker: Option<Speaker>,
    /// The words that show it to be speech: "said", "according to".
    pub cue: Option<Span>,
    /// The author's words in its midst: "officials said".
    pub aside: Option<Span>,
}

/// The words of a document that may report speech, in order.
#[derive(Debug)]
pub struct ReportCues(Vec<Cue>);

/// The reporting verbs, titles and roles of a language.
#[derive(Debug)]
pub struct Speech {
    lists: Lists,
}

static ENGLISH: LazyLock<Result<Speech>> = LazyLock::new(Speech::english);

impl Speech {
    /// The lists of the language pack; none for a language without one.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &Language) -> Result<Option<&'static Self>> {
        language.pack(&ENGLISH)
    }

    fn english() -> Result<Self> {
        Ok(Self { lists: Lists::english()? })
    }

    /// What finds its cues, and what leads from words to what the pack says of them.
    pub(crate) fn words(&self) -> (&Matcher, &Numbers) {
        (self.lists.matcher(), self.lists.numbers())
    }

    /// The words of a document that may report speech.
    #[must_use]
    pub fn cues(&self, document: &Document<'_>, search: &mut Search, matches: &mut Vec<Match>) -> ReportCues {
        ReportCues(self.lists.cues(document, search, matches))
    }

    /// All speech of each of these documents, which have these mentions and cues, by start, then the longer first. Each step is taken with all of them before
    /// the next.
    #[must_use]
    pub fn quotes(
        &self,
        documents: &[Parsed<'_, '_>],
        actors: &Actors,
        mentions: &[Vec<Mention>],
        cues: &[ReportCues],
    ) -> Vec<Vec<Quote>> {
        let shown: Vec<_> = documents.iter().map(|parsed| marks::shown(parsed.document)).collect();
        let heard = (0..documents.len()).map(|i| {
            let place = |m: &&Mention| matches!(actors.get(m.actor).kind, ActorType::Country | ActorType::Region);
            Heard {
                parsed: documents[i],
                words: self.lists.told(documents[i].document),
                mentions: &mentions[i],
                cues: &cues[i].0,
                labels: shown[i].labels,
                outside: Outside::new(documents[i], &shown[i].quotations),
                places: mentions[i].iter().filter(place).map(|m| m.first_word..m.first_word + m.words).collect(),
            }
        });
        let heard: Vec<_> = heard.collect();
        let reports: Vec<_> = heard.iter().map(|h| reports::reports(h.parsed, h.words, &h.outside, &h.places, h.cues)).collect();
        let casts = heard.iter().zip(&reports).map(|(h, reports)| {
            let may_speak = !(h.outside.marked.is_empty() && reports.is_empty()) || h.labels;
            may_speak.then(|| names::Cast::new(h.parsed, h.words, actors, h.mentions, &h.outside))
        });
        let casts: Vec<_> = casts.collect();
        let spoken = heard.iter().zip(&reports).zip(casts);
        spoken
            .map(|((h, reports), cast)| {
                cast.map_or_else(Vec::new, |cast| attribution::quotes(h.parsed, &h.outside, reports, cast, h.labels))
            })
            .collect()
    }
}

/// A document whose marks and cues are known.
struct Heard<'d, 't> {
    parsed: Parsed<'d, 't>,
    words: Told<'d, 't, Kinds>,
    mentions: &'d [Mention],
    cues: &'d [Cue],
    /// Whether labels may name speakers.
    labels: bool,
    outside: Outside<'d>,
    /// The words of each mention of a country or region.
    places: Vec<Range<u32>>,
}

/// The quotations of a document and the words inside them.
#[derive(Debug)]
struct Outside<'m> {
    marked: &'m [Marked],
    /// The words of each quotation.
    words: Vec<Range<u32>>,
    /// Of each word whether it stands in a quotation; empty where there is none.
    inside: Vec<bool>,
}

impl<'m> Outside<'m> {
    fn new(parsed: Parsed<'_, '_>, marked: &'m [Marked]) -> Self {
        let words: Vec<_> = marked.iter().map(|m| parsed.document.words_in(m.inner)).collect();
        let mut inside = vec![false; if marked.is_empty() { 0 } else { parsed.classes.len() }];
        for quotation in &words {
            inside[quotation.start as usize..quotation.end as usize].fill(true);
        }
        Self { marked, words, inside }
    }

    /// Whether a word stands outside all quotation marks.
    #[inline]
    fn holds(&self, word: u32) -> bool {
        !self.inside.get(word as usize).is_some_and(|i| *i)
    }

    /// The quotation a word stands in.
    #[inline]
    fn around(&self, word: u32) -> Option<usize> {
        (!self.holds(word)).then(|| self.words.partition_point(|w| w.end <= word))
    }

    /// The quotation that ends right before a word.
    fn closing_before(&self, word: u32) -> Option<usize> {
        word.checked_sub(1).and_then(|w| self.around(w)).filter(|q| self.words[*q].end == word)
    }

    /// Those of these words that a quotation ends right before.
    fn closings(&self, words: Range<u32>) -> impl Iterator<Item = u32> {
        let first = self.words.partition_point(|w| w.end < words.start);
        let closed = self.words[first..].iter().take_while(move |w| w.end < words.end);
        closed.filter(|w| !w.is_empty()).map(|w| w.end)
    }

    /// The quotation that begins at a word.
    fn opening_at(&self, word: u32) -> Option<usize> {
        self.around(word).filter(|q| self.words[*q].start == word)
    }
}
