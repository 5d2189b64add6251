//! Evaluations in running text: hits that credit or discredit their target, and matches of the evaluation lexicon.

use super::Stance;
use super::passage::Evaluations;
use crate::context::{Ask, Beside, Hit, InContext};
use crate::scope::Modality;
use crate::span::Span;

/// How fast the strength of an evaluation nears 1 with its weight.
const SLOPE: f64 = 0.7;
/// What a word of strong or weak degree makes of a weight.
const DEGREES: [f64; 2] = [1.4, 0.6];
/// Rules that find a target for want of a better one: a hit may have it, an evaluation is of nobody then.
const GUESSES: [&str; 5] = ["nearest", "topic", "main actor", "speaker", "between"];
/// Words of less weight than this are too vague to evaluate somebody: of qualities, and of all else.
const LEAST: [f64; 2] = [0.4, 0.6];
/// How many words may stand between a word of harm and the good that is harmed.
const HARMED: usize = 3;
/// What may stand between two evaluating words of one evaluation.
const JOINTS: [&str; 6] = ["", ",", "and", ", and", "or", "-"];

/// What an entry of a frame says of its target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// 1 or -1.
    pub sign: i8,
    /// How much.
    pub weight: f64,
    /// Whether it needs an evaluating word beside it.
    pub leans: bool,
}

/// What is asked of a class of the evaluation lexicon.
fn ask(class: &str) -> Ask {
    match class.split('.').next() {
        Some("quality" | "person") if class.ends_with("bad") => Ask::Fault,
        Some("quality" | "person" | "fate") => Ask::Said,
        Some("effect") if class.ends_with("help") => Ask::AgentOfAnother,
        Some("conduct" | "effect") => Ask::Agent,
        Some("attitude") => Ask::Attitude,
        _ => Ask::Nothing,
    }
}

/// Evaluating words that may become, or become part of, an evaluation.
#[derive(Debug, Clone)]
struct Piece<'h> {
    hit: &'h Hit,
    span: Span,
    sign: i8,
    weight: f64,
    leans: bool,
}

impl Evaluations {
    /// What is asked of each entry.
    pub(super) fn asks(frames: &[(String, i8)], entries: impl Iterator<Item = usize>) -> Vec<Ask> {
        frames.iter().zip(entries).flat_map(|((class, _), n)| std::iter::repeat_n(ask(class), n)).collect()
    }

    /// The evaluation lexicon, to be looked for beside another.
    #[must_use]
    pub fn beside(&self) -> Beside<'_> {
        Beside { matcher: &self.matcher, asks: &self.asks }
    }

    /// The evaluations of a document. `verdict` says what a hit is as one.
    #[must_use]
    pub fn stances(&self, text: &str, read: &InContext, verdict: impl Fn(&Hit) -> Option<Verdict>) -> Vec<Stance> {
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for hit in read.hits.iter().filter(|h| h.context.target.is_some()) {
            if let Some(Verdict { sign, weight, leans }) = verdict(hit) {
                let counted = text[hit.span.start as usize..hit.span.end as usize].contains(|c: char| c.is_ascii_digit());
                pieces.push(Piece { hit, span: hit.span, sign, weight, leans: leans || counted });
            }
        }
        let whole = Whole::of(&pieces);
        let mut degrees: Vec<(Span, f64)> = Vec::new();
        for hit in &read.evaluations {
            let (class, sign) = &self.frames[hit.frame.0 as usize];
            let weight = f64::from(self.entries[hit.entry.0 as usize].1);
            match (sign, hit.context.target) {
                (0, _) if class.starts_with("degree") => degrees.push((hit.span, DEGREES[usize::from(class.ends_with("weak"))])),
                (0, _) | (_, None) => {}
                _ if weight < LEAST[usize::from(!class.starts_with("quality"))] => {}
                _ if class == "effect.help" && self.is_attitude(hit.span, &read.evaluations) => {}
                _ => {
                    let piece = Piece { hit, span: hit.span, sign: *sign, weight, leans: false };
                    if whole.agrees(&pieces, &piece) {
                        pieces.push(piece);
                    }
                }
            }
        }
        let mut harms: Vec<Span> = read.evaluations.iter().filter(|h| self.harms(h)).map(|h| h.span).collect();
        harms.sort_by_key(|h| h.end);
        pieces.retain(|p| {
            p.hit.context.target.is_some_and(|t| !GUESSES.contains(&t.rule)) && p.counts() && !p.is_harmed(text, &harms)
        });
        for piece in &mut pieces {
            if piece.negated() {
                piece.sign = -piece.sign;
            }
            piece.take_degree(text, &degrees);
        }
        pieces.sort_by_key(|p| (p.hit.sentence, p.target(), p.sign, p.span.start, p.span.end));
        let mut out: Vec<Stance> = Vec::new();
        for group in pieces.chunk_by(|a, b| a.key() == b.key()) {
            join(text, group, &mut out);
        }
        out.sort_by_key(|s| (s.span.start, s.span.end, s.target.map(|t| t.actor)));
        out
    }

    fn class(&self, hit: &Hit) -> &str {
        &self.frames[hit.frame.0 as usize].0
    }

    /// Whether words are an attitude toward somebody: then they say nothing of the one who holds it.
    fn is_attitude(&self, span: Span, evaluations: &[Hit]) -> bool {
        let from = evaluations.partition_point(|h| h.span.start < span.start);
        let here = evaluations[from..].iter().take_while(|h| h.span.start == span.start);
        here.filter(|h| h.span == span && h.context.target.is_some()).any(|h| self.class(h).starts_with("attitude"))
    }

    /// Whether something is hurt or hindered by what a match says.
    fn harms(&self, hit: &Hit) -> bool {
        self.class(hit) == "effect.harm" && hit.context.flags.is_none_or(|f| f.negation.is_none())
    }
}

/// Evaluations by start, that may hold others.
struct Whole {
    /// Of each, how far it and those before it reach.
    reach: Vec<u32>,
}

impl Whole {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let furthest = |reach: &mut u32, piece: &Piece<'_>| {
            *reach = piece.span.end.max(*reach);
            Some(*reach)
        };
        Self { reach: pieces.iter().scan(0, furthest).collect() }
    }

    /// Whether none of them, the first of `pieces`, is longer than `piece`, holds its words and says something else with them.
    fn agrees(&self, pieces: &[Piece<'_>], piece: &Piece<'_>) -> bool {
        let span = piece.span;
        let from = self.reach.partition_point(|reach| *reach < span.end);
        let begun = pieces[from..self.reach.len()].iter().take_while(|w| w.span.start <= span.start);
        let mut holding = begun.filter(|w| !w.leans && span.end <= w.span.end && w.span != span).peekable();
        holding.peek().is_none() || holding.any(|w| w.sign == piece.sign && w.target() == piece.target())
    }
}

impl Piece<'_> {
    fn target(&self) -> Option<u32> {
        self.hit.context.target.map(|t| t.actor.0)
    }

    fn key(&self) -> (u32, Option<u32>, i8) {
        (self.hit.sentence, self.target(), self.sign)
    }

    /// Whether these words are the good that somebody harms, "undermined stability": no credit to him, nor to others unless it is theirs. `harms` come by end.
    fn is_harmed(&self, text: &str, harms: &[Span]) -> bool {
        let owned = self.hit.context.target.is_some_and(|t| t.rule == "possessive");
        let last = harms[..harms.partition_point(|h| h.end <= self.span.start)].last();
        last.filter(|_| self.sign > 0 && !owned)
            .and_then(|harm| gap(text, *harm, self.span))
            .is_some_and(|g| g.split_whitespace().count() <= HARMED && !g.contains([',', ';', ':', '.', '!', '?']))
    }

    fn negated(&self) -> bool {
        self.hit.context.flags.is_some_and(|f| f.negation.is_some())
    }

    /// What is only wished for, or only so if something else is, evaluates nobody.
    fn counts(&self) -> bool {
        self.hit.context.flags.is_none_or(|f| !matches!(f.modality, Modality::Conditional | Modality::Desired))
    }

    /// Takes in a word of degree right before it.
    fn take_degree(&mut self, text: &str, degrees: &[(Span, f64)]) {
        let last = degrees[..degrees.partition_point(|d| d.0.end <= self.span.start)].last();
        if let Some((span, factor)) = last.filter(|d| gap(text, d.0, self.span).is_some_and(|g| g.trim().is_empty())) {
            self.span.start = span.start;
            self.weight *= factor;
        }
    }
}

/// What stands between two spans, the second of which begins after the first ends.
fn gap(text: &str, first: Span, second: Span) -> Option<&str> {
    (first.end <= second.start).then(|| &text[first.end as usize..second.start as usize])
}

/// Evaluations of one target and sign in a sentence, joined where they touch.
fn join(text: &str, pieces: &[Piece<'_>], out: &mut Vec<Stance>) {
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let (mut span, mut n) = (first.span, 1);
        while let Some(next) = rest.get(n) {
            if gap(text, span, next.span).is_some_and(|g| !JOINTS.contains(&g.trim())) {
                break;
            }
            span.end = span.end.max(next.span.end);
            span.start = span.start.min(next.span.start);
            n += 1;
        }
        let (joined, others) = rest.split_at(n);
        rest = others;
        let mut leaders = joined.iter().filter(|p| !p.leans);
        let spoken = leaders.clone().find(|p| p.hit.context.speaker.is_some());
        let Some(leader) = spoken.or_else(|| leaders.next()) else { continue };
        let context = &leader.hit.context;
        let weight: f64 = joined.iter().map(|p| p.weight).sum();
        out.push(Stance {
            span,
            sentence: leader.hit.sentence,
            speaker: context.speaker.clone(),
            target: context.target,
            polarity: leader.sign,
            strength: f64::from(leader.sign) * (SLOPE * weight).tanh(),
            quoted: context.quoted,
            flags: context.flags.unwrap_or_default(),
        });
    }
}
