//! A match in its context: one row of the hits table.

mod beside;

use crate::actor::{Actors, Mention};
use crate::chrome::{Chrome, is_chrome};
use crate::cue::{Cue, Cues};
use crate::document::Document;
use crate::error::Result;
use crate::grammar::{Classes, Grammar, Parsed, add_by_place, no_clauses};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{EntryId, FrameId, Match, Matcher, Search};
use crate::quote::{Quote, QuoteKind, Speaker, Speech};
use crate::scope::{Flags, Scopes};
use crate::segment::Word;
use crate::span::Span;
use crate::target::{Found, InSentence, Target, Targets};
use crate::vocabulary::{Joined, LookedUp, Recent, Sought};
pub use beside::{Ask, Beside};
use beside::{Place, about_actors};

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
    /// Whether somebody else than the author speaks, named or not.
    pub reported: bool,
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
    grammar: &'static Grammar,
    cues: Option<&'static Cues>,
    speech: Option<&'static Speech>,
    /// By entry: whether it discredits whom it is said of.
    blames: Vec<bool>,
}

/// Buffers that a thread keeps; those of documents that are read together by document.
#[derive(Debug, Default)]
pub struct ContextScratch {
    recent: Recent<Classes>,
    form: String,
    mentions: Vec<Vec<Mention>>,
    cues: Vec<Vec<Cue>>,
    beside: Vec<Vec<Match>>,
    search: Search,
    matches: Vec<Match>,
}

impl ContextScratch {
    fn make_room(&mut self, documents: usize) {
        let most = documents.max(self.mentions.len());
        self.mentions.resize_with(most, Vec::new);
        self.cues.resize_with(most, Vec::new);
        self.beside.resize_with(most, Vec::new);
    }
}

/// One document, read in context.
#[derive(Debug, Default)]
pub struct InContext {
    /// Hits, by start; one for each target.
    pub hits: Vec<Hit>,
    /// The same for the second lexicon, only where there is a target.
    pub evaluations: Vec<Hit>,
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

    /// Whether the language has a pack, without which nothing is known of a context.
    #[must_use]
    pub fn has_pack(&self) -> bool {
        self.language.has_pack()
    }

    /// What reading looks up of every word, together with the words of these matchers.
    ///
    /// # Errors
    /// Only when the language pack is damaged.
    pub(crate) fn joined(&self, matchers: &[&Matcher]) -> Result<Joined> {
        let speech = self.speech.map(Speech::words).unzip();
        let own = self.actors.matcher().into_iter().chain(self.cues.map(Cues::matcher)).chain(speech.0);
        let matchers: Vec<_> = matchers.iter().copied().chain(own).collect();
        let keys: Vec<_> = matchers.iter().map(|m| |id| m.is_key(id)).collect();
        let sought: Vec<Sought<'_>> = matchers.iter().zip(&keys).map(|(m, is_key)| (m.vocabulary(), is_key as _)).collect();
        let lists = [Some(self.grammar.numbers()), speech.1, Targets::words(&self.language)?];
        let lists: Vec<_> = lists.into_iter().flatten().collect();
        Ok(Joined::new(&sought, &lists, |form| self.language.frequency(form)))
    }

    /// The actors of the lexicon.
    #[must_use]
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// What is looked up of every word of a text: its number, its classes wherever it stands, the searches that may begin at it.
    pub(crate) fn look_up(
        &self,
        joined: &Joined,
        text: &str,
        words: &[Word],
        scratch: &mut ContextScratch,
        out: &mut LookedUp<Classes>,
    ) {
        joined.look_up(text, words, self.grammar.of_numbers(joined), &mut scratch.recent, &mut scratch.form, out);
    }

    /// Puts the matches of some documents, by start, into their context; what is said in site chrome is nobody's speech, and who is named there is not spoken
    /// of. With them come those of a second lexicon. `classes` are those that the words have wherever they stand. Each step is taken with all documents before
    /// the next: what is alike is done together.
    ///
    /// # Errors
    /// Only when the language pack is damaged.
    pub(crate) fn read(
        &self,
        documents: &[Document<'_>],
        found: &[Vec<Match>],
        classes: &mut [&mut Vec<Classes>],
        chrome: &[Vec<Chrome>],
        beside: Option<Beside<'_>>,
        scratch: &mut ContextScratch,
    ) -> Result<Vec<InContext>> {
        scratch.make_room(documents.len());
        let ContextScratch { mentions, cues, beside: others, search, matches, .. } = scratch;
        let each = 0..documents.len();
        for i in each.clone() {
            self.actors.mentions_into(&documents[i], search, matches, &mut mentions[i]);
            mentions[i].retain(|m| !is_chrome(&chrome[i], m.span));
        }
        let reporting = self.speech.map(|speech| documents.iter().map(|d| speech.cues(d, search, matches)).collect::<Vec<_>>());
        for i in each.clone() {
            add_by_place(&documents[i], classes[i]);
        }
        let room: Vec<_> = documents.iter().map(no_clauses).collect();
        let parsed: Vec<_> = each.clone().map(|i| Parsed::new(&documents[i], classes[i], &room[i])).collect();
        others.iter_mut().for_each(Vec::clear);
        if let Some(beside) = beside.filter(|_| self.cues.is_some()) {
            for i in each.clone() {
                beside.matcher.find_in(&documents[i], &about_actors(&parsed[i], &mentions[i]), search, &mut others[i]);
                others[i].retain(|m| !is_chrome(&chrome[i], m.span));
            }
        }
        let matched = |i: usize| together(by_sentence(&documents[i], &found[i]), by_sentence(&documents[i], &others[i]));
        let sentences: Vec<_> = each.clone().map(matched).collect();
        if let Some(found) = self.cues {
            for i in each.clone() {
                let words: Vec<_> = sentences[i].iter().map(|s| documents[i].words_of(s.0)).collect();
                found.find(&documents[i], &words, search, matches, &mut cues[i]);
            }
        }
        for i in each.clone() {
            for (sentence, ..) in &sentences[i] {
                let _ = parsed[i].clauses(*sentence);
            }
        }
        let mut quotes = vec![Vec::new(); documents.len()];
        if let Some((speech, cues)) = self.speech.zip(reporting) {
            quotes = speech.quotes(&parsed, &self.actors, mentions, &cues);
        }
        for i in each.clone() {
            quotes[i].retain(|q| !is_chrome(&chrome[i], q.span));
        }
        let flags = |i: usize| self.cues.map(|_| flags(&parsed[i], &sentences[i], &cues[i])).unwrap_or_default();
        let flags: Vec<_> = each.clone().map(flags).collect();
        let targets = |i: usize| Targets::new(parsed[i], &self.language, &self.actors, &mentions[i], &quotes[i]);
        let targets = each.clone().map(targets).collect::<Result<Vec<_>>>()?;
        for i in each.clone().filter(|i| !sentences[*i].is_empty()) {
            targets[i].read();
        }
        let hits = each.map(|i| {
            let known = Known { parsed: parsed[i], targets: &targets[i], quotes: &quotes[i], beside };
            self.hits(&known, &sentences[i], &flags[i])
        });
        let hits: Vec<_> = hits.collect();
        drop(targets);
        Ok(hits.into_iter().zip(quotes).map(|((hits, evaluations), quotes)| InContext { hits, evaluations, quotes }).collect())
    }

    /// The hits of a document, and the evaluations, from its matches and what cues make of each.
    fn hits(&self, document: &Known<'_, '_>, sentences: &[Matched<'_>], flags: &[Flags]) -> (Vec<Hit>, Vec<Hit>) {
        let Known { parsed, targets, quotes, beside } = *document;
        let (mut hits, mut evaluations) = (Vec::with_capacity(sentences.iter().map(|s| s.1.len()).sum()), Vec::new());
        let (mut voices, mut other_voices) = (Voices::new(quotes), Voices::new(quotes));
        let mut flags = flags.iter().copied();
        for (sentence, first, second) in sentences.iter().copied() {
            let clauses = parsed.clauses(sentence);
            let targets = targets.in_sentence(sentence, clauses);
            for m in first {
                let words = m.range();
                let base = Context { flags: flags.next(), ..voices.of(m.span) };
                let blames = self.blames.get(m.entry.0 as usize).is_some_and(|b| *b);
                let said_of = if blames { InSentence::culprits } else { InSentence::of };
                each_target(said_of(&targets, words), |target| {
                    let context = Context { target, ..base.clone() };
                    hits.push(Hit { entry: m.entry, frame: m.frame, span: m.span, sentence: sentence as u32, context });
                });
            }
            let place = Place { parsed, targets: &targets, clauses, sentence };
            for m in second {
                let words = m.range();
                let ask = beside.and_then(|b| b.asks.get(m.entry.0 as usize)).copied().unwrap_or(Ask::Nothing);
                let (found, holder) = place.asked(ask, words.clone());
                let mut base = Context { flags: flags.next(), ..other_voices.of(m.span) };
                if let Some(holder) = holder {
                    let info = self.actors.get(holder.actor);
                    let span = holder.mention.unwrap_or(m.span);
                    base.speaker = Some(Speaker { name: info.label.clone(), actor: Some(holder.actor), span });
                }
                let mut push = |target| {
                    let context = Context { target, ..base.clone() };
                    evaluations.push(Hit { entry: m.entry, frame: m.frame, span: m.span, sentence: sentence as u32, context });
                };
                match ask {
                    Ask::Nothing => push(None),
                    _ => found.into_iter().for_each(|t| push(Some(t))),
                }
            }
        }
        (hits, evaluations)
    }
}

/// A document whose speech and actors are known.
#[derive(Clone, Copy)]
struct Known<'d, 't> {
    parsed: Parsed<'d, 't>,
    targets: &'d Targets<'d, 't>,
    quotes: &'d [Quote],
    beside: Option<Beside<'d>>,
}

/// What the cues of these sentences make of each of their matches, in order.
fn flags(parsed: &Parsed<'_, '_>, sentences: &[Matched<'_>], mut cues: &[Cue]) -> Vec<Flags> {
    let mut out = Vec::with_capacity(sentences.iter().map(|s| s.1.len() + s.2.len()).sum());
    for (sentence, first, second) in sentences {
        let end = parsed.document.words_of(*sentence).end;
        let (own, rest) = cues.split_at(cues.partition_point(|c| c.first_word < end));
        let scopes = Scopes::new(parsed, parsed.clauses(*sentence), own);
        out.extend(first.iter().chain(*second).map(|m| scopes.flags(m.range())));
        cues = rest;
    }
    out
}

/// A sentence, and the matches of two lists in it.
type Matched<'m> = (usize, &'m [Match], &'m [Match]);

type BySentence<'m> = Vec<(usize, &'m [Match])>;

/// Two lists by sentence as one.
fn together<'m>(first: BySentence<'m>, second: BySentence<'m>) -> Vec<Matched<'m>> {
    let mut out = Vec::with_capacity(first.len() + second.len());
    let (mut a, mut b) = (first.into_iter().peekable(), second.into_iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (None, None) => return out,
            (Some(x), None) | (None, Some(x)) => x.0,
            (Some(x), Some(y)) => x.0.min(y.0),
        };
        let first = a.next_if(|g| g.0 == next).map_or::<&[Match], _>(&[], |g| g.1);
        let second = b.next_if(|g| g.0 == next).map_or::<&[Match], _>(&[], |g| g.1);
        out.push((next, first, second));
    }
}

/// Matches by the sentence they begin in; one that begins in none, as white space can, belongs to the next, or to the last.
fn by_sentence<'m>(document: &Document<'_>, found: &'m [Match]) -> BySentence<'m> {
    let sentences = document.sentences();
    let last = sentences.len().saturating_sub(1);
    let mut out: BySentence<'m> = Vec::with_capacity(found.len().min(sentences.len()));
    let mut rest = found;
    while let Some(first) = rest.first() {
        let sentence = sentences.partition_point(|s| s.end <= first.span.start).min(last);
        let end = if sentence == last { u32::MAX } else { sentences[sentence].end };
        let count = rest.partition_point(|m| m.span.start < end);
        out.push((sentence, &rest[..count]));
        rest = &rest[count..];
    }
    out
}

fn each_target(found: Found, mut push: impl FnMut(Option<Target>)) {
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
        let aside = |q: &Quote| q.aside.is_some_and(|a| a.start < span.end && span.start < a.end);
        let holding = || self.open.iter().filter(|q| span.end <= q.span.end && !aside(q));
        let inner = holding().min_by_key(|q| q.span.end - q.span.start);
        let quoted = holding().any(|q| q.kind == QuoteKind::Direct);
        Context { speaker: inner.and_then(|q| q.speaker.clone()), reported: inner.is_some(), quoted, ..Context::default() }
    }
}
