//! A marked span rated: the weights of its features, added up.

use std::fmt::{Arguments, Write};
use std::ops::Range;

use super::features::{Sink, features};
use super::matrix::{Asked, touched};
use super::passage::{Buffers, Evaluations, Marked};
use super::weights::{Weight, Weights};
use crate::document::Document;
use crate::segment::words;
use crate::span::Span;

/// How a target is seen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rating {
    /// 1, 0 or -1: the likeliest.
    pub polarity: i8,
    /// How likely 1 is, less how likely -1 is.
    pub strength: f64,
    /// The sum of the weights: the logarithm of the odds of 1 against -1.
    pub score: f64,
    /// The sum of the neutral weights.
    pub neutral: f64,
    /// How many features have a weight.
    pub evidence: u32,
}

/// A feature that counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Addend {
    /// The words that show it.
    pub span: Span,
    /// What kind of feature.
    pub family: String,
    /// What it is.
    pub feature: String,
    /// How it lies to the target.
    pub relation: String,
    /// What it adds.
    pub weight: Weight,
}

struct Sum<'w, 'd, 't> {
    weights: &'w Weights,
    total: Weight,
    evidence: u32,
    name: String,
    addends: Option<(&'d Document<'t>, Vec<Addend>)>,
}

impl Sink for Sum<'_, '_, '_> {
    fn add(&mut self, family: &str, feature: Arguments<'_>, relation: Arguments<'_>, words: Range<u32>, value: f32) {
        self.name.clear();
        // Writing to a String cannot fail.
        let _ = write!(self.name, "{family}\t{feature}\t{relation}");
        let Some(weight) = self.weights.get(&self.name) else { return };
        let value = f64::from(value);
        let weight = Weight { toward: weight.toward * value, neutral: weight.neutral * value };
        self.total = Weight { toward: self.total.toward + weight.toward, neutral: self.total.neutral + weight.neutral };
        self.evidence += 1;
        if let Some((document, addends)) = &mut self.addends {
            let (span, family) = (document.span(words), family.to_owned());
            addends.push(Addend { span, family, feature: feature.to_string(), relation: relation.to_string(), weight });
        }
    }
}

impl Rating {
    fn of(total: Weight, evidence: u32) -> Self {
        let (plus, minus, neither) = (total.toward / 2.0, -total.toward / 2.0, total.neutral);
        let most = plus.max(minus).max(neither);
        let [p, m, n] = [plus, minus, neither].map(|s| (s - most).exp());
        let sum = p + m + n;
        let polarity = if n >= p && n >= m || evidence == 0 {
            0
        } else if p > m {
            1
        } else {
            -1
        };
        let strength = if evidence == 0 { 0.0 } else { (p - m) / sum };
        Self { polarity, strength, score: total.toward, neutral: total.neutral, evidence }
    }
}

impl Evaluations {
    /// How a target is seen; with every addend, if asked, the first of which is what the sum starts with. None where a span holds no word.
    #[must_use]
    pub fn rate(
        &self,
        asked: Asked<'_>,
        weights: &Weights,
        buffers: &mut Buffers,
        explain: bool,
    ) -> Option<(Rating, Vec<Addend>)> {
        let (text, target, holder) = asked;
        let words = words(text);
        let document = Document::new(text, &words, &self.language.abbreviations);
        let marked = Marked { target: touched(&document, target), holder: holder.map(|h| touched(&document, h)) };
        if marked.target.is_empty() || marked.holder.as_ref().is_some_and(Range::is_empty) {
            return None;
        }
        let begin = weights.start(&marked);
        let start =
            Addend { span: target, family: "start".into(), feature: String::new(), relation: String::new(), weight: begin };
        let addends = explain.then(|| (&document, vec![start]));
        let mut sum = Sum { weights, total: begin, evidence: 0, name: String::new(), addends };
        features(&self.passage(&document, &marked, buffers), &mut sum);
        Some((Rating::of(sum.total, sum.evidence), sum.addends.map_or_else(Vec::new, |a| a.1)))
    }
}
