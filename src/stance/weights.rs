//! Weights of features: the file they are shipped in, and the sum they give.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;
use serde::Deserialize;

use super::passage::Marked;
use crate::error::{Error, Result};

/// The version of the file this package reads.
const VERSION: u32 = 1;

/// Family, feature, relation: the weights.
type Nested = BTreeMap<String, BTreeMap<String, BTreeMap<String, [i32; 2]>>>;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    framescope_weights: u32,
    kind: Kind,
    #[allow(dead_code)] // for readers of the file
    provenance: serde_json::Value,
    step: f64,
    start: [f64; 2],
    /// What sums start with where the holder stands after the target; where it is not given, the same.
    start_after: Option<[f64; 2]>,
    features: Nested,
}

/// Whose attitude the weights are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// That of the text toward a target.
    Target,
    /// That of a holder toward a target.
    Holder,
}

impl Kind {
    /// Its name in weights files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Holder => "holder",
        }
    }
}

/// What a feature adds: toward good (or, below 0, bad), and toward neither.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weight {
    /// Added to the score.
    pub toward: f64,
    /// Added to the score of neither.
    pub neutral: f64,
}

/// Weights, read.
#[derive(Debug)]
pub struct Weights {
    pub(super) kind: Kind,
    /// What sums start with: with the holder before the target, or none, and after it.
    start: [Weight; 2],
    features: HashMap<String, Weight, FxBuildHasher>,
}

static TARGET: LazyLock<Result<Weights>> = LazyLock::new(|| Weights::read(include_str!("../../lexicons/stance-target.json")));
static HOLDER: LazyLock<Result<Weights>> = LazyLock::new(|| Weights::read(include_str!("../../lexicons/stance-holder.json")));

impl Weights {
    /// The weights of the package.
    ///
    /// # Errors
    /// Only when they are damaged.
    pub fn bundled(kind: Kind) -> Result<&'static Self> {
        let file = match kind {
            Kind::Target => &TARGET,
            Kind::Holder => &HOLDER,
        };
        file.as_ref().map_err(Clone::clone)
    }

    /// Reads a weights file, which `framescope learn` writes.
    ///
    /// # Errors
    /// When the text is none.
    pub fn read(text: &str) -> Result<Self> {
        let file: File = serde_json::from_str(text).map_err(|e| Error::weights(&e.to_string()))?;
        if file.framescope_weights != VERSION {
            return Err(Error::weights(&format!("its version is {}, and this package reads {VERSION}", file.framescope_weights)));
        }
        let weight = |[toward, neutral]: [i32; 2]| Weight {
            toward: f64::from(toward) * file.step,
            neutral: f64::from(neutral) * file.step,
        };
        let mut features = HashMap::default();
        for (family, inside) in file.features {
            for (feature, relations) in inside {
                features.extend(relations.into_iter().map(|(r, w)| (format!("{family}\t{feature}\t{r}"), weight(w))));
            }
        }
        let starts = [file.start, file.start_after.unwrap_or(file.start)];
        let start = starts.map(|[toward, neutral]| Weight { toward, neutral });
        Ok(Self { kind: file.kind, start, features })
    }

    /// Whose attitude they are about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the sums of marked spans start with.
    pub(super) fn start(&self, marked: &Marked) -> Weight {
        self.start[usize::from(marked.holder.as_ref().is_some_and(|h| h.start > marked.target.start))]
    }

    pub(super) fn get(&self, name: &str) -> Option<Weight> {
        self.features.get(name).copied()
    }
}
