//! Which reading of an entry is kept at a word.

use super::compile::EntryRole;
use super::conditions::Verdicts;
use super::overlap::Settling;
use super::{EntryId, Found, FrameId, Match, Matcher};
use crate::document::Document;
use crate::span::Span;

impl Matcher {
    /// Of the readings of an entry at a word, those whose conditions hold; of these the one with fewest gap words, then most words, then the last end.
    pub(super) fn choose_readings(
        &self,
        document: &Document<'_>,
        found: &[Found],
        verdicts: &mut Verdicts,
        order: &mut Vec<u32>,
        out: &mut Settling<'_>,
    ) {
        verdicts.reset(if self.conditions.is_empty() { 0 } else { found.len() });
        let mut next = 0;
        while let Some(first) = found.get(next) {
            let start = next;
            next += found[start..].iter().take_while(|f| f.first == first.first).count();
            if self.all_stand(&found[start..next]) {
                found[start..next].iter().for_each(|f| self.report(f, out));
                continue;
            }
            order.clear();
            for i in start..next {
                if self.reported(&found[i]).is_some() && verdicts.holds(i, found, &self.conditions, document) {
                    order.push(i as u32);
                }
            }
            order.sort_unstable_by_key(|i| {
                let f = &found[*i as usize];
                (f.entry, f.gaps, u32::MAX - (f.beyond - f.first), u32::MAX - f.end)
            });
            let mut last = None;
            for f in order.iter().map(|i| &found[*i as usize]) {
                // A regex has no readings: each of its matches stands for itself.
                if last != Some(f.entry) || self.is_regex(f.entry) {
                    self.report(f, out);
                }
                last = Some(f.entry);
            }
        }
    }

    /// Whether these, which begin at one word, are of different entries without conditions.
    fn all_stand(&self, together: &[Found]) -> bool {
        let alone = |(i, f): (usize, &Found)| {
            self.conditions.of(f.entry).is_none() && together[..i].iter().all(|other| other.entry != f.entry)
        };
        together.len() <= 8 && together.iter().enumerate().all(alone)
    }

    #[inline]
    fn report(&self, found: &Found, out: &mut Settling<'_>) {
        if let Some(m) = self.reported(found) {
            out.add(m);
        }
    }

    /// What is reported of an entry that is looked for.
    #[inline]
    fn reported(&self, found: &Found) -> Option<Match> {
        let EntryRole::Frame(frame) = self.roles[found.entry as usize] else { return None };
        let span = Span { start: found.start, end: found.end };
        let words = found.beyond - found.first;
        Some(Match { entry: EntryId(found.entry), frame: FrameId(frame), span, first_word: found.first, words })
    }

    /// Searchers stand in the order of their entries.
    fn is_regex(&self, entry: u32) -> bool {
        self.searchers.binary_search_by_key(&entry, |s| s.entry).is_ok()
    }
}
