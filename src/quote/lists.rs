//! Report cues and the words of speakers, from the pack `en-speech`.

use rustc_hash::FxHashMap;

use crate::document::{Document, Told};
use crate::error::Result;
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{Match, Matcher, Search};
use crate::vocabulary::{Numbers, WordList};

/// A set of kinds: what a cue takes, or what a word tells of a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u32);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $bit:expr, $path:expr;)*) => {
        impl Kinds { $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)* }
        /// The kinds of the frames of the pack.
        const FRAMES: &[(&str, Kinds)] = &[$(($path, Kinds::$name)),*];
    };
}

kinds! {
    /// Takes a clause or a quotation; may stand before its subject.
    SAY = 0, "cue.say";
    /// Names the hearer first.
    TELL = 1, "cue.tell";
    /// Takes a clause; does not stand before its subject.
    THINK = 2, "cue.think";
    /// Its subject is a document or a body.
    EVIDENCE = 3, "cue.evidence";
    /// Takes an object.
    OBJECT = 4, "cue.object";
    /// Takes an infinitive.
    INFINITIVE = 5, "cue.infinitive";
    /// Takes a hearer and an infinitive.
    URGE = 6, "cue.urge";
    /// Takes an indirect question.
    WHETHER = 7, "cue.whether";
    /// Takes a clause only after "that".
    STRICT = 21, "cue.strict";
    /// "ministry", "voters": what can speak, and is no single person.
    GROUP = 22, "word.group";
    /// "Ministry", "Times": a part of the name of a body.
    BODY = 23, "word.body";
    /// "pundit": one who is heard for what they say.
    COMMENTATOR = 24, "word.commentator";
    /// "according to".
    ACCORDING = 8, "cue.according";
    /// "view", after "in" and a possessive.
    OPINION = 9, "cue.opinion";
    /// "claim", after a possessive and before what is claimed.
    CLAIM = 10, "cue.claim";
    /// "President".
    TITLE = 11, "word.title";
    /// "Mr".
    TITLE_HE = 12, "word.title_he";
    /// "Mrs".
    TITLE_SHE = 13, "word.title_she";
    /// "spokesman".
    ROLE = 14, "word.role";
    /// Who leads a country.
    HEAD = 15, "word.head";
    /// "poll".
    SOURCE = 16, "word.source";
    /// "Monday".
    TIME = 17, "word.time";
    /// "van".
    PARTICLE = 18, "word.particle";
    /// "there", "nobody": no speaker.
    NOBODY = 25, "word.nobody";
    /// A man's first name.
    HE = 19, "word.he";
    /// A woman's first name.
    SHE = 20, "word.she";
}

impl Kinds {
    /// Any verb that reports.
    pub(super) const VERB: Self = Self(0xff);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A report cue in a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// What it takes.
    pub(super) kinds: Kinds,
    /// Its first word.
    pub(super) first: u32,
    /// One past its last word.
    pub(super) end: u32,
}

/// The lists of the pack.
#[derive(Debug)]
pub(super) struct Lists {
    cues: Matcher,
    frames: Vec<Kinds>,
    words: WordList<Kinds>,
}

impl Lists {
    pub(super) fn english() -> Result<Self> {
        let pack = Lexicon::bundled("en-speech")?;
        let language = Language::load("en")?;
        let kinds = |path: &str| FRAMES.iter().find(|f| f.0 == path).map_or(Kinds::default(), |f| f.1);
        let cues = pack.clone().select(&["cue".to_owned()])?;
        let mut words: FxHashMap<Box<str>, Kinds> = FxHashMap::default();
        for (path, frame) in pack.counted_frames().into_iter().filter(|f| f.0.starts_with("word.")) {
            for entry in &frame.entries {
                for form in language.forms(entry.expression.as_written()) {
                    let known = words.entry(form.into()).or_default();
                    *known = known.or(kinds(&path));
                }
            }
        }
        let plurals: Vec<_> = words.iter().map(|(word, kinds)| (format!("{word}s").into(), *kinds)).collect();
        for (plural, kinds) in plurals {
            words.entry(plural).or_insert(kinds);
        }
        let frames = cues.counted_frames().iter().map(|f| kinds(&f.0)).collect();
        Ok(Self { cues: Matcher::new(&cues, &language)?, frames, words: WordList::new(words) })
    }

    /// Every cue of a document, in order; of two that share words the longer.
    pub(super) fn cues(&self, document: &Document<'_>, search: &mut Search, matches: &mut Vec<Match>) -> Vec<Cue> {
        self.cues.find_in(document, &[document.all_words()], search, matches);
        let mut out: Vec<Cue> = Vec::with_capacity(matches.len());
        for m in matches {
            let kinds = self.frames.get(m.frame.0 as usize).copied().unwrap_or_default();
            let end = m.first_word + m.words;
            match out.last_mut().filter(|last| m.first_word < last.end) {
                Some(last) if (last.first, last.end) == (m.first_word, end) => last.kinds = last.kinds.or(kinds),
                Some(last) if end - m.first_word > last.end - last.first => *last = Cue { kinds, first: m.first_word, end },
                Some(_) => {}
                None => out.push(Cue { kinds, first: m.first_word, end }),
            }
        }
        out
    }

    /// What the pack says of the words of a document or their singulars, without a possessive ending.
    pub(super) fn told<'d, 't>(&'d self, document: &'d Document<'t>) -> Told<'d, 't, Kinds> {
        document.told(&self.words)
    }

    /// What finds the cues.
    pub(super) fn matcher(&self) -> &Matcher {
        &self.cues
    }

    /// What leads from words to their kinds.
    pub(super) fn numbers(&self) -> &Numbers {
        self.words.numbers()
    }
}
