//! What a document as a whole says of its actors: whom it is about, and who "we" are.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::lists::{Kinds, Telling};
use super::names::{Name, Role};
use crate::actor::{ActorId, Actors};
use crate::grammar::{Classes, Parsed};
use crate::lexicon::ActorType;

/// Sentences at the start of a document whose mentions count twice: a headline and what follows it.
const LEAD: usize = 3;
/// What the main actor must weigh: two mentions of some weight.
const ENOUGH: u32 = 4;

/// The share of all weight that the main actor must have to be the last resort.
const SHARE: f64 = 0.25;

/// What a document as a whole says of its actors.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// Whom it is about.
    pub main: Option<ActorId>,
    /// The same, if much of what is named is this actor: then it is the last resort. A person is not, and a speech in the first person is about the world.
    pub about: Option<ActorId>,
    /// Who speaks in the first person: "my country, Ghana".
    pub home: Option<ActorId>,
}

#[derive(Default)]
struct Tally {
    weight: u32,
    mentions: u32,
    first: usize,
}

impl Profile {
    pub fn new(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, actors: &Actors, names: &[Name]) -> Self {
        let home = names.iter().find(|n| actors.get(n.actor).kind == ActorType::Country && is_home(parsed, lists, n));
        let (main, clear) = main(parsed, lists, actors, names).unzip();
        Self {
            main,
            about: main.filter(|m| clear == Some(true) && home.is_none() && actors.get(*m).kind != ActorType::Person),
            home: home.map(|n| n.actor),
        }
    }
}

/// The country, bloc or person of most weight, and whether the document is about it, if it weighs clearly more than the next. A leader's mentions count for what he leads.
fn main(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, actors: &Actors, names: &[Name]) -> Option<(ActorId, bool)> {
    let lead = parsed.document.sentences().get(LEAD.saturating_sub(1)).map_or(u32::MAX, |s| s.end);
    let mut all = 0;
    let mut tallies: HashMap<ActorId, Tally, FxBuildHasher> = HashMap::default();
    for (i, name) in names.iter().enumerate() {
        let weight = weight(lists, name) * if name.span.start < lead { 2 } else { 1 };
        all += weight;
        let country = actors.get(name.actor).heads;
        for (actor, weight) in [(Some(name.actor), weight), (country, weight / 2)] {
            let Some(actor) = actor.filter(|a| !matches!(actors.get(*a).kind, ActorType::Region | ActorType::Organisation))
            else {
                continue;
            };
            let tally = tallies.entry(actor).or_insert_with(|| Tally { first: i, ..Tally::default() });
            tally.weight += weight;
            tally.mentions += 1;
        }
    }
    let rank = |t: &Tally| (t.weight, usize::MAX - t.first);
    let (main, top) = tallies.iter().filter(|(_, t)| t.mentions > 1 && t.weight >= ENOUGH).max_by_key(|(_, t)| rank(t))?;
    let own = |other: ActorId| actors.get(other).heads == Some(*main) || actors.get(*main).heads == Some(other);
    let next = tallies.iter().filter(|(a, _)| *a != main && !own(**a)).map(|(_, t)| t.weight).max().unwrap_or(0);
    (top.weight * 2 >= next * 3).then(|| (*main, top.weight >= 2 * next && f64::from(top.weight) >= SHARE * f64::from(all)))
}

/// A subject or owner weighs more than a place or a partner.
fn weight(lists: &Telling<'_, '_>, name: &Name) -> u32 {
    match name.role {
        Role::Head | Role::Owner => 3,
        Role::After(p) if lists.of(p).any(Kinds::BELONGS) && !lists.of(p).any(Kinds::PLACE) => 2,
        Role::Modifier => 2,
        Role::After(_) | Role::Aside => 1,
    }
}

/// Whether the first person names itself here: "my country, Ghana", "on behalf of the people of Fiji".
fn is_home(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, name: &Name) -> bool {
    let kinds = |i: u32| lists.of(i);
    let ours = |i: u32| parsed.is(i, Classes::POSSESSIVE) && kinds(i).any(Kinds::FIRST);
    let mut i = name.words.start;
    let mut of = false;
    for _ in 0..9 {
        let Some(before) = i.checked_sub(1) else { return false };
        if parsed.has_mark(i, &['.', ';', ':', '?', '!', '\n']) {
            return false;
        }
        i = before;
        let kind = kinds(i);
        if kind.any(Kinds::HOME) && i > 0 && ours(i - 1) && !of {
            return true;
        }
        if of && (kind.any(Kinds::BEHALF) || kind.any(Kinds::DELEGATION) && i > 0 && ours(i - 1)) {
            return true;
        }
        let class = parsed.classes[i as usize];
        of |= kind.any(Kinds::OF);
        let other = class.any(Classes::AUXILIARY | Classes::VERB | Classes::PRONOUN | Classes::RELATIVE)
            || !of && !class.any(Classes::DETERMINER | Classes::PREPOSITION | Classes::CAPITAL);
        if other {
            return false;
        }
    }
    false
}
