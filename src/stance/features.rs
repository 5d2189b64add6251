//! Named features of a marked span: what stands around it, by its relation to it.

use std::fmt::{Arguments, Display, Formatter};
use std::ops::Range;

use super::passage::{Found, Passage, Token};
use crate::grammar::Classes;

/// Takes features as they are found.
pub trait Sink {
    /// A feature: its family, what it is, how that lies to the span, the words that show it, and its value.
    fn add(&mut self, family: &str, feature: Arguments<'_>, relation: Arguments<'_>, words: Range<u32>, value: f32);
}

/// A letter of a relation that is there only when something is so.
#[derive(Clone, Copy)]
struct Flag(bool);

impl Display for Flag {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0 { "!" } else { "" })
    }
}

/// One of the marked spans, looked at.
struct View<'p, 'e> {
    passage: &'p Passage<'e>,
    span: &'p Range<u32>,
    /// Put before family names: "" for the target, "h" for the holder.
    who: &'static str,
}

/// All features of a passage.
pub(super) fn features(passage: &Passage<'_>, sink: &mut impl Sink) {
    View { passage, span: &passage.marked.target, who: "" }.features(sink);
    if let Some(holder) = &passage.marked.holder {
        View { passage, span: holder, who: "h" }.features(sink);
        super::pairs::features(passage, holder, sink);
    }
}

/// How many words lie between, in steps.
pub(super) fn step(distance: u32) -> u32 {
    match distance {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        6..=10 => 3,
        11..=20 => 4,
        _ => 5,
    }
}

impl View<'_, '_> {
    fn side(&self, word: u32) -> char {
        if word < self.span.start { 'b' } else { 'a' }
    }

    fn distance(&self, words: &Range<u32>) -> u32 {
        if words.end <= self.span.start { self.span.start - words.end } else { words.start.saturating_sub(self.span.end) }
    }

    fn features(&self, sink: &mut impl Sink) {
        self.structure(sink);
        self.sums(sink);
        for found in &self.passage.found {
            self.evaluation(found, sink);
        }
        self.neighbours(sink);
        self.verbs(sink);
        self.anchored(sink);
        self.words(sink);
    }

    fn add(
        &self,
        sink: &mut impl Sink,
        family: &str,
        feature: Arguments<'_>,
        relation: Arguments<'_>,
        words: Range<u32>,
        value: f32,
    ) {
        if self.who.is_empty() {
            sink.add(family, feature, relation, words, value);
        } else {
            sink.add(&format!("{}{family}", self.who), feature, relation, words, value);
        }
    }

    /// What the span itself is, and where it stands.
    fn structure(&self, sink: &mut impl Sink) {
        let (p, span) = (self.passage, self.span.clone());
        let head = span.end.saturating_sub(1).max(span.start);
        let mut one =
            |feature: Arguments<'_>, relation: Arguments<'_>| self.add(sink, "place", feature, relation, span.clone(), 1.0);
        if let Some(clause) = p.clause_of(head) {
            one(format_args!("role"), format_args!("{}", p.role(&span, clause)));
            one(format_args!("link"), format_args!("{:?}", clause.link));
            one(format_args!("role link"), format_args!("{} {:?}", p.role(&span, clause), clause.link));
            one(format_args!("verb"), format_args!("{}", clause.verb.is_some()));
        }
        let quoted = p.token(head).is_some_and(|t| t.quote > 0);
        let marks = p.tokens.iter().any(|t| t.quote > 0);
        one(
            format_args!("quote"),
            format_args!(
                "{}",
                if quoted {
                    "in"
                } else if p.speaks(&span) {
                    "speaks"
                } else if marks {
                    "out"
                } else {
                    "none"
                }
            ),
        );
        let kind = p.token(head).map_or("", |t| kind(t));
        one(format_args!("kind"), format_args!("{kind}"));
        let names = p.tokens.iter().filter(|t| t.name).count().min(8) / 2;
        one(format_args!("names"), format_args!("{names}"));
        one(format_args!("length"), format_args!("{}", p.tokens.len() / 12));
        one(format_args!("from start"), format_args!("{}", step(span.start - p.first)));
        one(format_args!("from end"), format_args!("{}", step(p.end() - span.end.min(p.end()))));
    }

    /// Evaluations of a sign together, by side and nearness.
    fn sums(&self, sink: &mut impl Sink) {
        let mut sums = [[0.0_f32; 6]; 2];
        for found in self.passage.found.iter().filter(|f| f.sign != 0) {
            let good = (found.sign > 0) != found.negated;
            let near = (-(self.distance(&found.words) as f32) / 6.0).exp() * found.weight;
            let same = matches!(self.passage.clause_relation(self.span, found.words.start), 's' | 'i');
            let row = &mut sums[usize::from(good)];
            row[usize::from(self.side(found.words.start) == 'a')] += near;
            row[2] += found.weight;
            row[3] += if same { found.weight } else { 0.0 };
            row[4] += if same { near } else { 0.0 };
            row[5] += match self.passage.quote_relation(self.span, found.words.start) {
                'n' | 's' => found.weight,
                _ => 0.0,
            };
        }
        let all = self.passage.first..self.passage.end();
        for (sign, row) in ["bad", "good"].iter().zip(&sums) {
            for (name, value) in ["before", "after", "all", "clause", "clause near", "voice"].iter().zip(row) {
                if *value > 0.0 {
                    self.add(sink, "sum", format_args!("{sign}"), format_args!("{name}"), all.clone(), value.sqrt());
                }
            }
        }
        for (i, name) in ["before", "after", "all", "clause", "clause near", "voice"].iter().enumerate() {
            let balance = sums[1][i] - sums[0][i];
            if balance != 0.0 {
                self.add(
                    sink,
                    "sum",
                    format_args!("balance"),
                    format_args!("{name}"),
                    all.clone(),
                    balance.signum() * balance.abs().sqrt(),
                );
                self.add(
                    sink,
                    "sum",
                    format_args!("winner"),
                    format_args!("{name} {}", if balance > 0.0 { "good" } else { "bad" }),
                    all.clone(),
                    1.0,
                );
            }
        }
    }

    /// An entry of the evaluation lexicon by its relations.
    fn evaluation(&self, found: &Found<'_>, sink: &mut impl Sink) {
        let (p, Found { class, entry, words, .. }) = (self.passage, found);
        let no = Flag(found.negated);
        let side = self.side(words.start);
        let distance = self.distance(words);
        let clause = p.clause_relation(self.span, words.start);
        let quote = p.quote_relation(self.span, words.start);
        let part = p.part(found);
        let role = p.clause_of(words.start).map_or("n", |c| p.role(self.span, c));
        let mut add = |family: &str, feature: Arguments<'_>, relation: Arguments<'_>| {
            self.add(sink, family, feature, relation, words.clone(), 1.0);
        };
        add("class", format_args!("{class}"), format_args!("{side}{}{no}", step(distance)));
        add("class", format_args!("{class}"), format_args!("{clause}{side}{no}"));
        add("class", format_args!("{class}"), format_args!("{quote}{side}{no}"));
        add("class", format_args!("{class}"), format_args!("{clause}{quote}{no}"));
        add("class", format_args!("{class}"), format_args!("{role} {part}{no}"));
        add("class", format_args!("{class}"), format_args!("{no}"));
        if found.sign != 0 {
            let sign = if (found.sign > 0) == found.negated { "bad" } else { "good" };
            add("sign", format_args!("{sign}"), format_args!("{clause}{quote}{side}{}", step(distance)));
            add("sign", format_args!("{sign}"), format_args!("{role} {part}"));
            add("sign", format_args!("{sign}"), format_args!("{clause}{quote} {role}"));
        }
        if distance <= 4
            && side == 'b'
            && let Some(preposition) = p.preposition(self.span)
        {
            add("class", format_args!("{class}"), format_args!("{preposition}>{no}"));
        }
        add("entry", format_args!("{entry}"), format_args!("{no}"));
        add("entry", format_args!("{entry}"), format_args!("{side}{no}"));
        add("entry", format_args!("{entry}"), format_args!("{clause}{no}"));
        add("entry", format_args!("{entry}"), format_args!("{role}{no}"));
        add("entry", format_args!("{entry}"), format_args!("{quote}{no}"));
    }

    /// The nearest evaluations on both sides.
    fn neighbours(&self, sink: &mut impl Sink) {
        let signed = || self.passage.found.iter().filter(|f| f.sign != 0);
        let before = signed().filter(|f| f.words.end <= self.span.start).max_by_key(|f| f.words.end);
        let after = signed().filter(|f| f.words.start >= self.span.end).min_by_key(|f| f.words.start);
        let class = |f: Option<&Found<'_>>| f.map_or(String::from("none"), |f| format!("{}{}", f.class, Flag(f.negated)));
        let words = before.or(after).map_or(self.span.clone(), |f| f.words.clone());
        self.add(sink, "near", format_args!("{} X {}", class(before), class(after)), format_args!("both"), words.clone(), 1.0);
        if let Some(clause) = self.passage.clause_of(self.span.end.saturating_sub(1).max(self.span.start)) {
            let role = self.passage.role(self.span, clause);
            self.add(sink, "near", format_args!("{}", class(before)), format_args!("{role} b"), words.clone(), 1.0);
            self.add(sink, "near", format_args!("{}", class(after)), format_args!("{role} a"), words, 1.0);
        }
    }

    /// The verbs the span is a part of.
    fn verbs(&self, sink: &mut impl Sink) {
        let p = self.passage;
        for clause in &p.clauses {
            let Some(verb) = &clause.verb else { continue };
            let role = p.role(self.span, clause);
            if role == "n" {
                continue;
            }
            let Some(main) = p.token(verb.end - 1) else { continue };
            let no = Flag(verb.clone().any(|i| p.is(i, Classes::NEGATIVE)));
            self.add(sink, "verb", format_args!("{}", main.stem), format_args!("{role}{no}"), verb.clone(), 1.0);
            let helped = if verb.len() > 1 { p.token(verb.start).map_or("", |t| &t.form) } else { "" };
            self.add(sink, "verb", format_args!("{helped} {}", main.stem), format_args!("{role}"), verb.clone(), 1.0);
            let next = p.token(verb.end).map_or("", |t| if self.span.contains(&verb.end) { "X" } else { &t.form });
            self.add(sink, "verb", format_args!("{} {next}", main.stem), format_args!("{role}"), verb.start..verb.end + 1, 1.0);
            for found in p.found.iter().filter(|f| clause.words.contains(&f.words.start) && f.words.start >= verb.end) {
                let class = found.class;
                self.add(
                    sink,
                    "verb",
                    format_args!("{} .. {class}", main.stem),
                    format_args!("{role}{no}"),
                    verb.start..found.words.end,
                    1.0,
                );
            }
        }
    }

    /// A word as n-grams see it; names that stand together are one.
    fn form(&self, i: u32) -> Option<&str> {
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
    fn anchored(&self, sink: &mut impl Sink) {
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
    fn words(&self, sink: &mut impl Sink) {
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

fn kind(token: &Token) -> &'static str {
    match token.classes {
        c if c.any(Classes::POSSESSIVE) => "possessive",
        c if c.any(Classes::PRONOUN) => "pronoun",
        c if c.any(Classes::GENITIVE) => "genitive",
        c if c.any(Classes::CAPITAL) => "name",
        _ => "noun",
    }
}
