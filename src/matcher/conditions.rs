//! `require` and `forbid`: what else was found around a match, in its sentence.

use std::ops::Range;

use super::Found;
use crate::document::Document;
use crate::lexicon::Within;
use crate::vocabulary::WordId;

/// The contexts of an entry.
#[derive(Debug)]
pub(super) struct Conditions {
    pub require: Vec<CompiledContext>,
    pub forbid: Vec<CompiledContext>,
    /// The bits of the words at which a search for what they ask for may begin.
    pub bits: u64,
    /// How many words before and after a match that may stand, at most.
    pub reach: u32,
}

/// The conditions of all entries, of which few have any.
#[derive(Debug)]
pub(super) struct Conditioned {
    /// By entry: which of them are its, counted from 1; nothing at all where no entry has any.
    places: Box<[u32]>,
    all: Box<[Conditions]>,
}

impl Conditioned {
    pub fn new(conditions: Vec<Option<Conditions>>) -> Self {
        let mut all = Vec::new();
        let mut place = |own: Option<Conditions>| {
            own.map_or(0, |own| {
                all.push(own);
                all.len() as u32
            })
        };
        let places: Box<[u32]> = conditions.into_iter().map(&mut place).collect();
        if all.is_empty() { Self { places: Box::default(), all: Box::default() } } else { Self { places, all: all.into() } }
    }

    /// Those of an entry.
    #[inline]
    pub fn of(&self, entry: u32) -> Option<&Conditions> {
        self.all.get((*self.places.get(entry as usize)?).checked_sub(1)? as usize)
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All of them ask in the whole sentence.
    #[cfg(test)]
    pub fn reach_far(&mut self) {
        self.all.iter_mut().for_each(|own| own.reach = u32::MAX);
    }
}

impl Conditions {
    /// The entries that they ask for.
    pub fn members(&self) -> impl Iterator<Item = u32> {
        self.contexts().flat_map(CompiledContext::members)
    }

    fn contexts(&self) -> impl Iterator<Item = &CompiledContext> {
        self.require.iter().chain(&self.forbid)
    }
}

/// What may be found of an entry that a condition asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// The bits of the words at which a search for it may begin; none where it is looked for in any case.
    pub bits: u64,
    /// How many words it has at most.
    pub words: u32,
}

/// Works out the bits and the reach of all conditions, given the extents of all entries. References do not run in a circle.
pub(super) fn gather(conditions: &mut [Option<Conditions>], entries: &[Extent]) {
    let mut known: Vec<Option<(u64, u32)>> = vec![None; conditions.len()];
    for entry in 0..conditions.len() {
        if conditions[entry].is_some() {
            let (bits, reach) = bits_and_reach(entry, conditions, entries, &mut known);
            conditions[entry].iter_mut().for_each(|own| (own.bits, own.reach) = (bits | WordId::SEVERAL.bit(), reach));
        }
    }
}

/// The bits and the reach of what the conditions of an entry ask for, and of what that asks for.
fn bits_and_reach(
    entry: usize,
    conditions: &[Option<Conditions>],
    entries: &[Extent],
    known: &mut [Option<(u64, u32)>],
) -> (u64, u32) {
    if let Some(known) = known[entry] {
        return known;
    }
    let (mut bits, mut reach) = (0, 0);
    for context in conditions[entry].iter().flat_map(Conditions::contexts) {
        for member in context.members().map(|member| member as usize) {
            let (own, further) = (entries[member], bits_and_reach(member, conditions, entries, known));
            bits |= own.bits | further.0;
            reach = reach.max(context.nearest().saturating_add(own.words).saturating_add(further.1));
        }
    }
    known[entry] = Some((bits, reach));
    (bits, reach)
}

/// What is looked for on each side, as sets of entries.
#[derive(Debug)]
pub(super) struct CompiledContext {
    pub any: Members,
    pub before: Members,
    pub after: Members,
    pub within: Within,
}

impl CompiledContext {
    /// The entries that it asks for.
    fn members(&self) -> impl Iterator<Item = u32> {
        [&self.any, &self.before, &self.after].into_iter().flat_map(|m| m.0.iter().cloned()).flatten()
    }

    /// How far from a match the nearest word of it may be, in words.
    fn nearest(&self) -> u32 {
        match self.within {
            Within::Words(n) => n,
            Within::Sentence => u32::MAX,
        }
    }
}

/// A set of entries, as ranges of their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Members(Vec<Range<u32>>);

impl Members {
    pub fn one(entry: u32) -> Self {
        Self(std::iter::once(entry..entry + 1).collect())
    }

    pub fn add(&mut self, entries: Range<u32>) {
        self.0.push(entries);
    }

    fn hold(&self, entry: u32) -> bool {
        self.0.iter().any(|range| range.contains(&entry))
    }
}

impl FromIterator<Members> for Members {
    /// Ranges that touch become one: most patterns of a context were numbered one after another.
    fn from_iter<I: IntoIterator<Item = Members>>(sets: I) -> Self {
        let mut ranges: Vec<Range<u32>> = sets.into_iter().flat_map(|set| set.0).collect();
        ranges.sort_unstable_by_key(|range| range.start);
        ranges.dedup_by(|next, range| {
            let touches = next.start <= range.end;
            range.end = if touches { range.end.max(next.end) } else { range.end };
            touches
        });
        Self(ranges)
    }
}

/// Whether the conditions of what was found hold; each is worked out once.
#[derive(Debug, Default)]
pub(super) struct Verdicts(Vec<Option<bool>>);

impl Verdicts {
    pub fn reset(&mut self, n: usize) {
        self.0.clear();
        self.0.resize(n, None);
    }

    /// Whether the conditions of `found[i]` hold. `found` is sorted. References do not run in a circle, so this ends.
    pub fn holds(&mut self, i: usize, found: &[Found], conditions: &Conditioned, document: &Document<'_>) -> bool {
        let Some(own) = conditions.of(found[i].entry) else { return true };
        if let Some(known) = self.0[i] {
            return known;
        }
        let beside = Surroundings::of(i, own.reach, found, document);
        let mut stands = |context: &CompiledContext, members: &Members, sides| {
            let near = |k: usize| beside.has(&found[k], sides, context.nearest()) && members.hold(found[k].entry);
            let mut any = || beside.places.clone().any(|k| near(k) && self.holds(k, found, conditions, document));
            (!members.0.is_empty()).then(&mut any)
        };
        let mut asked = |c: &CompiledContext, broken: bool| {
            stands(c, &c.any, (true, true)) == Some(broken)
                || stands(c, &c.before, (true, false)) == Some(broken)
                || stands(c, &c.after, (false, true)) == Some(broken)
        };
        let holds = !own.require.iter().any(|c| asked(c, false)) && !own.forbid.iter().any(|c| asked(c, true));
        self.0[i] = Some(holds);
        holds
    }
}

/// What stands beside something that was found, in its sentence.
struct Surroundings {
    own: Found,
    /// One past the last word of the sentence.
    end: u32,
    /// Which begin there, and are near enough, of all that was found; it comes in order of first words.
    places: Range<usize>,
}

impl Surroundings {
    /// Of `found[i]`, of which no more words than `reach` are asked about on each side.
    fn of(i: usize, reach: u32, found: &[Found], document: &Document<'_>) -> Self {
        let own = found[i];
        // What touches no word stands beside nothing.
        if own.first == own.beyond {
            return Self { own, end: own.beyond, places: i..i };
        }
        let Range { start, end } = document.words_around(own.first);
        let (from, to) = (start.max(own.first.saturating_sub(reach)), end.min(own.beyond.saturating_add(reach)));
        let left = found[..i].iter().rev().take_while(|other| other.first >= from).count();
        let right = found[i..].iter().take_while(|other| other.first < to).count();
        Self { own, end, places: i - left..i + right }
    }

    /// Whether one of these stands on a side that is asked about, all in the sentence and as near as is asked.
    fn has(&self, other: &Found, (before, after): (bool, bool), nearest: u32) -> bool {
        let left = before && other.beyond <= self.own.first && self.own.first - other.beyond < nearest;
        let right = after && other.first >= self.own.beyond && other.first - self.own.beyond < nearest;
        (left || right) && other.first < other.beyond && other.beyond <= self.end
    }
}
