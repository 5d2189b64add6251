//! What is legal in a lexicon and yet unwise.

use std::collections::HashMap;

use serde::Serialize;

use super::{Entry, Expression, Lexicon};
use crate::fold::{Case, fold};
use crate::pattern::{Pattern, Piece, Reading};

/// A remark on a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Kind of remark, such as `short-wildcard`.
    pub code: &'static str,
    /// Frame path, or `actors.` and an actor's id.
    pub path: String,
    /// The entry as written; empty when the remark is on the frame.
    pub entry: String,
    /// What is unwise and what to do.
    pub message: String,
}

impl Lexicon {
    /// Remarks on what is legal and yet unwise, in file order.
    #[must_use]
    pub fn lint(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        let mut seen: HashMap<String, String> = HashMap::new();
        for (path, frame) in self.flat_frames() {
            if frame.definition.is_none() && !frame.entries.is_empty() {
                out.push(remark(
                    "no-definition",
                    &path,
                    "",
                    "has no definition: write down when a passage counts, so that others can check",
                ));
            }
            for entry in &frame.entries {
                lint_entry(&path, entry, &mut out);
                let key = fold(entry.expression.as_written(), Case::Folded);
                let bare = entry.require.is_empty() && entry.forbid.is_empty();
                let first = if bare { seen.insert(key, path.clone()) } else { None };
                if let Some(first) = first.filter(|first| *first != path) {
                    let message = format!("stands in the frame '{first}' too: each occurrence counts for both");
                    out.push(remark("two-frames", &path, entry.expression.as_written(), &message));
                }
            }
        }
        for (id, actor) in &self.actors {
            for alias in &actor.aliases {
                lint_entry(&format!("actors.{id}"), alias, &mut out);
            }
        }
        out
    }
}

fn remark(code: &'static str, path: &str, entry: &str, message: &str) -> Diagnostic {
    Diagnostic { code, path: path.into(), entry: entry.into(), message: message.into() }
}

fn lint_entry(path: &str, entry: &Entry, out: &mut Vec<Diagnostic>) {
    let Expression::Pattern(written) = &entry.expression else { return };
    let Ok(pattern) = Pattern::parse(written) else { return };
    let bare = entry.require.is_empty() && entry.forbid.is_empty();
    for reading in pattern.readings() {
        let lone = reading.slots.len() == 1 && reading.before.is_empty() && reading.after.is_empty();
        if lone && bare && letters(reading) < 3 && reading.slots[0].pieces.iter().any(|p| !matches!(p, Piece::Text(_))) {
            out.push(remark(
                "short-wildcard",
                path,
                written,
                "matches very many words: write more letters before the wildcard, or add 'require'",
            ));
            return;
        }
        if entry.weight == 0.0 {
            out.push(remark(
                "zero-weight",
                path,
                written,
                "has weight 0: it counts as a hit and adds nothing to weighted scores",
            ));
            return;
        }
    }
}

fn letters(reading: &Reading) -> usize {
    reading.slots[0].pieces.iter().map(|p| if let Piece::Text(t) = p { t.chars().count() } else { 0 }).sum()
}
