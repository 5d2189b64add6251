//! `require` and `forbid`: what else was found around a match, in its sentence.

use std::ops::Range;

use super::Found;
use crate::lexicon::Within;
use crate::segment::Document;

/// The contexts of an entry.
#[derive(Debug)]
pub(super) struct Conditions {
    pub require: Vec<CompiledContext>,
    pub forbid: Vec<CompiledContext>,
}

/// What is looked for on each side, as sets of entries.
#[derive(Debug)]
pub(super) struct CompiledContext {
    pub any: Members,
    pub before: Members,
    pub after: Members,
    pub within: Within,
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
    fn from_iter<I: IntoIterator<Item = Members>>(sets: I) -> Self {
        Self(sets.into_iter().flat_map(|set| set.0).collect())
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
    pub fn holds(&mut self, i: usize, found: &[Found], conditions: &[Option<Conditions>], document: &Document<'_>) -> bool {
        let Some(own) = &conditions[found[i].entry as usize] else { return true };
        if let Some(known) = self.0[i] {
            return known;
        }
        let mut met = |context: &CompiledContext| {
            [(&context.any, true, true), (&context.before, true, false), (&context.after, false, true)]
                .into_iter()
                .filter(|(members, ..)| !members.0.is_empty())
                .map(|(members, before, after)| {
                    self.stands(i, members, (before, after), context.within, found, conditions, document)
                })
                .collect::<Vec<bool>>()
        };
        let holds = own.require.iter().all(|c| met(c).into_iter().all(|m| m))
            && !own.forbid.iter().any(|c| met(c).into_iter().any(|m| m));
        self.0[i] = Some(holds);
        holds
    }

    #[allow(clippy::too_many_arguments)] // one question, asked in one place
    fn stands(
        &mut self,
        i: usize,
        members: &Members,
        (before, after): (bool, bool),
        within: Within,
        found: &[Found],
        conditions: &[Option<Conditions>],
        document: &Document<'_>,
    ) -> bool {
        let own = found[i];
        if own.first == own.beyond {
            return false;
        }
        let reach = match within {
            Within::Words(n) => n,
            Within::Sentence => u32::MAX,
        };
        let near = |other: &Found| {
            let left = before && other.beyond <= own.first && own.first - other.beyond < reach;
            let right = after && other.first >= own.beyond && other.first - own.beyond < reach;
            (left || right) && other.first < other.beyond && members.hold(other.entry)
        };
        let sentence = document.sentence(own.first);
        let inside = |word: u32| document.sentence(word) == sentence;
        let mut left = i;
        while left > 0 && inside(found[left - 1].first.min(own.first)) {
            left -= 1;
        }
        found[left..]
            .iter()
            .enumerate()
            .take_while(|(_, other)| (other.first as usize) < document.words.len() && inside(other.first.max(own.first)))
            .any(|(k, other)| near(other) && inside(other.beyond - 1) && self.holds(left + k, found, conditions, document))
    }
}
