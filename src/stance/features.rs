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
pub(super) struct Flag(pub bool);

impl Display for Flag {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0 { "!" } else { "" })
    }
}

/// One of the marked spans, looked at.
pub(super) struct View<'p, 'e> {
    pub passage: &'p Passage<'e>,
    pub span: &'p Range<u32>,
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
    pub fn side(&self, word: u32) -> char {
        if word < self.span.start { 'b' } else { 'a' }
    }

    pub fn distance(&self, words: &Range<u32>) -> u32 {
        if words.end <= self.span.start { self.span.start - words.end } else { words.start.saturating_sub(self.span.end) }
    }

    fn features(&self, sink: &mut impl Sink) {
        self.structure(sink);
        self.sums(sink);
        for found in &self.passage.found {
            self.evaluation(found, sink);
        }
        self.neighbours(sink);
        self.belongings(sink);
        self.verbs(sink);
        self.anchored(sink);
        self.words(sink);
    }

    pub fn add(
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
        let between = if side == 'b' { words.end..self.span.start } else { self.span.end..words.start };
        let others = if p.names_in(between.clone()) > 0 { "N" } else { "" };
        add("class", format_args!("{class}"), format_args!("{side}{}{no}", step(distance)));
        add("class", format_args!("{class}"), format_args!("{clause}{side} {others}{no}"));
        add("class", format_args!("{class}"), format_args!("{quote}{side}{no}"));
        add("class", format_args!("{class}"), format_args!("{clause}{quote}{no}"));
        add("class", format_args!("{class}"), format_args!("{role} {part}{no}"));
        add("class", format_args!("{class}"), format_args!("{no}"));
        if found.sign != 0 {
            let sign = if (found.sign > 0) == found.negated { "bad" } else { "good" };
            add("sign", format_args!("{sign}"), format_args!("{clause}{quote}{side}{}", step(distance)));
            add("sign", format_args!("{sign}"), format_args!("{role} {part}"));
            add("sign", format_args!("{sign}"), format_args!("{side}{} {others}", step(distance)));
            add("sign", format_args!("{sign}"), format_args!("{clause}{quote} {role}"));
        }
        if distance <= 4
            && side == 'b'
            && let Some(preposition) = p.preposition(self.span)
        {
            add("class", format_args!("{class}"), format_args!("{preposition}>{no}"));
        }
        if distance <= 4 {
            let path = between.filter_map(|i| self.form(i)).collect::<Vec<_>>().join(" ");
            add("link", format_args!("{class}"), format_args!("{side} {path}"));
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

    /// What is the span's: "X's failure".
    fn belongings(&self, sink: &mut impl Sink) {
        let head = self.span.end.saturating_sub(1).max(self.span.start);
        if !self.passage.is(head, Classes::GENITIVE | Classes::POSSESSIVE) {
            return;
        }
        for i in self.span.end..(self.span.end + 4).min(self.passage.end()) {
            let Some(token) = self.passage.token(i).filter(|t| !t.classes.any(Classes::FUNCTION)) else { return };
            self.add(sink, "own", format_args!("{}", token.stem), format_args!(""), i..i + 1, 1.0);
            for found in self.passage.found.iter().filter(|f| f.words.start == i) {
                self.add(sink, "own", format_args!("{}", found.class), format_args!("class"), found.words.clone(), 1.0);
            }
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
