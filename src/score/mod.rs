//! Hits to numbers: per document and frame, or per group of documents and frame; evaluations to numbers per group.

mod evaluation;

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::error::{Error, Result};
pub use evaluation::{Evaluated, StanceScore, stance_scores};

/// What is told of a frame.
///
/// On a text of 200 words with 3 hits of the frame (weights 1, 1, 0.5) out of 4 hits in all:
///
/// | measure | value | |
/// |---|---|---|
/// | `count` | 3 | hits |
/// | `rate` | 15 | hits per 1,000 words |
/// | `share` | 0.75 | of all hits |
/// | `presence` | 1 | whether there is a hit |
/// | `weight` | 2.5 | sum of the entries' weights |
/// | `logit` | -4.03 | ln((count + ½) / (words − count + ½)), the empirical logit (Cox 1970) |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Hits per 1,000 words.
    Rate,
    /// Share of the hits of all frames.
    Share,
    /// 1 where there is a hit, else 0; over a group, the share of documents with one.
    Presence,
    /// Hits.
    Count,
    /// Sum of weights.
    Weight,
    /// Empirical logit of hits among words.
    Logit,
}

impl Measure {
    /// Every measure by its name.
    pub const ALL: [(&'static str, Self); 6] = [
        ("rate", Self::Rate),
        ("share", Self::Share),
        ("presence", Self::Presence),
        ("count", Self::Count),
        ("weight", Self::Weight),
        ("logit", Self::Logit),
    ];

    /// The measure of that name.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().find(|m| m.0 == name);
        found.map(|m| m.1).ok_or_else(|| Error::unknown_measure(name, Self::ALL.iter().map(|m| m.0)))
    }
}

/// Counts and weights, documents × frames.
#[derive(Debug, Clone)]
pub struct Tally {
    frames: usize,
    /// Words of each document; none for a null text.
    words: Vec<Option<i64>>,
    counts: Vec<i64>,
    weights: Vec<f64>,
}

/// A row of hits as far as scores need it. A hit said of two targets is two rows, of one entry at one place, and counts once.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Counted {
    /// Row of the document.
    pub doc: i64,
    /// First code point.
    pub start: i64,
    /// One past the last.
    pub end: i64,
    /// Index of the frame.
    pub frame: u32,
    /// Tells the entries of a frame apart.
    pub entry: u32,
    /// Weight of the entry.
    pub weight: f64,
}

/// A number for a group of documents, with a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupScore {
    /// Documents whose text is not null.
    pub documents: i64,
    /// Their words.
    pub words: i64,
    /// Their hits of the frame.
    pub count: i64,
    /// The measure; none where there is no evidence.
    pub value: Option<f64>,
    /// The interval; none for fewer than two documents, nor where no hit tells how hits vary.
    pub interval: Option<(f64, f64)>,
}

impl Tally {
    /// Counts hits.
    #[must_use]
    pub fn new(words: Vec<Option<i64>>, frames: usize, mut hits: Vec<Counted>) -> Self {
        let place = |h: &Counted| (h.doc, h.start, h.end, h.frame, h.entry);
        hits.sort_by_key(place);
        hits.dedup_by_key(|h| place(h));
        let mut out = Self { frames, counts: vec![0; words.len() * frames], weights: vec![0.0; words.len() * frames], words };
        for hit in hits {
            let at = hit.doc as usize * frames + hit.frame as usize;
            out.counts[at] += 1;
            out.weights[at] += hit.weight;
        }
        out
    }

    /// The measure for one document and frame.
    #[must_use]
    pub fn value(&self, measure: Measure, doc: usize, frame: usize) -> Option<f64> {
        let words = self.words[doc]?;
        let (y, x) = self.ratio(measure, doc, frame, words);
        finish(measure, y, x)
    }

    /// The measure for all documents of each group, in order of group; `groups` gives the group of each document.
    #[must_use]
    pub fn group(&self, measure: Measure, frame: usize, groups: &[Option<u32>], n: usize) -> Vec<GroupScore> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (doc, group) in groups.iter().enumerate() {
            if let (Some(group), Some(_)) = (group, self.words[doc]) {
                members[*group as usize].push(doc);
            }
        }
        members.iter().map(|docs| self.group_score(measure, frame, docs)).collect()
    }

    fn group_score(&self, measure: Measure, frame: usize, docs: &[usize]) -> GroupScore {
        let words = docs.iter().filter_map(|d| self.words[*d]).sum();
        let count = docs.iter().map(|d| self.counts[d * self.frames + frame]).sum();
        let parts: Vec<(f64, f64)> = docs.iter().filter_map(|d| Some(self.ratio(measure, *d, frame, self.words[*d]?))).collect();
        let (y, x) = parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let value = if docs.is_empty() { None } else { finish(measure, y, x) };
        let interval = value.and_then(|v| interval(measure, v, &parts, y, x));
        GroupScore { documents: docs.len() as i64, words, count, value, interval }
    }

    /// What a document adds above and below the line.
    fn ratio(&self, measure: Measure, doc: usize, frame: usize, words: i64) -> (f64, f64) {
        let row = doc * self.frames;
        let count = self.counts[row + frame] as f64;
        match measure {
            Measure::Rate | Measure::Logit => (count, words as f64),
            Measure::Share => (count, self.counts[row..row + self.frames].iter().sum::<i64>() as f64),
            Measure::Presence => (f64::from(u8::from(count > 0.0)), 1.0),
            Measure::Count => (count, 1.0),
            Measure::Weight => (self.weights[row + frame], 1.0),
        }
    }
}

fn finish(measure: Measure, y: f64, x: f64) -> Option<f64> {
    match measure {
        Measure::Count | Measure::Weight => Some(y),
        _ if x == 0.0 => None,
        Measure::Rate => Some(1000.0 * y / x),
        Measure::Share | Measure::Presence => Some(y / x),
        Measure::Logit => (x - y > -0.5).then(|| ((y + 0.5) / (x - y + 0.5)).ln()),
    }
}

/// 95 %, Student's t. Documents are the clusters: a ratio of sums has the linearised variance of the ratio estimator (Cochran 1977, section 6.4),
/// presence is a proportion of documents (Wilson 1927), sums have the variance of a sum of independent documents.
fn interval(measure: Measure, value: f64, parts: &[(f64, f64)], y: f64, x: f64) -> Option<(f64, f64)> {
    let n = parts.len() as f64;
    if measure == Measure::Presence && parts.len() > 1 {
        return Some(wilson(value, n));
    }
    if parts.len() < 2 || y == 0.0 {
        return None;
    }
    let reach = match measure {
        Measure::Count | Measure::Weight => half_width(parts, y / n)?,
        _ => half_width(parts, y / x)? / x,
    };
    Some(match measure {
        Measure::Rate => ((value - 1000.0 * reach).max(0.0), value + 1000.0 * reach),
        Measure::Share => ((value - reach).max(0.0), (value + reach).min(1.0)),
        Measure::Logit => {
            let p = (y + 0.5) / (x + 1.0);
            let reach = reach / (p * (1.0 - p));
            (value - reach, value + reach)
        }
        _ => ((value - reach).max(0.0), value + reach),
    })
}

/// t · √( n/(n−1) · Σ(yᵢ − r·xᵢ)² ), half of a 95 % interval of Σy; none for fewer than two parts.
fn half_width(parts: &[(f64, f64)], r: f64) -> Option<f64> {
    let n = parts.len() as f64;
    let t = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(0.975);
    let spread = parts.iter().map(|(y, x)| (y - r * x).powi(2)).sum::<f64>() * n / (n - 1.0);
    Some(t * spread.sqrt())
}

fn wilson(p: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let z2 = Z * Z / n;
    let centre = (p + z2 / 2.0) / (1.0 + z2);
    let reach = Z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt() / (1.0 + z2);
    ((centre - reach).max(0.0), (centre + reach).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(doc: i64, start: i64, frame: u32, weight: f64) -> Counted {
        Counted { doc, start, end: start + 1, frame, entry: 0, weight }
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn the_example_of_the_measures_holds() {
        let hits = vec![hit(0, 1, 0, 1.0), hit(0, 2, 0, 1.0), hit(0, 3, 0, 0.5), hit(0, 3, 0, 0.5), hit(0, 4, 1, 1.0)];
        let tally = Tally::new(vec![Some(200)], 2, hits);
        for (name, want) in
            [("count", 3.0), ("rate", 15.0), ("share", 0.75), ("presence", 1.0), ("weight", 2.5), ("logit", -4.032_976)]
        {
            let value = tally.value(Measure::named(name).unwrap(), 0, 0).unwrap();
            assert!(near(value, want), "{name} {value}");
        }
    }

    #[test]
    fn no_evidence_is_none_and_not_zero() {
        let tally = Tally::new(vec![None, Some(0), Some(10)], 1, vec![]);
        let values = |m| (0..3).map(|d| tally.value(m, d, 0)).collect::<Vec<_>>();
        assert_eq!(values(Measure::Rate), [None, None, Some(0.0)]);
        assert_eq!(values(Measure::Share), [None, None, None]);
        assert_eq!(values(Measure::Count), [None, Some(0.0), Some(0.0)]);
    }

    #[test]
    fn groups_pool_their_documents_and_tell_how_sure_they_are() {
        let tally = Tally::new(
            vec![Some(100), Some(300), None, Some(50)],
            1,
            vec![hit(0, 1, 0, 1.0), hit(0, 2, 0, 1.0), hit(1, 1, 0, 1.0)],
        );
        let groups = [Some(0), Some(0), Some(0), Some(1)];
        let rates = tally.group(Measure::Rate, 0, &groups, 3);
        assert_eq!((rates[0].documents, rates[0].words, rates[0].count), (2, 400, 3));
        assert!(near(rates[0].value.unwrap(), 7.5));
        // r = 0.0075; residuals 1.25 and -1.25; se = sqrt(2 * 3.125) / 400; t(1) = 12.706
        assert!(near(rates[0].interval.unwrap().1, 7.5 + 1000.0 * 12.706_205 * 2.5 / 400.0));
        assert_eq!(rates[1].interval, None);
        let none = Tally::new(vec![Some(9), Some(9)], 1, vec![]).group(Measure::Rate, 0, &[Some(0), Some(0)], 1);
        assert_eq!((none[0].value, none[0].interval), (Some(0.0), None), "no hit is no certainty");
        assert_eq!(rates[2].value, None);
        let presence = tally.group(Measure::Presence, 0, &groups, 2);
        assert!(near(presence[0].interval.unwrap().0, 0.342_376));
    }
}
