//! A lexicon to the tables of the matcher.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::conditions::{CompiledContext, Conditioned, Conditions, Extent, Members, gather};
use super::index::{IndexBuilder, Words};
use super::slot::CompiledSlot;
use super::verify::CompiledReading;
use super::{Found, Matcher};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::fold::{Case, folded};
use crate::language::Language;
use crate::lexicon::{CaseRule, Context, Entry, Expression, Lexicon, Overlap, reference};
use crate::pattern::{Pattern, Piece, Pieces, Reading, Separator, Slot};
use crate::vocabulary::VocabularyBuilder;

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

/// What a matcher reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    /// The frames of the lexicon.
    Frames,
    /// Its actors.
    Actors,
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

pub(super) fn compile(lexicon: &Lexicon, language: &Language, sought: Sought) -> Result<Matcher> {
    let of_actors = sought == Sought::Actors;
    let mut compiler = Compiler {
        language,
        roles: Vec::new(),
        readings: Vec::new(),
        searchers: Vec::new(),
        contexts: HashMap::new(),
        vocabulary: VocabularyBuilder::default(),
    };
    let mut members: HashMap<String, Members> = HashMap::new();
    let mut entries: Vec<&Entry> = Vec::new();
    let frames = if of_actors && !aliases_ask_for_frames(lexicon) { Vec::new() } else { lexicon.counted_frames() };
    let frame_count = frames.len();
    for (i, (path, frame)) in frames.into_iter().enumerate() {
        let start = entries.len() as u32;
        for entry in &frame.entries {
            compiler.entry(if of_actors { EntryRole::Context } else { EntryRole::Frame(i as u32) }, entry)?;
            entries.push(entry);
        }
        let range = start..entries.len() as u32;
        for (at, _) in path.match_indices('.').chain([(path.len(), "")]) {
            members.entry(path[..at].to_owned()).or_default().add(range.clone());
        }
    }
    let actors_start = entries.len() as u32;
    for (i, (id, actor)) in lexicon.actors.iter().enumerate() {
        let start = entries.len() as u32;
        for alias in &actor.aliases {
            compiler.entry(if of_actors { EntryRole::Frame(i as u32) } else { EntryRole::Actor }, alias)?;
            entries.push(alias);
        }
        members.entry(id.clone()).or_default().add(start..entries.len() as u32);
    }
    members.entry("actors".to_owned()).or_default().add(actors_start..entries.len() as u32);
    let mut conditions = Vec::with_capacity(entries.len());
    for entry in entries {
        conditions.push(compiler.conditions(entry, &members)?);
    }
    conditions.resize_with(compiler.roles.len(), || None);
    let vocabulary = std::mem::take(&mut compiler.vocabulary).build();
    for slot in compiler.readings.iter_mut().flat_map(CompiledReading::slots_mut) {
        slot.resolve(&vocabulary);
    }
    let overlap = if of_actors { Overlap::Lexicon } else { lexicon.overlap };
    let certain =
        if overlap == Overlap::Lexicon { Vec::new() } else { certain(&compiler.roles, &compiler.readings, &conditions, overlap) };
    let words = Words::new(&vocabulary, &compiler.readings, language);
    let (mut frames, mut around) = (IndexBuilder::new(&words, &certain), IndexBuilder::new(&words, &[]));
    for (i, reading) in compiler.readings.iter().enumerate() {
        let of_frame = matches!(compiler.roles[reading.entry as usize], EntryRole::Frame(_));
        if of_frame { &mut frames } else { &mut around }.add(i as u32, reading, conditions[reading.entry as usize].is_some());
    }
    gather(&mut conditions, &compiler.extents(&around.bits(compiler.roles.len(), &vocabulary)));
    let (searchers, searchers_around): (Vec<_>, Vec<_>) =
        compiler.searchers.into_iter().partition(|s| matches!(compiler.roles[s.entry as usize], EntryRole::Frame(_)));
    let frame_count = if of_actors { lexicon.actors.len() } else { frame_count };
    let frames = frames.build(&vocabulary, overlap == Overlap::All, frame_count);
    Ok(Matcher {
        filter: vocabulary.filter(|id| frames.is_counted(id), |form| language.listed(form)),
        frames,
        around: around.build(&vocabulary, true, frame_count),
        vocabulary,
        roles: compiler.roles,
        conditions: Conditioned::new(conditions),
        readings: compiler.readings,
        searchers,
        searchers_around,
        overlap,
        frame_count,
        abbreviations: language.abbreviations.clone(),
    })
}

/// By entry: the frame that is found wherever a word of it is, or both of its words where all that is found counts. Such an entry has one reading, no condition,
/// and none asks for it.
fn certain(
    roles: &[EntryRole],
    readings: &[CompiledReading],
    conditions: &[Option<Conditions>],
    overlap: Overlap,
) -> Vec<Option<u32>> {
    let frame = |role: &EntryRole| if let EntryRole::Frame(frame) = role { Some(*frame) } else { None };
    let mut out: Vec<_> = roles.iter().map(frame).collect();
    let asked = conditions.iter().flatten().flat_map(Conditions::members);
    let with_conditions = (0..).zip(conditions).filter_map(|(i, own)| own.as_ref().map(|_| i));
    let again = readings.windows(2).filter(|two| two[0].entry == two[1].entry).map(|two| two[0].entry);
    let is_whole = |r: &&CompiledReading| r.is_word() || overlap == Overlap::All && r.is_pair();
    let several = again.chain(readings.iter().filter(|r| !is_whole(r)).map(|r| r.entry));
    for entry in asked.chain(with_conditions).chain(several) {
        out[entry as usize] = None;
    }
    out
}

/// Whether a condition of an alias refers to a frame.
fn aliases_ask_for_frames(lexicon: &Lexicon) -> bool {
    let contexts = lexicon.actors.values().flat_map(|a| &a.aliases).flat_map(|e| e.require.iter().chain(&e.forbid));
    let asked = contexts.flat_map(|c| c.any.iter().chain(&c.before).chain(&c.after)).filter_map(|w| reference(w));
    asked.into_iter().any(|name| name != "actors" && !lexicon.actors.contains_key(name))
}

struct Compiler<'l> {
    language: &'l Language,
    roles: Vec<EntryRole>,
    readings: Vec<CompiledReading>,
    searchers: Vec<Searcher>,
    /// Patterns of conditions, each compiled once.
    contexts: HashMap<String, u32>,
    vocabulary: VocabularyBuilder,
}

impl Compiler<'_> {
    fn entry(&mut self, role: EntryRole, entry: &Entry) -> Result<u32> {
        let id = self.roles.len() as u32;
        self.roles.push(role);
        match &entry.expression {
            Expression::Pattern(pattern) => self.pattern(id, Pattern::parse(pattern)?, entry.case),
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

    fn pattern(&mut self, entry: u32, pattern: Pattern, case: Option<CaseRule>) {
        let mut closed = Shapes::new();
        for reading in pattern.into_readings() {
            add_with_hyphens_closed(reading, self.language, &mut closed);
        }
        for shape in merged(closed) {
            let mut slots = Vec::with_capacity(shape.slots.len());
            slots.extend(shape.slots.into_iter().map(|s| compile_slot(s, case, &mut self.vocabulary)));
            self.readings.push(CompiledReading::new(entry, slots.into(), shape.separators, &shape.before, &shape.after));
        }
    }

    /// By entry, of those that a condition may ask for, given the bits of the words at which a search for each begins.
    fn extents(&self, bits: &[u64]) -> Vec<Extent> {
        let mut out: Vec<_> = bits.iter().map(|bits| Extent { bits: *bits, words: 0 }).collect();
        let readings = self.readings.iter().map(|reading| (reading.entry, reading.longest()));
        for (entry, words) in readings.chain(self.searchers.iter().map(|s| (s.entry, u32::MAX))) {
            let known = &mut out[entry as usize].words;
            *known = words.max(*known);
        }
        out
    }

    fn conditions(&mut self, entry: &Entry, members: &HashMap<String, Members>) -> Result<Option<Conditions>> {
        if entry.require.is_empty() && entry.forbid.is_empty() {
            return Ok(None);
        }
        let mut compile = |contexts: &[Context]| contexts.iter().map(|c| self.context(c, members)).collect::<Result<Vec<_>>>();
        Ok(Some(Conditions { require: compile(&entry.require)?, forbid: compile(&entry.forbid)?, bits: 0, reach: 0 }))
    }

    fn context(&mut self, context: &Context, members: &HashMap<String, Members>) -> Result<CompiledContext> {
        let mut list = |written: &[String]| written.iter().map(|w| self.members(w, members)).collect::<Result<Members>>();
        Ok(CompiledContext {
            any: list(&context.any)?,
            before: list(&context.before)?,
            after: list(&context.after)?,
            within: context.within,
        })
    }

    fn members(&mut self, written: &str, members: &HashMap<String, Members>) -> Result<Members> {
        if let Some(name) = reference(written) {
            return members.get(name).cloned().ok_or_else(|| Error::unknown_reference(name, members.keys().map(String::as_str)));
        }
        if let Some(id) = self.contexts.get(written) {
            return Ok(Members::one(*id));
        }
        let id = self.entry(EntryRole::Context, &Entry::plain(written))?;
        self.contexts.insert(written.to_owned(), id);
        Ok(Members::one(id))
    }
}

/// The forms a slot may take, and whether each is an acronym.
type Forms = SmallVec<[(Pieces, bool); 1]>;

/// A reading with its slots spelled out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Shape {
    slots: SmallVec<[Forms; 1]>,
    separators: Vec<Separator>,
    before: String,
    after: String,
}

type Shapes = SmallVec<[Shape; 1]>;

fn forms(slot: Slot, language: &Language) -> Forms {
    match slot.pieces.as_slice() {
        [Piece::Text(word)] if slot.inflected => {
            language.inflections(word).into_iter().map(|w| (smallvec![Piece::Text(w)], slot.acronym)).collect()
        }
        _ => smallvec![(slot.pieces, slot.acronym)],
    }
}

/// Both sides of a hyphen as one word. An acronym stays exact beside a word in any case: the word is written small, with a capital, and large.
fn join(left: &Forms, right: &Forms) -> Forms {
    let pairs = left.iter().flat_map(|l| right.iter().map(move |r| (l, r)));
    let both = pairs.flat_map(|((left, a), (right, b))| {
        let sides =
            |x: &[Pieces], y: &[Pieces]| x.iter().flat_map(|x| y.iter().map(|y| (glued(x, y), *a || *b))).collect::<Forms>();
        match (a, b) {
            (true, false) => sides(std::slice::from_ref(left), &cases(right)),
            (false, true) => sides(&cases(left), std::slice::from_ref(right)),
            _ => sides(std::slice::from_ref(left), std::slice::from_ref(right)),
        }
    });
    both.collect()
}

fn glued(left: &[Piece], right: &[Piece]) -> Pieces {
    let both = match (left.split_last(), right.split_first()) {
        (Some((Piece::Text(x), start)), Some((Piece::Text(y), end))) => [start, &[Piece::Text(format!("{x}{y}"))], end].concat(),
        _ => [left, right].concat(),
    };
    both.into()
}

/// A word in small letters, with a capital first, and in capitals.
fn cases(word: &[Piece]) -> [Pieces; 3] {
    let each = |change: &dyn Fn(usize, &str) -> String| {
        let changed = |(i, p): (usize, &Piece)| if let Piece::Text(t) = p { Piece::Text(change(i, t)) } else { p.clone() };
        word.iter().enumerate().map(changed).collect()
    };
    let titled = |i: usize, text: &str| {
        let mut chars = text.chars();
        let first = chars.next().filter(|_| i == 0).map(|c| c.to_uppercase().to_string());
        if let Some(first) = first { first + &chars.as_str().to_lowercase() } else { text.to_lowercase() }
    };
    [each(&|_, t| t.to_lowercase()), each(&titled), each(&|_, t| t.to_uppercase())]
}

/// Adds the reading with every hyphen both as it is and as nothing at all.
fn add_with_hyphens_closed(reading: Reading, language: &Language, shapes: &mut Shapes) {
    let Reading { slots, separators, before, after } = reading;
    if !separators.contains(&Separator::Hyphen) {
        let slots = slots.into_iter().map(|slot| forms(slot, language)).collect();
        return shapes.push(Shape { slots, separators, before, after });
    }
    let mut out: Shapes = smallvec![Shape { slots: SmallVec::new(), separators: Vec::new(), before, after }];
    for (i, slot) in slots.into_iter().enumerate() {
        let forms = forms(slot, language);
        let separator = i.checked_sub(1).map(|i| &separators[i]);
        let mut closed = Shapes::new();
        if separator == Some(&Separator::Hyphen) {
            closed.clone_from(&out);
            for left in closed.iter_mut().filter_map(|shape| shape.slots.last_mut()) {
                *left = join(left, &forms);
            }
        }
        for shape in &mut out {
            shape.slots.push(forms.clone());
            shape.separators.extend(separator.cloned());
        }
        out.append(&mut closed);
    }
    shapes.append(&mut out);
}

/// Readings that differ in one slot only become one reading whose slot has the forms of both, so that alternatives do not multiply.
fn merged(mut shapes: Shapes) -> Shapes {
    if shapes.len() == 1 {
        return shapes;
    }
    let longest = shapes.iter().map(|s| s.slots.len()).max().unwrap_or(0);
    for k in 0..longest {
        let mut at: FxHashMap<Shape, usize> = FxHashMap::default();
        let mut out = Shapes::with_capacity(shapes.len());
        for mut shape in shapes {
            let Some(slot) = shape.slots.get_mut(k) else {
                out.push(shape);
                continue;
            };
            let forms = std::mem::take(slot);
            let i = *at.entry(shape.clone()).or_insert(out.len());
            if i == out.len() {
                shape.slots[k] = forms;
                out.push(shape);
            } else {
                let known = &mut out[i].slots[k];
                known.extend(forms.into_iter().filter(|f| !known.contains(f)).collect::<Vec<_>>());
            }
        }
        shapes = out;
    }
    shapes
}

fn compile_slot(forms: Forms, rule: Option<CaseRule>, vocabulary: &mut VocabularyBuilder) -> CompiledSlot {
    let compiled = forms.into_iter().map(|(pieces, acronym)| {
        let case = match rule {
            Some(CaseRule::Exact) => Case::Exact,
            None if acronym => Case::Exact,
            Some(CaseRule::Fold) | None => Case::Folded,
        };
        let folded = |piece| if let Piece::Text(text) = piece { Piece::Text(folded(text, case)) } else { piece };
        (pieces.into_iter().map(folded).collect(), case)
    });
    CompiledSlot::new(compiled, vocabulary)
}
