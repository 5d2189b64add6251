//! Words and phrases around a marked span.

use std::fmt::Arguments;

use super::features::{Flag, Sink, View};
use super::passage::Token;
use crate::grammar::Classes;

impl View<'_, '_> {
    /// A word as n-grams see it; names that stand together are one.
    pub fn form(&self, i: u32) -> Option<&str> {
        let marked = &self.passage.marked;
        if marked.target.contains(&i) {
            return Some("X");
        }
        if marked.holder.as_ref().is_some_and(|h| h.contains(&i)) {
            return Some("Y");
        }
        self.passage.token(i).map(|t| t.form.as_str())
    }

    /// Up to three words on either side, names as one.
    fn around(&self) -> (Vec<&str>, Vec<&str>) {
        let mut sides = (Vec::new(), Vec::new());
        let push = |side: &mut Vec<_>, i| match self.form(i) {
            Some(form) if side.last() != Some(&form) || !matches!(form, "N" | "X" | "Y") => side.push(form),
            _ => {}
        };
        let mut i = self.span.start;
        while sides.0.len() < 4 && i > self.passage.first {
            i -= 1;
            push(&mut sides.0, i);
        }
        i = self.span.end;
        while sides.1.len() < 4 && i < self.passage.end() {
            push(&mut sides.1, i);
            i += 1;
        }
        sides
    }

    /// N-grams that touch the span.
    pub fn anchored(&self, sink: &mut impl Sink) {
        let (before, after) = self.around();
        let mut before: Vec<&str> = before.into_iter().rev().collect();
        if before.len() < 4 {
            before.insert(0, "^");
        }
        let mut after = after;
        if after.len() < 4 {
            after.push("$");
        }
        let mut add = |left: &[&str], right: &[&str]| {
            let words = self.span.start.saturating_sub(left.len() as u32).max(self.passage.first)
                ..(self.span.end + right.len() as u32).min(self.passage.end());
            let (l, r) = (left.join(" "), right.join(" "));
            self.add(sink, "phrase", format_args!("{l} X {r}"), format_args!(""), words, 1.0);
        };
        let (b, a) = (before.len(), after.len());
        for n in 1..=3 {
            if n <= b {
                add(&before[b - n..], &[]);
            }
            if n <= a {
                add(&[], &after[..n]);
            }
        }
        if b > 0 && a > 0 {
            add(&before[b - 1..], &after[..1]);
        }
        if b > 0 && a > 1 {
            add(&before[b - 1..], &after[..2]);
        }
        if b > 1 && a > 0 {
            add(&before[b - 2..], &after[..1]);
        }
    }

    /// Words, and pairs of neighbours, by side, clause, role and quotation.
    pub fn words(&self, sink: &mut impl Sink) {
        let p = self.passage;
        let mut last: Option<(u32, &Token)> = None;
        for (i, token) in (p.first..).zip(&p.tokens) {
            let marked = matches!(self.form(i), Some("X" | "Y"));
            let function = token.classes.any(Classes::FUNCTION) && !token.classes.any(Classes::NEGATIVE);
            if marked || function || token.form == "0" {
                continue;
            }
            let words = i..i + 1;
            let no = Flag(token.negated);
            let side = self.side(i);
            let distance = self.distance(&words);
            let family = if token.name { "name" } else { "word" };
            let stem = &token.stem;
            let clause = p.clause_relation(self.span, i);
            let role = p.clause_of(i).map_or("n", |c| p.role(self.span, c));
            let mut add =
                |feature: Arguments<'_>, relation: Arguments<'_>| self.add(sink, family, feature, relation, words.clone(), 1.0);
            add(format_args!("{stem}"), format_args!("{no}"));
            add(format_args!("{stem}"), format_args!("{side}{no}"));
            add(format_args!("{stem}"), format_args!("{clause}{no}"));
            add(format_args!("{stem}"), format_args!("{}{no}", p.quote_relation(self.span, i)));
            if role != "n" {
                add(format_args!("{stem}"), format_args!("{role}{no}"));
            }
            if distance <= 5 {
                add(format_args!("{stem}"), format_args!("{side}5{no}"));
            }
            if let Some((j, before)) = last.filter(|l| i - l.0 <= 4) {
                self.add(sink, "pair", format_args!("{} {stem}", before.stem), format_args!("{no}"), j..i + 1, 1.0);
                self.add(sink, "pair", format_args!("{} {stem}", before.stem), format_args!("{side}"), j..i + 1, 1.0);
            }
            last = Some((i, token));
            if let (Some(form), Some(next)) = (self.form(i), self.form(i + 1)) {
                self.add(sink, "gram", format_args!("{form} {next}"), format_args!("{side}"), i..(i + 2).min(p.end()), 1.0);
            }
        }
    }
}
