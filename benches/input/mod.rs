//! What the benches read: the built-in articles, and a made-up corpus with lexicons of its own words.
//!
//! The corpus is pseudo-English, made with a fixed seed: words by Zipf's law, sentences with commas and paragraphs, documents of some 3,500 bytes. Where
//! `FRAMESCOPE_BENCH` names a folder that `benches/corpus.py` wrote, its texts and lexicons are read instead.

mod made_up;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use framescope::Lexicon;

/// What the benches fail with.
pub type Failed = Box<dyn Error>;

/// Sizes of lexicons.
pub const ENTRIES: [usize; 3] = [300, 5_000, 50_000];
/// Bytes of text that a bench reads.
pub const BYTES: usize = 512 << 10;
/// Stands between documents in `texts.txt`.
const BORDER: char = '\0';

/// Documents, and lexicons of their words.
pub struct Input {
    folder: Option<PathBuf>,
    corpus: Vec<String>,
}

impl Input {
    /// The folder that `FRAMESCOPE_BENCH` names, else the made-up corpus.
    pub fn find() -> Result<Self, Failed> {
        std::env::var_os("FRAMESCOPE_BENCH").map_or_else(|| Ok(Self::made_up()), |folder| Self::read(Path::new(&folder)))
    }

    fn made_up() -> Self {
        Self { folder: None, corpus: made_up::documents(12 << 20) }
    }

    /// What [`Input::write`] wrote.
    pub fn read(folder: &Path) -> Result<Self, Failed> {
        let texts = fs::read_to_string(folder.join("texts.txt"))?;
        Ok(Self { folder: Some(folder.to_owned()), corpus: texts.split(BORDER).map(str::to_owned).collect() })
    }

    /// The first documents, together [`BYTES`] or a little more; all of them where they come from a folder.
    pub fn documents(&self) -> &[String] {
        let mut bytes = 0;
        let enough = self.corpus.iter().position(|d| {
            bytes += d.len();
            bytes >= BYTES
        });
        match enough {
            Some(last) if self.folder.is_none() => &self.corpus[..=last],
            _ => &self.corpus,
        }
    }

    /// English sentences: the built-in articles; all documents where they come from a folder.
    #[allow(dead_code)] // only one of the two programs asks
    pub fn prose(&self) -> Result<Vec<String>, Failed> {
        if self.folder.is_some() { Ok(self.corpus.clone()) } else { articles() }
    }

    /// A lexicon of so many entries.
    pub fn lexicon(&self, entries: usize) -> Result<Lexicon, Failed> {
        match &self.folder {
            Some(folder) => Ok(Lexicon::from_json(&fs::read_to_string(folder.join(format!("{entries}.json")))?)?),
            None => made_up::lexicon(&self.corpus, entries),
        }
    }

    /// Writes the documents and all lexicons to a folder.
    #[allow(dead_code)] // only one of the two programs writes
    pub fn write(&self, folder: &Path) -> Result<(), Failed> {
        fs::write(folder.join("texts.txt"), self.documents().join(&BORDER.to_string()))?;
        for entries in ENTRIES {
            fs::write(folder.join(format!("{entries}.json")), self.lexicon(entries)?.to_json())?;
        }
        Ok(())
    }
}

/// The bodies of the built-in articles.
pub fn articles() -> Result<Vec<String>, Failed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/framescope/examples/articles.jsonl");
    let lines = fs::read_to_string(path)?;
    let body = |line: &str| -> Result<String, Failed> {
        let article: serde_json::Value = serde_json::from_str(line)?;
        Ok(article["body"].as_str().ok_or("an article without a body")?.to_owned())
    };
    lines.lines().map(body).collect()
}
