//! The language pack: what the rules need to know of a language, read from a lexicon.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::fold::{Case, fold};
use crate::lexicon::{Frame, Lexicon};
use crate::segment::Abbreviations;

/// The English pack, read once.
static ENGLISH: LazyLock<Result<Language>> = LazyLock::new(Language::english);

/// Abbreviations and inflections of a language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// What keeps a full stop from ending a sentence.
    pub abbreviations: Abbreviations,
    irregular: HashMap<String, Vec<String>>,
    /// How often words stand in a million words, at least.
    frequent: FxHashMap<String, u32>,
    regular: bool,
}

impl Language {
    /// The pack of a language; one without a pack has no abbreviations and no inflections.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &str) -> Result<Self> {
        let base = language.split('-').next().unwrap_or(language);
        if base != "en" {
            return Ok(Self::default());
        }
        ENGLISH.clone()
    }

    /// Whether the language has a pack.
    #[must_use]
    pub fn has_pack(&self) -> bool {
        self.regular
    }

    /// How often a folded word, or one that begins so, may be expected in a million words.
    pub(crate) fn frequency(&self, folded: &str) -> u32 {
        let unlisted = [0, 3000, 1000, 500, 200, 120, 80, 60, 50];
        self.listed(folded).unwrap_or_else(|| unlisted.get(folded.len()).copied().unwrap_or(40))
    }

    /// The same, of a word on the list of frequent ones.
    pub(crate) fn listed(&self, folded: &str) -> Option<u32> {
        self.frequent.get(folded).copied()
    }

    /// A part of the pack, read once; none for a language without a pack.
    pub(crate) fn pack<T>(&self, part: &'static LazyLock<Result<T>>) -> Result<Option<&'static T>> {
        if self.has_pack() { part.as_ref().map(Some).map_err(Clone::clone) } else { Ok(None) }
    }

    /// A word of a list, folded; with all its inflections, itself first, where it is written with a `~`.
    pub(crate) fn forms(&self, written: &str) -> Vec<String> {
        let forms = written.strip_suffix('~').map_or_else(|| vec![written.to_owned()], |word| self.inflections(word));
        forms.iter().map(|f| fold(f, Case::Folded)).collect()
    }

    fn english() -> Result<Self> {
        let pack = Lexicon::bundled("en")?;
        let frames: HashMap<String, &Frame> = pack.flat_frames().into_iter().collect();
        let list = |path: &str| frames.get(path).into_iter().flat_map(|f| written(f));
        let abbreviations =
            Abbreviations::new(list("abbreviation.inner"), list("abbreviation.outer"), list("abbreviation.starters"));
        let irregular = pack
            .frames
            .get("irregular")
            .into_iter()
            .flat_map(|f| &f.frames)
            .map(|(word, f)| (word.clone(), written(f).collect()))
            .collect();
        let frequent = pack.frames.get("frequent").into_iter().flat_map(|f| &f.frames);
        let frequent = frequent.flat_map(|(rate, f)| written(f).map(|word| (word, rate.parse().unwrap_or_default())));
        Ok(Self { abbreviations, irregular, frequent: frequent.collect(), regular: true })
    }

    /// `word` and its inflections, each once, `word` first.
    ///
    /// Regular English spelling: plural and third person, past, -ing; an irregular word has the forms of its list and no others.
    ///
    /// ```
    /// let english = framescope::Language::load("en").unwrap();
    /// assert_eq!(english.inflections("bridge"), ["bridge", "bridges", "bridged", "bridging"]);
    /// assert_eq!(english.inflections("crisis"), ["crisis", "crises"]);
    /// ```
    #[must_use]
    pub fn inflections(&self, word: &str) -> Vec<String> {
        let mut out = vec![word.to_owned()];
        let forms = match self.irregular.get(&fold(word, Case::Folded)) {
            Some(forms) => forms.clone(),
            None if self.regular => regular_forms(word),
            None => Vec::new(),
        };
        for form in forms {
            if !out.contains(&form) {
                out.push(form);
            }
        }
        out
    }
}

fn written(frame: &Frame) -> impl Iterator<Item = String> + '_ {
    frame.entries.iter().map(|e| fold(e.expression.as_written(), Case::Folded))
}

fn regular_forms(word: &str) -> Vec<String> {
    let lower: Vec<char> = word.to_lowercase().chars().collect();
    let Some((&last, before)) = lower.split_last() else { return Vec::new() };
    let second = before.last().copied();
    let cut = |n: usize| -> String { word.chars().take(lower.len() - n).collect() };
    let sibilant = matches!(last, 's' | 'x' | 'z') || (last == 'h' && matches!(second, Some('c' | 's')));
    if last == 'y' && second.is_some_and(|c| !is_vowel(c)) {
        let stem = cut(1);
        return vec![format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")];
    }
    let plural = if sibilant { format!("{word}es") } else { format!("{word}s") };
    if last == 'e' {
        let ing = if matches!(second, Some('e' | 'o' | 'y')) { format!("{word}ing") } else { format!("{}ing", cut(1)) };
        return vec![plural, format!("{word}d"), ing];
    }
    let mut out = vec![plural];
    let doubles = matches!(lower.as_slice(), [.., c, v, e] if !is_vowel(*c) && is_vowel(*v) && !is_vowel(*e) && !matches!(e, 'w' | 'x' | 'y' | 'h'));
    let syllables = lower.split(|c| !is_vowel(*c) && *c != 'y').filter(|run| !run.is_empty()).count();
    if !doubles || syllables > 1 {
        out.extend([format!("{word}ed"), format!("{word}ing")]);
    }
    if doubles {
        out.extend([format!("{word}{last}ed"), format!("{word}{last}ing")]);
    }
    out
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inflected_by_the_rules_of_spelling() {
        let english = Language::load("en").unwrap();
        for (word, want) in [
            ("bridge", "bridge bridges bridged bridging"),
            ("ally", "ally allies allied allying"),
            ("play", "play plays played playing"),
            ("plan", "plan plans planned planning"),
            ("visit", "visit visits visited visiting visitted visitting"),
            ("refer", "refer refers refered refering referred referring"),
            ("attack", "attack attacks attacked attacking"),
            ("clash", "clash clashes clashed clashing"),
            ("tax", "tax taxes taxed taxing"),
            ("go", "go goes went gone going"),
            ("crisis", "crisis crises"),
            ("free", "free frees freed freeing"),
            ("see", "see sees saw seen seeing"),
            ("MP", "MP MPs MPed MPing"),
            ("need", "need needs needed needing"),
        ] {
            assert_eq!(english.inflections(word).join(" "), want);
        }
        assert_eq!(Language::load("az").unwrap().inflections("dost"), ["dost"]);
    }
}
