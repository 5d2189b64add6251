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

/// The first eight bytes of some entries of ASCII, by the first letter, each with a mask of what is the entry's own: most lines begin otherwise.
#[derive(Debug, Default)]
pub(super) struct Beginnings([Vec<(u64, u64)>; 32]);

impl Beginnings {
    fn of<'e>(entries: impl IntoIterator<Item = &'e Box<str>>) -> Self {
        let mut out = Self::default();
        for entry in entries {
            debug_assert!(entry.is_ascii(), "{entry}");
            let own = u64::MAX >> (64 - 8 * entry.len().clamp(1, 8));
            out.0[usize::from(entry.as_bytes()[0] & 31)].push((first_eight(entry.as_bytes()), own));
        }
        out
    }

    /// Whether a line may begin like one of them, whatever its case; never wrong when it says no. Asked are its letters up to the first mark.
    pub fn may_begin(&self, line: &[u8]) -> bool {
        let line = line.trim_ascii_start();
        let mut before = b' ';
        let plain = line.iter().take(8).take_while(|b| {
            let plain = b.is_ascii_alphanumeric() || **b == b' ' && before != b' ';
            before = **b;
            plain
        });
        let plain = plain.count();
        if plain == 0 {
            return !line.is_empty();
        }
        let (eight, asked) = (first_eight(line), u64::MAX >> (64 - 8 * plain));
        self.0[usize::from(line[0] & 31)].iter().any(|(entry, own)| (eight ^ entry) & own & asked == 0)
    }
}

/// The first eight bytes, letters as small ones; what is not there is zero.
fn first_eight(line: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = line.len().min(8);
    bytes[..length].copy_from_slice(&line[..length]);
    u64::from_le_bytes(bytes.map(|b| b.to_ascii_lowercase()))
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
