//! A lexicon to the tables of the matcher.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use super::conditions::{CompiledContext, Conditions, Members};
use super::index::IndexBuilder;
use super::verify::{CompiledReading, CompiledSlot, Document};
use super::{Found, Matcher};
use crate::error::{Error, Result};
use crate::fold::{Case, fold};
use crate::language::Language;
use crate::lexicon::{CaseRule, Context, Entry, Expression, Lexicon};
use crate::pattern::{Pattern, Piece, Reading, Separator, Slot};

/// Whose entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryRole {
    /// A frame's; its matches are reported.
    Frame(u32),
    /// An actor's alias.
    Actor,
    /// Only looked for by a condition.
    Context,
}

/// A regex entry.
#[derive(Debug)]
pub(super) struct Searcher {
    pub entry: u32,
    regex: Regex,
    bounded: bool,
}

impl Searcher {
    pub fn search(&self, document: &Document<'_>, found: &mut Vec<Found>) {
        for hit in self.regex.find_iter(document.text).filter(|h| !h.is_empty()) {
            let (start, end) = (hit.start() as u32, hit.end() as u32);
            let first = document.words.partition_point(|w| w.end <= start);
            let beyond = document.words.partition_point(|w| w.start < end).max(first);
            let touched = &document.words[first..beyond];
            let cut = |at: u32| touched.iter().any(|w| w.start < at && at < w.end && at != w.stem);
            if self.bounded && (cut(start) || cut(end)) {
                continue;
            }
            found.push(Found { first: first as u32, beyond: beyond as u32, entry: self.entry, gaps: 0, start, end });
        }
    }
}

pub(super) fn compile(lexicon: &Lexicon, language: &Language) -> Result<Matcher> {
    let mut compiler =
        Compiler { language, roles: Vec::new(), readings: Vec::new(), searchers: Vec::new(), contexts: HashMap::new() };
    let mut members: HashMap<String, Vec<std::ops::Range<u32>>> = HashMap::new();
    let mut entries: Vec<&Entry> = Vec::new();
    for (i, (path, frame)) in lexicon.flat_frames().into_iter().enumerate() {
        let start = entries.len() as u32;
        for entry in &frame.entries {
            compiler.entry(EntryRole::Frame(i as u32), entry)?;
            entries.push(entry);
        }
        let range = start..entries.len() as u32;
        for (at, _) in path.match_indices('.').chain([(path.len(), "")]) {
            members.entry(path[..at].to_owned()).or_default().push(range.clone());
        }
    }
    let actors_start = entries.len() as u32;
    for (id, actor) in &lexicon.actors {
        let start = entries.len() as u32;
        for alias in &actor.aliases {
            compiler.entry(EntryRole::Actor, alias)?;
            entries.push(alias);
        }
        members.entry(id.clone()).or_default().push(start..entries.len() as u32);
    }
    members.entry("actors".to_owned()).or_default().push(actors_start..entries.len() as u32);
    let mut conditions = Vec::with_capacity(entries.len());
    for entry in entries {
        conditions.push(compiler.conditions(entry, &members)?);
    }
    conditions.resize_with(compiler.roles.len(), || None);
    let mut index = IndexBuilder::default();
    for (i, reading) in compiler.readings.iter().enumerate() {
        index.add(i as u32, reading);
    }
    Ok(Matcher {
        index: index.build(),
        roles: compiler.roles,
        conditions,
        readings: compiler.readings,
        searchers: compiler.searchers,
        overlap: lexicon.overlap,
        abbreviations: language.abbreviations.clone(),
    })
}

struct Compiler<'l> {
    language: &'l Language,
    roles: Vec<EntryRole>,
    readings: Vec<CompiledReading>,
    searchers: Vec<Searcher>,
    /// Patterns of conditions, each compiled once.
    contexts: HashMap<String, u32>,
}

impl Compiler<'_> {
    fn entry(&mut self, role: EntryRole, entry: &Entry) -> Result<u32> {
        let id = self.roles.len() as u32;
        self.roles.push(role);
        match &entry.expression {
            Expression::Pattern(pattern) => self.pattern(id, &Pattern::parse(pattern)?, entry.case),
            Expression::Regex { regex, bounded } => {
                let compiled = RegexBuilder::new(regex)
                    .case_insensitive(entry.case != Some(CaseRule::Exact))
                    .build()
                    .map_err(|e| Error::regex(regex, &e.to_string()))?;
                self.searchers.push(Searcher { entry: id, regex: compiled, bounded: *bounded });
            }
        }
        Ok(id)
    }

    fn pattern(&mut self, entry: u32, pattern: &Pattern, case: Option<CaseRule>) {
        for reading in pattern.readings() {
            for (slots, separators) in with_hyphens_closed(reading, self.language) {
                let slots = slots.into_iter().map(|s| compile_slot(s, case)).collect();
                let compiled = CompiledReading::new(entry, slots, separators, &reading.before, &reading.after);
                if !self.readings.iter().rev().take_while(|r| r.entry == entry).any(|r| *r == compiled) {
                    self.readings.push(compiled);
                }
            }
        }
    }

    fn conditions(&mut self, entry: &Entry, members: &HashMap<String, Vec<std::ops::Range<u32>>>) -> Result<Option<Conditions>> {
        if entry.require.is_empty() && entry.forbid.is_empty() {
            return Ok(None);
        }
        let mut compile = |contexts: &[Context]| contexts.iter().map(|c| self.context(c, members)).collect::<Result<Vec<_>>>();
        Ok(Some(Conditions { require: compile(&entry.require)?, forbid: compile(&entry.forbid)? }))
    }

    fn context(&mut self, context: &Context, members: &HashMap<String, Vec<std::ops::Range<u32>>>) -> Result<CompiledContext> {
        let mut list =
            |written: &[String]| written.iter().map(|w| self.members(w, members)).collect::<Result<Vec<_>>>().map(Members::new);
        Ok(CompiledContext {
            any: list(&context.any)?,
            before: list(&context.before)?,
            after: list(&context.after)?,
            within: context.within,
        })
    }

    fn members(
        &mut self,
        written: &str,
        members: &HashMap<String, Vec<std::ops::Range<u32>>>,
    ) -> Result<Vec<std::ops::Range<u32>>> {
        if let Some(name) = crate::lexicon::reference(written) {
            return members.get(name).cloned().ok_or_else(|| Error::unknown_reference(name, members.keys().map(String::as_str)));
        }
        let id = match self.contexts.get(written) {
            Some(id) => *id,
            None => {
                let id = self.entry(EntryRole::Context, &Entry::plain(written))?;
                self.contexts.insert(written.to_owned(), id);
                id
            }
        };
        Ok(vec![id..id + 1])
    }
}

/// A slot with the inflections of its word spelled out.
#[derive(Clone)]
struct Forms {
    forms: Vec<Vec<Piece>>,
    acronym: bool,
}

impl Forms {
    fn of(slot: &Slot, language: &Language) -> Self {
        let forms = match slot.pieces.as_slice() {
            [Piece::Text(word)] if slot.inflected => language.inflections(word).into_iter().map(|w| vec![Piece::Text(w)]).collect(),
            pieces => vec![pieces.to_vec()],
        };
        Self { forms, acronym: slot.acronym }
    }

    /// Both sides of a hyphen as one word.
    fn join(&self, right: &Self) -> Self {
        let pairs = self.forms.iter().flat_map(|l| right.forms.iter().map(move |r| (l, r)));
        let forms = pairs.map(|(left, right)| match (left.split_last(), right.split_first()) {
            (Some((Piece::Text(a), start)), Some((Piece::Text(b), end))) => [start, &[Piece::Text(format!("{a}{b}"))], end].concat(),
            _ => [left.as_slice(), right].concat(),
        });
        Self { forms: forms.collect(), acronym: self.acronym && right.acronym }
    }
}

/// The reading with every hyphen both as it is and as nothing at all.
fn with_hyphens_closed(reading: &Reading, language: &Language) -> Vec<(Vec<Forms>, Vec<Separator>)> {
    let mut out: Vec<(Vec<Forms>, Vec<Separator>)> = vec![(Vec::new(), Vec::new())];
    for (i, slot) in reading.slots.iter().enumerate() {
        let forms = Forms::of(slot, language);
        let separator = i.checked_sub(1).map(|i| &reading.separators[i]);
        let mut closed = Vec::new();
        if separator == Some(&Separator::Hyphen) {
            closed.clone_from(&out);
            for left in closed.iter_mut().filter_map(|(slots, _)| slots.last_mut()) {
                *left = left.join(&forms);
            }
        }
        for (slots, separators) in &mut out {
            slots.push(forms.clone());
            separators.extend(separator.cloned());
        }
        out.append(&mut closed);
    }
    out
}

fn compile_slot(slot: Forms, rule: Option<CaseRule>) -> CompiledSlot {
    let case = match rule {
        Some(CaseRule::Exact) => Case::Exact,
        Some(CaseRule::Fold) => Case::Folded,
        None if slot.acronym => Case::Exact,
        None => Case::Folded,
    };
    let folded = |piece| if let Piece::Text(text) = piece { Piece::Text(fold(&text, case)) } else { piece };
    CompiledSlot::new(slot.forms.into_iter().map(|f| f.into_iter().map(folded).collect()).collect(), case)
}
