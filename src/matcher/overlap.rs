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

/// Drops the matches that lose, and leaves the rest by start, then end, then frame, then entry. They come by their first words.
pub(super) fn settle(overlap: Overlap, words: usize, matches: &mut Vec<Match>, claims: &mut Claims) {
    if overlap != Overlap::All {
        claims.words.resize(words.max(claims.words.len()), 0);
        let (mut kept, mut start) = (0, 0);
        while let Some(cluster) = matches.get_mut(start..).filter(|m| !m.is_empty()) {
            let size = cluster_size(cluster);
            let staying = if size == 1 { 1 } else { settle_cluster(overlap, &mut cluster[..size], claims) };
            for i in 0..staying {
                matches[kept + i] = matches[start + i];
            }
            kept += staying;
            start += size;
        }
        matches.truncate(kept);
    }
    sort_nearly(matches, |m| (m.span.start, m.span.end, m.frame, m.entry));
}

/// How many matches at the beginning hang together by the words they share.
fn cluster_size(matches: &[Match]) -> usize {
    let mut reach = 0;
    let shares = |m: &&Match| {
        let shares = reach == 0 || m.first_word < reach;
        reach = reach.max(m.first_word + m.words);
        shares
    };
    matches.iter().take_while(shares).count().max(1)
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
