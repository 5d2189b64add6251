//! Features of holder and target together.

use std::ops::Range;

use super::features::{Sink, step};
use super::passage::Passage;
use crate::grammar::Classes;

/// What stands between, before and after the two, and the verbs they share.
pub(super) fn features(p: &Passage<'_>, holder: &Range<u32>, sink: &mut impl Sink) {
    let target = &p.marked.target;
    let (first, second) = if holder.start <= target.start { (holder, target) } else { (target, holder) };
    let order = if holder.start <= target.start { "HT" } else { "TH" };
    let between = first.end.min(second.start)..second.start;
    let both = first.start..second.end.max(first.end);
    let clause = |s: &Range<u32>| p.token(s.end.saturating_sub(1).max(s.start)).map(|t| (t.sentence, t.clause));
    let near = match (clause(holder), clause(target)) {
        (Some(h), Some(t)) if h == t => "clause",
        (Some(h), Some(t)) if h.0 == t.0 => "sentence",
        _ => "apart",
    };
    sink.add("both place", format_args!("order"), format_args!("{order}"), both.clone(), 1.0);
    sink.add(
        "both place",
        format_args!("order"),
        format_args!("{order} {near} {}", step(between.len() as u32)),
        both.clone(),
        1.0,
    );
    let names = between.clone().filter(|i| p.token(*i).is_some_and(|t| t.name)).count().min(3);
    sink.add("both place", format_args!("names between"), format_args!("{order} {names}"), both.clone(), 1.0);
    super::shape::features(p, "shape", target, order, sink);
    super::shape::features(p, "hshape", holder, order, sink);
    verbs(p, holder, order, sink);
    evaluations(p, holder, &between, order, sink);
    path(p, &between, order, sink);
}

/// Verbs of which both are a part.
fn verbs(p: &Passage<'_>, holder: &Range<u32>, order: &str, sink: &mut impl Sink) {
    for clause in &p.clauses {
        let Some(verb) = &clause.verb else { continue };
        let (h, t) = (p.role(holder, clause), p.role(&p.marked.target, clause));
        let Some(main) = p.token(verb.end - 1) else { continue };
        if h == "n" {
            continue;
        }
        let no = if verb.clone().any(|i| p.is(i, Classes::NEGATIVE)) { "!" } else { "" };
        sink.add("both verb", format_args!("{}", main.stem), format_args!("{h} {t}{no}"), verb.clone(), 1.0);
        sink.add("both verb", format_args!("any"), format_args!("{h} {t} {order}"), verb.clone(), 1.0);
        for f in p.found.iter().filter(|f| f.words.start < verb.end && verb.start < f.words.end) {
            sink.add("both verb", format_args!("{}", f.class), format_args!("{h} {t}{no}"), verb.clone(), 1.0);
        }
    }
}

/// Evaluations by where they stand among the two, and by the parts both play in their clause.
fn evaluations(p: &Passage<'_>, holder: &Range<u32>, between: &Range<u32>, order: &str, sink: &mut impl Sink) {
    let mut sums = [[0.0_f32; 3]; 2];
    for f in &p.found {
        let no = if f.negated { "!" } else { "" };
        let place = if f.words.start < between.start { 0 } else { 1 + usize::from(f.words.start >= between.end) };
        let name = ["before", "between", "after"][place];
        let clause = p.clause_of(f.words.start);
        let roles = clause.map(|c| (p.role(holder, c), p.role(&p.marked.target, c)));
        let (h, t) = roles.unwrap_or(("n", "n"));
        let hc = p.clause_relation(holder, f.words.start);
        let tc = p.clause_relation(&p.marked.target, f.words.start);
        let hq = p.quote_relation(holder, f.words.start);
        let tq = p.quote_relation(&p.marked.target, f.words.start);
        let part = p.part(f);
        sink.add("both class", format_args!("{}", f.class), format_args!("{name} {order}{no}"), f.words.clone(), 1.0);
        sink.add("both class", format_args!("{}", f.class), format_args!("{h} {part} {t}{no}"), f.words.clone(), 1.0);
        sink.add("both class", format_args!("{}", f.class), format_args!("{hc}{tc} {hq}{tq}{no}"), f.words.clone(), 1.0);
        sink.add("both entry", format_args!("{}", f.entry), format_args!("{name} {order}{no}"), f.words.clone(), 1.0);
        if f.sign != 0 {
            let good = (f.sign > 0) != f.negated;
            let sign = if good { "good" } else { "bad" };
            sums[usize::from(good)][place] += f.weight;
            sink.add("both sign", format_args!("{sign}"), format_args!("{name} {order} {hc}{tc}"), f.words.clone(), 1.0);
            sink.add("both sign", format_args!("{sign}"), format_args!("{h} {part} {t}"), f.words.clone(), 1.0);
            sink.add("both sign", format_args!("{sign}"), format_args!("{hq}{tq} {name} {order}"), f.words.clone(), 1.0);
        }
    }
    let all = p.first..p.end();
    for (sign, row) in ["bad", "good"].iter().zip(&sums) {
        for (name, value) in ["before", "between", "after"].iter().zip(row).filter(|r| *r.1 > 0.0) {
            sink.add("both sum", format_args!("{sign}"), format_args!("{name} {order}"), all.clone(), value.sqrt());
        }
    }
}

/// The words between the two.
fn path(p: &Passage<'_>, between: &Range<u32>, order: &str, sink: &mut impl Sink) {
    let mut forms: Vec<&str> = Vec::new();
    for i in between.clone() {
        let Some(token) = p.token(i) else { continue };
        if !token.name && !token.classes.any(Classes::FUNCTION) {
            sink.add("between", format_args!("{}", token.stem), format_args!("{order}"), i..i + 1, 1.0);
        }
        if forms.last() != Some(&"N") || !token.name {
            forms.push(&token.form);
        }
    }
    if forms.len() <= 6 {
        sink.add("path", format_args!("{}", forms.join(" ")), format_args!("{order}"), between.clone(), 1.0);
    }
    if !forms.is_empty() {
        let (head, tail) = (forms[..forms.len().min(2)].join(" "), forms[forms.len().saturating_sub(2)..].join(" "));
        sink.add("path", format_args!("{head} .."), format_args!("{order}"), between.clone(), 1.0);
        sink.add("path", format_args!(".. {tail}"), format_args!("{order}"), between.clone(), 1.0);
    }
}
