//! What the language pack knows of the lines around an article.

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::error::Result;
use crate::fold::{Case, fold};
use crate::language::Language;
use crate::lexicon::Lexicon;

type Set = HashSet<Box<str>, FxBuildHasher>;

/// The lists of the pack `en-chrome`.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub menu: Set,
    pub date: Set,
    pub unit: Set,
    pub counter: Set,
    pub contact: Set,
    pub related: Set,
    pub anywhere: Set,
    pub prompt: Vec<Box<str>>,
    pub cookies: Vec<Box<str>>,
    pub copyright: Vec<Box<str>>,
    pub tags: Vec<Box<str>>,
    pub link: Vec<Box<str>>,
}

static ENGLISH: LazyLock<Result<Lists>> = LazyLock::new(Lists::english);

impl Lists {
    pub fn load(language: &Language) -> Result<Option<&'static Self>> {
        language.pack(&ENGLISH)
    }

    fn english() -> Result<Self> {
        let pack = Lexicon::bundled("en-chrome")?;
        let mut out = Self::default();
        for (path, frame) in pack.counted_frames() {
            let entries = frame.entries.iter().map(|e| fold(e.expression.as_written(), Case::Folded).into());
            match path.as_str() {
                "menu" => out.menu = entries.collect(),
                "date" => out.date = entries.collect(),
                "unit" => out.unit = entries.collect(),
                "counter" => out.counter = entries.collect(),
                "contact" => out.contact = entries.collect(),
                "related" => out.related = entries.collect(),
                "anywhere" => out.anywhere = entries.collect(),
                "begins.prompt" => out.prompt = entries.collect(),
                "begins.cookies" => out.cookies = entries.collect(),
                "begins.copyright" => out.copyright = entries.collect(),
                "begins.tags" => out.tags = entries.collect(),
                "begins.link" => out.link = entries.collect(),
                _ => {}
            }
        }
        Ok(out)
    }
}
