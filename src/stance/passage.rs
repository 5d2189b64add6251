//! What features are read from: the sentences around a marked span, with classes, clauses, quotation marks and evaluations.

use std::ops::Range;
use std::sync::LazyLock;

use crate::context::Ask;
use crate::document::Document;
use crate::error::Result;
use crate::fold::{Case, fold, fold_into};
use crate::grammar::{Classes, Clause, Grammar, Parsed, no_clauses};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::matcher::{Match, Matcher, Search};

/// How many words a negation reaches.
const REACH: u32 = 5;

static ENGLISH: LazyLock<Result<Evaluations>> = LazyLock::new(Evaluations::english);

/// The evaluation lexicon, compiled, and the word classes of its language.
#[derive(Debug)]
pub struct Evaluations {
    pub(super) language: Language,
    pub(super) grammar: &'static Grammar,
    pub(super) matcher: Matcher,
    pub(super) frames: Vec<(String, i8)>,
    pub(super) entries: Vec<(String, f32)>,
    pub(super) asks: Vec<Ask>,
    hash: String,
}

/// Buffers kept from text to text.
#[derive(Debug, Default)]
pub struct Buffers {
    classes: Vec<Classes>,
    search: Search,
    matches: Vec<Match>,
}

/// Whose attitude toward whom is asked, in words of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The words of the target.
    pub target: Range<u32>,
    /// The words of the one whose attitude it is; none for that of the text.
    pub holder: Option<Range<u32>>,
}

/// A word, as features name it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Folded, without a possessive ending; "N" for a name, "0" for a number.
    pub form: String,
    /// The form without its ending; that of a name too.
    pub stem: String,
    pub classes: Classes,
    pub name: bool,
    pub negated: bool,
    /// The first and the last mark between it and the word before; a blank where there is none.
    pub marks: [char; 2],
    /// Whether it is an acronym.
    pub initials: bool,
    /// The quotation it stands in, from 1; 0 outside.
    pub quote: u16,
    /// Its clause in the passage.
    pub clause: u16,
    /// Its sentence in the document.
    pub sentence: u32,
}

/// An entry of the evaluation lexicon, found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found<'e> {
    pub words: Range<u32>,
    pub class: &'e str,
    /// The sign of the class: 1, -1, or 0 where it has none.
    pub sign: i8,
    pub entry: &'e str,
    pub weight: f32,
    pub negated: bool,
}

/// The sentences of the marked spans, and one on each side.
#[derive(Debug)]
pub(super) struct Passage<'e> {
    /// The first word.
    pub first: u32,
    pub tokens: Vec<Token>,
    pub clauses: Vec<Clause>,
    pub found: Vec<Found<'e>>,
    pub marked: Marked,
    /// How many names begin before each word; those that are marked do not count.
    names: Vec<u32>,
}

impl Evaluations {
    /// The evaluation lexicon of the package, compiled once.
    ///
    /// # Errors
    /// Only when a lexicon of the package is damaged.
    pub fn bundled() -> Result<&'static Self> {
        ENGLISH.as_ref().map_err(Clone::clone)
    }

    fn english() -> Result<Self> {
        let lexicon = Lexicon::bundled("evaluation")?;
        let language = Language::load(&lexicon.language)?;
        let frames = lexicon.counted_frames();
        let entries = frames.iter().flat_map(|f| &f.1.entries);
        let named = |e: &crate::lexicon::Entry| {
            (fold(e.expression.as_written(), Case::Folded).replace('|', "/").replace('~', ""), e.weight as f32)
        };
        let signs: Vec<(String, i8)> = frames.iter().map(|(path, f)| (path.clone(), f.polarity.unwrap_or_default())).collect();
        Ok(Self {
            asks: Self::asks(&signs, frames.iter().map(|f| f.1.entries.len())),
            grammar: Grammar::load(&language)?,
            matcher: Matcher::new(&lexicon, &language)?,
            entries: entries.map(named).collect(),
            frames: signs,
            hash: lexicon.hash(),
            language,
        })
    }

    /// The hash of the lexicon.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The passage around the marked spans.
    pub(super) fn passage<'e>(&'e self, document: &Document<'_>, marked: &Marked, buffers: &mut Buffers) -> Passage<'e> {
        let Buffers { classes, search, matches } = buffers;
        self.grammar.classes_into(document, classes);
        let clauses = no_clauses(document);
        let parsed = Parsed::new(document, classes, &clauses);
        let spans = [Some(&marked.target), marked.holder.as_ref()];
        let ends = || spans.iter().flatten().flat_map(|s| [s.start, s.end.saturating_sub(1).max(s.start)]);
        let sentences = ends().map(|w| document.sentence(w)).min().unwrap_or_default().saturating_sub(1)
            ..=(ends().map(|w| document.sentence(w)).max().unwrap_or_default() + 1)
                .min(document.sentences().len().saturating_sub(1));
        let first = document.words_of(*sentences.start()).start;
        let words = first..document.words_of(*sentences.end()).end;
        let mut passage = Passage {
            first,
            tokens: Vec::with_capacity(words.len()),
            clauses: Vec::new(),
            found: Vec::new(),
            marked: marked.clone(),
            names: Vec::new(),
        };
        for sentence in sentences {
            for clause in parsed.clauses(sentence) {
                for i in clause.words.clone() {
                    passage.tokens.push(token(&parsed, i, passage.clauses.len() as u16, sentence as u32));
                }
                passage.clauses.push(clause.clone());
            }
        }
        passage.count_names();
        passage.mark_quotes(document);
        passage.mark_negation(document);
        self.matcher.find_in(document, &[words], search, matches);
        passage.find(matches, |m| {
            let (class, sign) = &self.frames[m.frame.0 as usize];
            let (entry, weight) = &self.entries[m.entry.0 as usize];
            (class, *sign, entry, *weight)
        });
        passage
    }
}

fn token(parsed: &Parsed<'_, '_>, i: u32, clause: u16, sentence: u32) -> Token {
    let classes = parsed.classes[i as usize];
    let mut form = String::new();
    fold_into(parsed.document.stem(i), Case::Folded, &mut form);
    let begins_name = classes.any(Classes::FIRST_WORD) && parsed.is(i + 1, Classes::CAPITAL);
    let free = !classes.any(Classes::FUNCTION | Classes::ADVERB | Classes::SUBORDINATOR);
    let name = classes.any(Classes::CAPITAL) && free && (!classes.any(Classes::FIRST_WORD) || begins_name);
    let stem = stem(&form).to_owned();
    if name {
        "N".clone_into(&mut form);
    } else if classes.any(Classes::NUMBER) {
        "0".clone_into(&mut form);
    }
    let mut between = parsed.document.before(i).chars().filter(|c| !c.is_whitespace());
    let first = between.next().unwrap_or(' ');
    let marks = [first, between.next_back().unwrap_or(first)];
    let initials = is_acronym(parsed.document.stem(i));
    Token { form, stem, classes, name, negated: false, marks, initials, quote: 0, clause, sentence }
}

/// Two to six letters, all of them capitals.
fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.chars().filter(|c| c.is_alphabetic()).count()) && !word.chars().any(char::is_lowercase)
}

/// A word without its most common endings.
fn stem(word: &str) -> &str {
    if !word.is_ascii() || word.len() < 5 {
        return word;
    }
    let cut = ["ingly", "edly", "ness", "ing", "ies", "ied", "ers", "ed", "es", "ly", "er", "s", "e", "y"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|w| w.len() >= 3))
        .unwrap_or(word);
    let bytes = cut.as_bytes();
    match bytes {
        [.., a, b] if a == b && cut.len() > 3 && cut.len() < word.len() && !matches!(a, b's' | b'l' | b'e') => {
            &cut[..cut.len() - 1]
        }
        [.., b'e'] if cut.len() > 3 => &cut[..cut.len() - 1],
        _ => cut,
    }
}

impl<'e> Passage<'e> {
    /// One past the last word.
    pub fn end(&self) -> u32 {
        self.first + self.tokens.len() as u32
    }

    pub fn token(&self, word: u32) -> Option<&Token> {
        self.tokens.get(word.checked_sub(self.first)? as usize)
    }

    pub fn clause_of(&self, word: u32) -> Option<&Clause> {
        self.token(word).and_then(|t| self.clauses.get(t.clause as usize))
    }

    pub fn is(&self, word: u32, classes: Classes) -> bool {
        self.token(word).is_some_and(|t| t.classes.any(classes))
    }

    fn count_names(&mut self) {
        let marked = |i: u32| self.marked.target.contains(&i) || self.marked.holder.as_ref().is_some_and(|h| h.contains(&i));
        let (mut count, mut last) = (0, false);
        self.names = vec![0];
        for (i, token) in (self.first..).zip(&self.tokens) {
            let name = token.name && !marked(i);
            count += u32::from(name && !last);
            last = name;
            self.names.push(count);
        }
    }

    /// How many names begin among some words.
    pub fn names_in(&self, words: Range<u32>) -> u32 {
        let at = |i: u32| self.names.get(i.saturating_sub(self.first) as usize).copied().unwrap_or_default();
        at(words.end).saturating_sub(at(words.start))
    }

    fn mark_quotes(&mut self, document: &Document<'_>) {
        let (mut open, mut count) = (0, 0);
        for i in 0..self.tokens.len() {
            for mark in document.before(self.first + i as u32).chars() {
                match mark {
                    '"' | '”' | '»' if open > 0 => open = 0,
                    '“' | '«' | '„' | '"' => {
                        count += 1;
                        open = count;
                    }
                    // Closed without having been opened: the text begins inside a quotation.
                    '”' | '»' if count == 0 => {
                        count = 1;
                        self.tokens[..i].iter_mut().for_each(|t| t.quote = 1);
                    }
                    _ => {}
                }
            }
            self.tokens[i].quote = open;
        }
    }

    fn mark_negation(&mut self, document: &Document<'_>) {
        let mut left = 0;
        for i in 0..self.tokens.len() {
            let breaks =
                document.before(self.first + i as u32).contains([',', ';', ':', '.', '!', '?', '—', '(', ')', '"', '“', '”']);
            let token = &mut self.tokens[i];
            if breaks || token.form == "but" {
                left = 0;
            }
            token.negated = left > 0;
            left = if token.classes.any(Classes::NEGATIVE) { REACH } else { left.saturating_sub(1) };
        }
    }

    fn find(&mut self, matches: &[Match], describe: impl Fn(&Match) -> (&'e String, i8, &'e String, f32)) {
        for m in matches.iter().filter(|m| m.words > 0) {
            let (class, sign, entry, weight) = describe(m);
            let words = m.range();
            let marked = |span: &Range<u32>| span.start < words.end && words.start < span.end;
            if marked(&self.marked.target) || self.marked.holder.as_ref().is_some_and(marked) {
                continue;
            }
            let negated = self.token(words.start).is_some_and(|t| t.negated);
            self.found.push(Found { words, class, sign, entry, weight, negated });
        }
    }
}
