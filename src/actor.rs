//! Actor mentions: where a document names someone the lexicon knows.

use crate::document::Document;
use crate::error::Result;
use crate::language::Language;
use crate::lexicon::{ActorType, Lexicon};
use crate::matcher::{Match, Matcher, Search};
use crate::span::Span;

/// Index of an actor in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// A place where an actor is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Who.
    pub actor: ActorId,
    /// The words that name it.
    pub span: Span,
    /// Index of the first of these words.
    pub first_word: u32,
    /// How many they are.
    pub words: u32,
}

/// What is known of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorInfo {
    /// Its key in the lexicon.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// What kind of actor.
    pub kind: ActorType,
    /// Who leads it.
    pub leads: Vec<ActorId>,
    /// What a person leads; of several a country.
    pub heads: Option<ActorId>,
}

/// The actors of a lexicon.
#[derive(Debug)]
pub struct Actors {
    matcher: Option<Matcher>,
    list: Vec<ActorInfo>,
}

impl Actors {
    /// Compiles the aliases of a lexicon's actors.
    ///
    /// # Errors
    /// When an alias is not sound; those of a lexicon read from a file are.
    pub fn new(lexicon: &Lexicon, language: &Language) -> Result<Self> {
        let number = |id: &String| lexicon.actors.get_index_of(id).map(|i| ActorId(i as u32));
        let list = lexicon.actors.iter().map(|(id, actor)| ActorInfo {
            id: id.clone(),
            label: actor.label.clone().unwrap_or_else(|| id.clone()),
            kind: actor.kind,
            leads: actor.leads.iter().filter_map(number).collect(),
            heads: None,
        });
        let mut list: Vec<ActorInfo> = list.collect();
        link_leaders(&mut list);
        let matcher = (!list.is_empty()).then(|| Matcher::of_actors(lexicon, language)).transpose()?;
        Ok(Self { matcher, list })
    }

    /// What finds their aliases, if there are any.
    pub(crate) fn matcher(&self) -> Option<&Matcher> {
        self.matcher.as_ref()
    }

    /// What is known of an actor.
    #[must_use]
    pub fn get(&self, id: ActorId) -> &ActorInfo {
        &self.list[id.0 as usize]
    }

    /// All actors, by [`ActorId`].
    #[must_use]
    pub fn list(&self) -> &[ActorInfo] {
        &self.list
    }

    /// Every mention in a document, in order; of two that share words the longer. `out` is cleared first.
    pub fn mentions_into(&self, document: &Document<'_>, search: &mut Search, matches: &mut Vec<Match>, out: &mut Vec<Mention>) {
        out.clear();
        let Some(aliases) = &self.matcher else { return };
        aliases.find_in(document, &[document.all_words()], search, matches);
        out.extend(matches.iter().map(|m| Mention {
            actor: ActorId(m.frame.0),
            span: m.span,
            first_word: m.first_word,
            words: m.words,
        }));
    }
}

/// Tells every person what he or she leads.
fn link_leaders(list: &mut [ActorInfo]) {
    for i in 0..list.len() {
        let country = list[i].kind == ActorType::Country;
        for leader in list[i].leads.clone() {
            let heads = &mut list[leader.0 as usize].heads;
            if country || heads.is_none() {
                *heads = Some(ActorId(i as u32));
            }
        }
    }
}
