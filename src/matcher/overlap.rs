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

/// Drops the matches that lose, and leaves the rest by start, then end, then frame, then entry.
pub(super) fn settle(overlap: Overlap, words: usize, matches: &mut Vec<Match>, claims: &mut Claims) {
    if overlap != Overlap::All {
        inside_frames(words, matches, claims);
        if overlap == Overlap::Lexicon {
            between_frames(words, matches, claims);
        }
    }
    matches.sort_unstable_by_key(|m| (m.span.start, m.span.end, m.frame, m.entry));
}

impl Claims {
    fn new_round(&mut self, words: usize) {
        self.words.resize(words.max(self.words.len()), 0);
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.words.fill(0);
            1
        });
    }

    fn of(&mut self, m: &Match) -> &mut [u32] {
        &mut self.words[m.first_word as usize..(m.first_word + m.words) as usize]
    }

    fn retain(&mut self, matches: &mut Vec<Match>) {
        let mut dropped = self.dropped.iter();
        matches.retain(|_| !dropped.next().copied().unwrap_or(false));
    }
}

/// Most words first, then leftmost, then the last end, then the entry written first.
fn rank(m: &Match) -> (u32, u32, u32, u32) {
    (u32::MAX - m.words, m.span.start, u32::MAX - m.span.end, m.entry.0)
}

/// Inside each frame, a match that shares a word with a better one is dropped.
fn inside_frames(words: usize, matches: &mut Vec<Match>, claims: &mut Claims) {
    matches.sort_unstable_by_key(|m| (m.frame, rank(m)));
    claims.dropped.clear();
    let mut frame = None;
    for m in matches.iter() {
        if frame != Some(m.frame) {
            frame = Some(m.frame);
            claims.new_round(words);
        }
        let round = claims.round;
        let taken = claims.of(m).contains(&round);
        if !taken {
            claims.of(m).fill(round);
        }
        claims.dropped.push(taken);
    }
    claims.retain(matches);
}

/// A match whose words are all taken by matches of more words, of any frame, is dropped.
fn between_frames(words: usize, matches: &mut Vec<Match>, claims: &mut Claims) {
    matches.sort_unstable_by_key(rank);
    claims.new_round(words);
    claims.dropped.clear();
    let round = claims.round;
    for group in matches.chunk_by(|a, b| a.words == b.words && a.first_word == b.first_word) {
        let covered = group[0].words > 0 && claims.of(&group[0]).iter().all(|w| *w == round);
        claims.dropped.extend(group.iter().map(|_| covered));
        if !covered {
            claims.of(&group[0]).fill(round);
        }
    }
    claims.retain(matches);
}
