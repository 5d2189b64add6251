//! Evaluations to numbers per group: how often, which way, how strongly, how sure.

use super::half_width;

/// A row of stances as far as scores need it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evaluated {
    /// Row of the document.
    pub doc: i64,
    /// The group it is in.
    pub group: u32,
    /// 1, 0 or -1; its sign is what counts.
    pub polarity: i64,
    /// From -1 to 1.
    pub strength: f64,
}

/// What a group of evaluations comes to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StanceScore {
    /// Documents with an evaluation of the group.
    pub documents: i64,
    /// Evaluations of polarity 1.
    pub positive: i64,
    /// Evaluations of polarity -1.
    pub negative: i64,
    /// Evaluations of polarity 0.
    pub neutral: i64,
    /// Mean polarity, with its 95 % interval; none without evaluations.
    pub mean: Option<f64>,
    /// Mean strength; none without evaluations.
    pub strength: Option<f64>,
    /// The interval of the mean; none where no document differs from another.
    pub interval: Option<(f64, f64)>,
}

impl StanceScore {
    /// How many evaluations there are.
    #[must_use]
    pub fn evaluations(&self) -> i64 {
        self.positive + self.negative + self.neutral
    }

    fn of(evaluations: &[Evaluated]) -> Self {
        let with = |sign: i64| evaluations.iter().filter(|e| e.polarity.signum() == sign).count() as i64;
        let n = evaluations.len() as f64;
        let documents: Vec<(i64, i64)> =
            evaluations.chunk_by(|a, b| a.doc == b.doc).map(|d| (d.iter().map(|e| e.polarity).sum(), d.len() as i64)).collect();
        let sum = documents.iter().map(|d| d.0).sum();
        Self {
            documents: documents.len() as i64,
            positive: with(1),
            negative: with(-1),
            neutral: with(0),
            mean: (n > 0.0).then(|| sum as f64 / n),
            strength: (n > 0.0).then(|| evaluations.iter().map(|e| e.strength).sum::<f64>() / n),
            interval: interval(&documents, sum, evaluations.len() as i64),
        }
    }
}

/// The ratio estimator of Σ polarity / Σ evaluations over documents as clusters. Where all documents have one mean, as a single one
/// has, nothing shows how they vary.
fn interval(documents: &[(i64, i64)], sum: i64, n: i64) -> Option<(f64, f64)> {
    if documents.iter().all(|(y, x)| y * n == sum * x) {
        return None;
    }
    let parts: Vec<(f64, f64)> = documents.iter().map(|(y, x)| (*y as f64, *x as f64)).collect();
    let mean = sum as f64 / n as f64;
    let reach = half_width(&parts, mean)? / n as f64;
    Some(((mean - reach).max(-1.0), (mean + reach).min(1.0)))
}

/// What each of `groups` groups comes to, in order.
#[must_use]
pub fn stance_scores(mut evaluations: Vec<Evaluated>, groups: usize) -> Vec<StanceScore> {
    evaluations.sort_by_key(|e| (e.group, e.doc));
    let mut out = vec![StanceScore::default(); groups];
    for group in evaluations.chunk_by(|a, b| a.group == b.group) {
        if let Some(score) = out.get_mut(group[0].group as usize) {
            *score = StanceScore::of(group);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evaluated(rows: &[(i64, u32, i64)]) -> Vec<Evaluated> {
        rows.iter().map(|&(doc, group, polarity)| Evaluated { doc, group, polarity, strength: polarity as f64 / 2.0 }).collect()
    }

    #[test]
    fn documents_are_the_clusters() {
        let scores = stance_scores(evaluated(&[(0, 1, 1), (2, 1, -1), (0, 1, 1), (2, 1, 0), (5, 0, -1)]), 3);
        let score = scores[1];
        assert_eq!((score.documents, score.positive, score.negative, score.neutral), (2, 2, 1, 1));
        assert_eq!((score.mean, score.strength), (Some(0.25), Some(0.125)));
        // residuals 2 - 0.5 and -1 - 0.5; se = sqrt(2 * 4.5) / 4; t(1) = 12.706: wider than what there is
        assert_eq!(score.interval, Some((-1.0, 1.0)));
        assert_eq!((scores[0].mean, scores[0].interval), (Some(-1.0), None), "one document");
        assert_eq!(scores[2], StanceScore::default());
    }

    #[test]
    fn the_interval_is_that_of_the_ratio_estimator() {
        let rows: Vec<_> = (0..40).flat_map(|doc| [(doc, 0, 1), (doc, 0, if doc % 2 == 0 { -1 } else { 1 })]).collect();
        let score = stance_scores(evaluated(&rows), 1)[0];
        // mean 0.5; residuals all 1 in size; se = sqrt(40/39 * 40) / 80; t(39) = 2.022691
        let reach = 2.022_691 * (40.0_f64 / 39.0 * 40.0).sqrt() / 80.0;
        let (low, high) = score.interval.unwrap();
        assert!((low - (0.5 - reach)).abs() < 1e-6 && (high - (0.5 + reach)).abs() < 1e-6, "{low} {high}");
    }

    #[test]
    fn documents_that_all_say_the_same_do_not_show_how_they_vary() {
        let thirds: Vec<_> = (0..9).flat_map(|doc| [(doc, 0, 1), (doc, 0, 0), (doc, 0, 0)]).collect();
        assert_eq!(stance_scores(evaluated(&thirds), 1)[0].interval, None);
    }
}
