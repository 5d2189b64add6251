//! Which actor a match is said of.
//!
//! Mentions become names with a role in their noun phrase (`names.rs`); the document as a whole says whom it is about (`profile.rs`).
//! For a match, the rules of `rules.rs` are asked in their order, then those of `resorts.rs`; for an entry that discredits, those of `culprit.rs`; they read noun phrases (`phrase.rs`) and words that stand for a name (`anaphor.rs`).

mod anaphor;
mod culprit;
mod lists;
mod names;
mod phrase;
mod profile;
mod resorts;
mod rules;
mod sentence;
mod site;
mod verbs;

use std::cell::OnceCell;
use std::ops::Range;

use smallvec::SmallVec;

use crate::actor::{ActorId, Actors, Mention};
use crate::error::Result;
use crate::grammar::{Clause, Parsed};
use crate::language::Language;
use crate::lexicon::ActorType;
use crate::quote::Quote;
use crate::span::Span;
use crate::vocabulary::Numbers;
use culprit::choose_culprit;
use lists::{Lists, Telling};
use names::{Name, Role, names};
use profile::Profile;
use rules::{Choice, choose};
use sentence::{Parts, Sentence};
use site::{Site, Who};
use verbs::{choose_agent, choose_patient};

/// Whom something is said of, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Who.
    pub actor: ActorId,
    /// The name of the rule that chose it.
    pub rule: &'static str,
    /// The words that name it; none where nothing near does.
    pub mention: Option<Span>,
}

/// Whom one match is said of; hardly ever more than two.
pub type Found = SmallVec<[Target; 2]>;

/// Chooses targets in one document.
#[derive(Debug)]
pub struct Targets<'d, 't> {
    parsed: Parsed<'d, 't>,
    /// None where no actor is named either: nothing is said of anybody.
    lists: Option<Telling<'d, 't>>,
    actors: &'d Actors,
    mentions: &'d [Mention],
    quotes: &'d [Quote],
    /// Read when the first match asks.
    read: OnceCell<(Vec<Name>, Profile)>,
}

impl<'d, 't> Targets<'d, 't> {
    /// Prepares to read what a document says of its actors.
    ///
    /// # Errors
    /// Only when the language pack is damaged.
    pub fn new(
        parsed: Parsed<'d, 't>,
        language: &Language,
        actors: &'d Actors,
        mentions: &'d [Mention],
        quotes: &'d [Quote],
    ) -> Result<Self> {
        let lists = Lists::load(language)?.filter(|_| !mentions.is_empty()).map(|l| l.told(parsed.document));
        Ok(Self { parsed, lists, actors, mentions, quotes, read: OnceCell::new() })
    }

    /// What leads from words to what the language pack says of them.
    ///
    /// # Errors
    /// Only when the language pack is damaged.
    pub(crate) fn words(language: &Language) -> Result<Option<&'static Numbers>> {
        Ok(Lists::load(language)?.map(Lists::numbers))
    }

    /// Prepares to read what a sentence says of them.
    #[must_use]
    pub fn in_sentence<'s>(&'s self, sentence: usize, clauses: &'s [Clause]) -> InSentence<'s, 'd, 't> {
        InSentence { targets: self, sentence, clauses, read: OnceCell::new() }
    }

    /// Reads what any match asks for; else the first that asks does.
    pub(crate) fn read(&self) {
        if let Some(lists) = &self.lists {
            let _ = self.names(lists);
        }
    }

    /// The names of the document, and what it says of them as a whole.
    fn names(&self, lists: &Telling<'d, 't>) -> &(Vec<Name>, Profile) {
        self.read.get_or_init(|| {
            let names = names(&self.parsed, lists, self.actors, self.mentions);
            let profile = Profile::new(&self.parsed, lists, self.actors, &names);
            (names, profile)
        })
    }
}

/// Chooses targets in one sentence.
pub struct InSentence<'s, 'd, 't> {
    targets: &'s Targets<'d, 't>,
    sentence: usize,
    clauses: &'s [Clause],
    /// Read when the first match asks.
    read: OnceCell<Sentence<'s, 'd, 't>>,
}

impl InSentence<'_, '_, '_> {
    /// Whom these words are said of; several where actors are joined, the main actor of the document first; none where no actor fits.
    #[must_use]
    pub fn of(&self, words: Range<u32>) -> Found {
        self.chosen(words, choose)
    }

    /// Who is to blame for what these words say, never who suffers it: for entries that discredit their target.
    #[must_use]
    pub fn culprits(&self, words: Range<u32>) -> Found {
        self.chosen(words, choose_culprit)
    }

    /// To whom is done what these words say: "criticised Riga", "Riga was helped".
    #[must_use]
    pub fn patients(&self, words: Range<u32>) -> Found {
        self.chosen(words, choose_patient)
    }

    /// Who does what these words say.
    #[must_use]
    pub fn agents(&self, words: Range<u32>) -> Found {
        self.chosen(words, choose_agent)
    }

    fn chosen(&self, words: Range<u32>, rules: impl Fn(&Site<'_, '_, '_>) -> Option<Choice>) -> Found {
        let Targets { parsed, lists, actors, quotes, .. } = self.targets;
        let Some(lists) = lists.filter(|_| !words.is_empty() && !self.clauses.is_empty()) else {
            return Found::new();
        };
        let sentence = self.read.get_or_init(|| {
            let (names, profile) = self.targets.names(&lists);
            let (number, clauses, parts) = (self.sentence, self.clauses, Parts::new(self.clauses, names));
            Sentence { parsed: *parsed, lists, actors, names, profile, quotes, clauses, number, parts }
        });
        let chosen = rules(&Site::new(sentence, words));
        chosen.map(|(who, rule)| found(sentence, &who, rule)).unwrap_or_default()
    }
}

/// One target for each actor, the document's main actor first.
fn found(sentence: &Sentence<'_, '_, '_>, who: &Who, rule: &'static str) -> Found {
    let Sentence { names, actors, profile, .. } = sentence;
    let mut out = Found::new();
    let mut push = |actor: ActorId, mention: Option<Span>| {
        if out.iter().all(|t| t.actor != actor) {
            out.push(Target { actor, rule, mention });
        }
    };
    match who {
        Who::Named(n) => {
            let group = names[*n].group.clone();
            let single = group.len() == 1;
            let region = |n: &&Name| actors.get(n.actor).kind == ActorType::Region;
            let regions = names[group.clone()].iter().all(|n| region(&n));
            let kept = names[group].iter().filter(|n| single || n.role != Role::Aside && (regions || !region(n)));
            kept.for_each(|n| push(n.actor, Some(n.span)));
        }
        Who::Actors(list) => list.iter().for_each(|a| push(*a, None)),
        Who::Unknown => {}
    }
    out.sort_by_key(|t| Some(t.actor) != profile.main);
    out
}
