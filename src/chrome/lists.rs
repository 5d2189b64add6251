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
    /// What a link begins with, a prompt or another word of the site, a heading of related articles.
    pub links: Beginnings,
    pub prompts: Beginnings,
    pub headings: Beginnings,
}

/// The first two letters of some entries, by the first the bits of the second: most lines begin otherwise.
#[derive(Debug, Default)]
pub(super) struct Beginnings([u32; 32]);

impl Beginnings {
    fn of<'e>(entries: impl IntoIterator<Item = &'e Box<str>>) -> Self {
        let mut out = Self::default();
        for [first, second] in entries.into_iter().filter_map(|entry| entry.as_bytes().first_chunk::<2>()) {
            out.0[usize::from(first & 31)] |= if second.is_ascii() { 1 << (second & 31) } else { u32::MAX };
        }
        out
    }

    /// Whether a line may begin like one of them; never wrong when it says no.
    pub fn may_begin(&self, line: &[u8]) -> bool {
        match line.trim_ascii_start() {
            [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                self.0[usize::from(first & 31)] >> (second & 31) & 1 != 0
            }
            line => !line.is_empty(),
        }
    }
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
        out.links = Beginnings::of(out.link.iter().chain(&out.anywhere));
        out.prompts = Beginnings::of([&out.cookies, &out.copyright, &out.tags, &out.prompt].into_iter().flatten());
        out.headings = Beginnings::of(&out.related);
        Ok(out)
    }
}
