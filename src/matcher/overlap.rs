//! Which matches stay when several share words.

use super::Match;
use crate::lexicon::Overlap;

/// Which words are taken, by frame and by anyone.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// For each word, the number of the round that took it.
    words: Vec<u32>,
    round: u32,
    dropped: Vec<bool>,
}

/// Matches on their way to be settled; they come by their first words.
pub(super) struct Settling<'m> {
    overlap: Overlap,
    matches: &'m mut Vec<Match>,
    claims: &'m mut Claims,
    /// Where the last cluster begins: matches that hang together by the words they share.
    cluster: usize,
    /// One past the last word it touches.
    end: u32,
}

impl<'m> Settling<'m> {
    /// Of a document with so many words; `matches` are those that stay.
    pub fn new(overlap: Overlap, words: usize, matches: &'m mut Vec<Match>, claims: &'m mut Claims) -> Self {
        if overlap != Overlap::All {
            claims.words.resize(words.max(claims.words.len()), 0);
        }
        Self { overlap, matches, claims, cluster: 0, end: 0 }
    }

    /// Adds a match.
    #[inline]
    pub fn add(&mut self, m: Match) {
        if m.first_word >= self.end {
            self.settle();
        }
        self.end = self.end.max(m.first_word + m.words);
        self.matches.push(m);
    }

    /// Settles the last cluster: drops the ones that lose, and leaves the rest by start, then end, then frame, then entry.
    #[inline]
    pub fn settle(&mut self) {
        if self.matches.len() > self.cluster + 1 {
            self.settle_several();
        }
        self.cluster = self.matches.len();
    }

    #[inline(never)]
    fn settle_several(&mut self) {
        let staying = match (self.overlap, &mut self.matches[self.cluster..]) {
            (Overlap::All, all) => all.len(),
            (overlap, [a, b]) => settle_two(overlap, a, b),
            (overlap, cluster) => settle_cluster(overlap, cluster, self.claims),
        };
        self.matches.truncate(self.cluster + staying);
        sort_matches(&mut self.matches[self.cluster..]);
    }
}

/// Sorts by start, then end, then frame, then entry.
pub(super) fn sort_matches(matches: &mut [Match]) {
    sort_nearly(matches, |m| (m.span.start, m.span.end, m.frame, m.entry));
}

/// Sorts what is nearly in order, and needs few swaps; what needs many is sorted as usual.
pub(super) fn sort_nearly<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let mut swaps = items.len() * 4;
    for i in 1..items.len() {
        let mut at = i;
        while at > 0 && key(&items[at - 1]) > key(&items[at]) {
            if swaps == 0 {
                return items.sort_unstable_by_key(key);
            }
            items.swap(at - 1, at);
            swaps -= 1;
            at -= 1;
        }
    }
}

/// What [`settle_cluster`] says of two, which is the most frequent case.
fn settle_two(overlap: Overlap, a: &mut Match, b: &mut Match) -> usize {
    if rank(b) < rank(a) {
        std::mem::swap(a, b);
    }
    let (taken, own) = (a.range(), b.range());
    let loses = if a.frame == b.frame {
        own.start < taken.end && taken.start < own.end
    } else {
        overlap == Overlap::Lexicon && own.len() < taken.len() && taken.start <= own.start && own.end <= taken.end
    };
    if loses && !own.is_empty() { 1 } else { 2 }
}

/// Brings those that stay to the front, and says how many they are.
fn settle_cluster(overlap: Overlap, cluster: &mut [Match], claims: &mut Claims) -> usize {
    inside_frames(cluster, claims);
    let staying = claims.bring_forward(cluster);
    if overlap != Overlap::Lexicon {
        return staying;
    }
    between_frames(&mut cluster[..staying], claims);
    claims.bring_forward(&mut cluster[..staying])
}

impl Claims {
    fn new_round(&mut self) {
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.words.fill(0);
            1
        });
    }

    fn of(&mut self, m: &Match) -> &mut [u32] {
        &mut self.words[m.first_word as usize..(m.first_word + m.words) as usize]
    }

    /// Moves those not dropped to the front, and says how many they are.
    fn bring_forward(&self, matches: &mut [Match]) -> usize {
        let mut kept = 0;
        for (i, dropped) in self.dropped.iter().enumerate() {
            if !dropped {
                matches.swap(kept, i);
                kept += 1;
            }
        }
        kept
    }
}

/// Most words first, then leftmost, then the last end, then the entry written first.
fn rank(m: &Match) -> (u32, u32, u32, u32) {
    (u32::MAX - m.words, m.span.start, u32::MAX - m.span.end, m.entry.0)
}

/// Inside each frame, a match that shares a word with a better one is dropped.
fn inside_frames(matches: &mut [Match], claims: &mut Claims) {
    matches.sort_unstable_by_key(|m| (m.frame, rank(m)));
    claims.dropped.clear();
    let mut frame = None;
    for m in matches.iter() {
        if frame != Some(m.frame) {
            frame = Some(m.frame);
            claims.new_round();
        }
        let round = claims.round;
        let taken = claims.of(m).contains(&round);
        if !taken {
            claims.of(m).fill(round);
        }
        claims.dropped.push(taken);
    }
}

/// A match whose words are all taken by matches of more words, of any frame, is dropped.
fn between_frames(matches: &mut [Match], claims: &mut Claims) {
    matches.sort_unstable_by_key(rank);
    claims.new_round();
    claims.dropped.clear();
    let round = claims.round;
    for group in matches.chunk_by(|a, b| a.words == b.words && a.first_word == b.first_word) {
        let covered = group[0].words > 0 && claims.of(&group[0]).iter().all(|w| *w == round);
        claims.dropped.extend(group.iter().map(|_| covered));
        if !covered {
            claims.of(&group[0]).fill(round);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matcher::{EntryId, FrameId};
    use crate::span::Span;
    use proptest::prelude::*;

    fn a_match() -> impl Strategy<Value = Match> {
        (0..4_u32, 0..4_u32, 0..2_u32, 0..2_u32, 0..2_u32).prop_map(|(first, words, entry, before, after)| Match {
            entry: EntryId(entry),
            frame: FrameId(entry % 2),
            span: Span { start: 4 * first - before.min(4 * first), end: 4 * (first + words) + after },
            first_word: first,
            words,
        })
    }

    proptest! {
        #[test]
        fn two_are_settled_as_many_are(a in a_match(), b in a_match()) {
            for overlap in [Overlap::Frame, Overlap::Lexicon] {
                let (mut two, mut many) = ([a, b], [a, b]);
                let [one, other] = &mut two;
                let staying = settle_two(overlap, one, other);
                let mut claims = Claims { words: vec![0; 8], ..Claims::default() };
                prop_assert_eq!(staying, settle_cluster(overlap, &mut many, &mut claims));
                sort_matches(&mut two[..staying]);
                sort_matches(&mut many[..staying]);
                prop_assert_eq!(&two[..staying], &many[..staying]);
            }
        }
    }
}
