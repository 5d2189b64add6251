//! The lexicon: frames of entries, and actors. The model of the file, its hash, and the lexicons that ship.
//!
//! Reading a file is in `read.rs` (and `source.rs`, which keeps every place; `json.rs`, which keeps none and is quick); `lint.rs` finds what is legal but unwise.

mod form;
mod json;
mod keys;
mod lint;
mod model;
mod read;
mod source;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
pub use lint::Diagnostic;
pub use model::{Actor, ActorType, CaseRule, Context, Entry, Examples, Expression, Frame, Lexicon, Overlap, Within};
pub(crate) use read::reference;

/// Lexicons in the package.
const BUNDLED: &[(&str, &str)] = &[
    ("foreign-policy", include_str!("../../lexicons/foreign-policy.yaml")),
    ("actors", include_str!("../../lexicons/actors.yaml")),
    ("evaluation", include_str!("../../lexicons/evaluation.yaml")),
    ("en", include_str!("../../lexicons/en.yaml")),
    ("en-grammar", include_str!("../../lexicons/en-grammar.yaml")),
    ("en-cues", include_str!("../../lexicons/en-cues.yaml")),
    ("en-chrome", include_str!("../../lexicons/en-chrome.yaml")),
    ("en-targets", include_str!("../../lexicons/en-targets.yaml")),
    ("en-speech", include_str!("../../lexicons/en-speech.yaml")),
];

impl Lexicon {
    /// Reads YAML 1.2 or JSON. `source` names the text in errors.
    ///
    /// # Errors
    /// When the text is no lexicon; the error names line, column and fix.
    pub fn read(text: &str, source: &str) -> Result<Self> {
        read::read(text, source)
    }

    /// Reads the canonical JSON that [`Lexicon::to_json`] writes. Only its shape is checked.
    ///
    /// # Errors
    /// When it is not of that shape.
    pub fn from_json(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|e| Error::yaml(&e.to_string()))
    }

    /// The canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// YAML that reads back as the same lexicon.
    ///
    /// # Errors
    /// Never for a lexicon that was read; the serializer's own errors otherwise.
    pub fn to_yaml(&self) -> Result<String> {
        let options = serde_saphyr::ser_options! { prefer_block_scalars: false, compact_list_indent: false };
        let mut out = String::new();
        serde_saphyr::to_fmt_writer_with_options(&mut out, self, options).map_err(|e| Error::yaml(&e.to_string()))?;
        Ok(out)
    }

    /// A lexicon that ships with the package.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn bundled(name: &str) -> Result<Self> {
        let names = BUNDLED.iter().map(|b| b.0);
        let (_, text) = BUNDLED.iter().find(|b| b.0 == name).ok_or_else(|| Error::unknown_lexicon(name, names))?;
        Self::read(text, name)
    }

    /// The names of the lexicons that ship with the package.
    #[must_use]
    pub fn bundled_names() -> Vec<&'static str> {
        BUNDLED.iter().map(|b| b.0).collect()
    }

    /// JSON Schema of the file, generated from this model.
    #[must_use]
    pub fn schema() -> String {
        serde_json::to_string_pretty(&schemars::schema_for!(Self)).unwrap_or_default()
    }

    /// Every frame with its path, parents before children, in order.
    #[must_use]
    pub fn flat_frames(&self) -> Vec<(String, &Frame)> {
        fn walk<'a>(prefix: &str, frames: &'a IndexMap<String, Frame>, out: &mut Vec<(String, &'a Frame)>) {
            for (id, frame) in frames {
                let path = format!("{prefix}{id}");
                let below = format!("{path}.");
                out.push((path, frame));
                walk(&below, &frame.frames, out);
            }
        }
        let mut out = Vec::new();
        walk("", &self.frames, &mut out);
        out
    }

    /// The frames that have entries of their own, with their paths, in order: those that can be counted.
    #[must_use]
    pub fn counted_frames(&self) -> Vec<(String, &Frame)> {
        self.flat_frames().into_iter().filter(|(_, frame)| !frame.entries.is_empty()).collect()
    }

    /// SHA-256, in hex, of all that changes results: language, overlap, frames with entries and polarity, actors. Labels, notes, definitions and examples do not count.
    #[must_use]
    pub fn hash(&self) -> String {
        self.clone().into_hash()
    }

    /// As [`Lexicon::hash`], of a lexicon that nobody else needs.
    #[must_use]
    pub fn into_hash(self) -> String {
        let mut content = self;
        for text in [&mut content.title, &mut content.description, &mut content.citation, &mut content.license] {
            *text = None;
        }
        content.id.clear();
        content.version.clear();
        content.frames.values_mut().for_each(strip);
        for actor in content.actors.values_mut() {
            actor.label = None;
            actor.aliases.iter_mut().for_each(|a| a.note = None);
        }
        let digest = Sha256::digest(content.to_json());
        digest.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Frames and actors of both. What is the same in both is kept once.
    ///
    /// # Errors
    /// When a frame or an actor differs between the two, or the languages do.
    pub fn merge(mut self, other: &Self) -> Result<Self> {
        if self.language != other.language {
            return Err(Error::merge_languages(&self.language, &other.language));
        }
        for (id, frame) in &other.frames {
            if self.frames.entry(id.clone()).or_insert_with(|| frame.clone()) != frame {
                return Err(Error::merge_clash("frame", id));
            }
        }
        for (id, actor) in &other.actors {
            if self.actors.entry(id.clone()).or_insert_with(|| actor.clone()) != actor {
                return Err(Error::merge_clash("actor", id));
            }
        }
        Ok(self)
    }

    /// Only the frames of these paths, with their sub-frames; all actors.
    ///
    /// # Errors
    /// When a path is unknown, or a kept entry refers to a frame that is not.
    pub fn select(mut self, paths: &[String]) -> Result<Self> {
        let known: Vec<String> = self.flat_frames().into_iter().map(|f| f.0).collect();
        if let Some(unknown) = paths.iter().find(|p| !known.contains(p)) {
            return Err(Error::unknown_frame(unknown, known.iter().map(String::as_str)));
        }
        keep(&mut self.frames, "", paths);
        read::check_references(&self)?;
        Ok(self)
    }
}

fn strip(frame: &mut Frame) {
    frame.label = None;
    frame.definition = None;
    frame.examples = Examples::default();
    frame.entries.iter_mut().for_each(|e| e.note = None);
    frame.frames.values_mut().for_each(strip);
}

/// Drops frames that are neither chosen nor above a chosen one; a frame kept only as a parent loses its own entries.
fn keep(frames: &mut IndexMap<String, Frame>, prefix: &str, paths: &[String]) {
    frames.retain(|id, frame| {
        let path = format!("{prefix}{id}");
        if paths.contains(&path) {
            return true;
        }
        frame.entries.clear();
        keep(&mut frame.frames, &format!("{path}."), paths);
        !frame.frames.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "framescope: 1\nid: t\nversion: '1'\nframes:\n  a:\n    entries: [x, {pattern: y, weight: 0.5, require: {any: ['#b'], within: 3}}]\n    frames:\n      c: {entries: [z]}\n  b:\n    entries: [{regex: 'q+', bounded: false}]\n";

    #[test]
    fn yaml_and_json_come_back_the_same() {
        let lexicon = Lexicon::read(SMALL, "").unwrap();
        let yaml = lexicon.to_yaml().unwrap();
        assert_eq!(Lexicon::read(&yaml, "").unwrap(), lexicon, "{yaml}");
        assert_eq!(Lexicon::from_json(&lexicon.to_json()).unwrap(), lexicon);
        assert_eq!(Lexicon::read(&lexicon.to_json(), "").unwrap(), lexicon);
    }

    #[test]
    fn the_hash_follows_results_and_not_words_for_people() {
        let lexicon = Lexicon::read(SMALL, "").unwrap();
        let mut other = lexicon.clone();
        other.frames[0].label = Some("A".into());
        other.version = "2".into();
        assert_eq!(other.hash(), lexicon.hash());
        other.frames[0].entries[1].weight = 0.6;
        assert_ne!(other.hash(), lexicon.hash());
    }

    #[test]
    fn frames_are_selected_with_what_is_below_them() {
        let lexicon = Lexicon::read(SMALL, "").unwrap();
        let chosen = lexicon.clone().select(&["a.c".into()]).unwrap();
        assert_eq!(chosen.flat_frames().iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["a", "a.c"]);
        assert!(chosen.frames["a"].entries.is_empty());
        assert!(lexicon.clone().select(&["a".into()]).is_err(), "an entry of a refers to b");
        assert!(lexicon.select(&["nope".into()]).is_err());
    }

    #[test]
    fn every_bundled_lexicon_reads() {
        for name in Lexicon::bundled_names() {
            Lexicon::bundled(name).unwrap();
        }
    }
}
