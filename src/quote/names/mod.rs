//! The people of a document: their fullest names, offices and gender; and who a noun phrase or a pronoun is.

mod resolve;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lists::Kinds;
use super::{Outside, Speaker};
use crate::actor::{ActorId, Actors, Mention};
use crate::document::Told;
use crate::fold::{Case, fold, fold_into};
use crate::grammar::{Classes, Parsed};
use crate::lexicon::ActorType;
use resolve::{RevLast, compatible};

/// How many sentences a pronoun looks back.
const REACH: usize = 10;

#[derive(Debug, Clone)]
struct Person {
    name: String,
    actor: Option<ActorId>,
    gender: Kinds,
}

/// A place where a person is named outside quotation marks, or speaks.
#[derive(Debug, Clone, Copy)]
struct Seen {
    word: u32,
    person: usize,
    /// As "Ann's": not the subject.
    genitive: bool,
}

/// An office a person was said to bear.
#[derive(Debug, Clone)]
struct Office {
    noun: String,
    /// "president": who leads a country.
    head: bool,
    phrase: Range<u32>,
    person: usize,
    at: u32,
}

/// Who a speaker is.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) speaker: Speaker,
    person: Option<usize>,
}

/// The people of one document.
#[derive(Debug)]
pub(super) struct Cast<'d, 't> {
    parsed: Parsed<'d, 't>,
    words: Told<'d, 't, Kinds>,
    actors: &'d Actors,
    mentions: &'d [Mention],
    people: Vec<Person>,
    by_surname: FxHashMap<String, Vec<usize>>,
    /// By the other words of a name; none where two people share it.
    by_part: FxHashMap<String, Option<usize>>,
    seen: Vec<Seen>,
    spoke: Vec<Seen>,
    offices: Vec<Office>,
    /// Room for a folded word.
    form: String,
}

/// Whether a word of these classes can be part of a name.
fn is_capital(class: Classes) -> bool {
    let function = Classes::DETERMINER | Classes::PRONOUN | Classes::PREPOSITION | Classes::SUBORDINATOR | Classes::COORDINATOR;
    let verb = Classes::BE | Classes::HAVE;
    class.and(function | verb | Classes::COMPLEMENTIZER | Classes::POSSESSIVE | Classes::CAPITAL) == Classes::CAPITAL
}

impl<'d, 't> Cast<'d, 't> {
    pub(super) fn new(
        parsed: Parsed<'d, 't>,
        words: Told<'d, 't, Kinds>,
        actors: &'d Actors,
        mentions: &'d [Mention],
        outside: &Outside<'_>,
    ) -> Self {
        let mut cast = Self {
            parsed,
            words,
            actors,
            mentions,
            people: Vec::new(),
            by_surname: FxHashMap::default(),
            by_part: FxHashMap::default(),
            seen: Vec::new(),
            spoke: Vec::new(),
            offices: Vec::new(),
            form: String::new(),
        };
        let end = parsed.classes.len() as u32;
        let mut i = 0;
        while let Some(next) = parsed.classes[i as usize..].iter().position(|c| is_capital(*c)) {
            let run = cast.run(i + next as u32, end);
            if let Some((person, name)) = cast.person_of(run.clone()) {
                if outside.holds(name.start) {
                    let genitive = parsed.is(name.end - 1, Classes::GENITIVE);
                    cast.seen.push(Seen { word: name.start, person, genitive });
                }
                cast.note_offices(person, &name);
            }
            i = run.end;
        }
        cast
    }

    #[inline]
    fn kinds(&self, word: u32) -> Kinds {
        self.words.at_once(word).unwrap_or_else(|| self.words.of(word))
    }

    fn folded(&self, word: u32) -> String {
        fold(self.parsed.document.stem(word), Case::Folded)
    }

    /// The run of capitalised words that begins at one.
    fn run(&self, i: u32, end: u32) -> Range<u32> {
        let mut j = i + 1;
        while j < end && !self.parsed.is(j - 1, Classes::GENITIVE) && self.is_joined(j) {
            if self.is_capital(j) {
                j += 1;
            } else if self.is_capital(j + 1) && self.is_particle(j) && self.is_joined(j + 1) {
                j += 2;
            } else {
                break;
            }
        }
        i..j
    }

    fn is_capital(&self, word: u32) -> bool {
        self.parsed.classes.get(word as usize).is_some_and(|c| is_capital(*c))
    }

    /// "van", in small letters.
    fn is_particle(&self, word: u32) -> bool {
        !self.parsed.is(word, Classes::CAPITAL) && self.kinds(word).any(Kinds::PARTICLE)
    }

    /// Whether only a blank, a hyphen or the stop of an initial or a title stands before a word.
    #[inline]
    fn is_joined(&self, word: u32) -> bool {
        self.parsed.is_spaced(word) || !self.parsed.has_comma(word) && self.is_joined_by_marks(word)
    }

    #[inline(never)]
    fn is_joined_by_marks(&self, word: u32) -> bool {
        let gap = self.parsed.document.before(word);
        matches!(gap, "-" | "\u{a0}" | "‑")
            || gap == ". " && {
                let before = self.parsed.document.word(word - 1);
                before.chars().count() == 1 || self.kinds(word - 1).any(Kinds::TITLE)
            }
    }

    /// The person a run of capitalised words names, and the words of the name without titles.
    fn person_of(&mut self, run: Range<u32>) -> Option<(usize, Range<u32>)> {
        let last_title = (run.start..run.end.saturating_sub(1)).rfind(|i| self.kinds(*i).any(Kinds::TITLE));
        let name = last_title.map_or(run.start, |t| t + 1)..run.end;
        if name.is_empty() {
            return None;
        }
        let before = name.start.checked_sub(1).filter(|b| last_title.is_some() || self.parsed.is_spaced(b + 1));
        if name.clone().any(|i| self.kinds(i).any(Kinds::BODY)) {
            return None;
        }
        // "Secretary-General", "Prime Minister": an office, and nobody's name; but "Mr. King".
        let honorific = |b: u32| self.kinds(b).any(Kinds::TITLE_HE.or(Kinds::TITLE_SHE)) && !self.kinds(b).any(Kinds::ROLE);
        let office = name.len() == 1 && self.kinds(name.start).any(Kinds::ROLE);
        if office && !name.start.checked_sub(1).is_some_and(honorific) {
            return None;
        }
        // "Khalid bin Salman al-Harbi" is not Mohammed bin Salman.
        let within = |m: &Mention| name.start < m.first_word && m.first_word + m.words < name.end;
        let mention = self.mention_in(&name);
        let person = mention.filter(|m| self.actors.get(m.actor).kind == ActorType::Person && !within(m));
        if person.is_none() && mention.is_some_and(|m| m.words as usize >= name.len()) {
            return None;
        }
        let titled = before.is_some_and(|b| last_title.is_some() || self.kinds(b).any(Kinds::TITLE.or(Kinds::ROLE)));
        let gender = self.gender(&name, before.filter(|_| titled));
        if let Some(m) = person {
            return Some((self.actor_person(m.actor, gender, &name), name));
        }
        if let Some(known) = self.known(&name, gender) {
            return Some((known, name));
        }
        let first = || self.kinds(name.start).any(Kinds::HE.or(Kinds::SHE));
        let colleague =
            || name.start > 0 && self.parsed.marks_before(name.start) == ", " && self.kinds(name.start - 1).any(Kinds::ROLE);
        let long = name.len() > 1 && name.len() < 5;
        let new = titled || long && (first() || colleague() || self.has_apposition(name.end));
        if !new || self.kinds(name.end - 1).any(Kinds::TIME) {
            return None;
        }
        let text = self.parsed.document.span(name.clone()).of(self.parsed.document.text).to_owned();
        let surname = self.folded(name.end - 1);
        Some((self.add(Person { name: text, actor: None, gender }, surname), name))
    }

    fn add(&mut self, person: Person, surname: String) -> usize {
        let new = self.people.len();
        for part in person.name.split(' ').map(|p| fold(p, Case::Folded)).filter(|p| *p != surname) {
            self.by_part.entry(part).and_modify(|known| *known = None).or_insert(Some(new));
        }
        self.people.push(person);
        self.by_surname.entry(surname).or_default().push(new);
        new
    }

    fn actor_person(&mut self, actor: ActorId, gender: Kinds, name: &Range<u32>) -> usize {
        if let Some(known) = self.people.iter().position(|p| p.actor == Some(actor)) {
            return known;
        }
        let label = self.actors.get(actor).label.clone();
        let surname = self.folded(name.end - 1);
        self.add(Person { name: label, actor: Some(actor), gender }, surname)
    }

    /// A person named before whom these words can name.
    fn known(&mut self, name: &Range<u32>, gender: Kinds) -> Option<usize> {
        if self.people.is_empty() {
            return None;
        }
        let mut form = std::mem::take(&mut self.form);
        fold_into(self.parsed.document.stem(name.end - 1), Case::Folded, &mut form);
        let known = self.known_as(&form, name, gender);
        self.form = form;
        known
    }

    /// The same, given the last word of the name.
    fn known_as(&mut self, surname: &str, name: &Range<u32>, gender: Kinds) -> Option<usize> {
        let named = self.by_surname.get(surname);
        let part = self.by_part.get(surname).copied().flatten();
        if named.is_none() && part.is_none() {
            return None;
        }
        let text = self.parsed.document.span(name.clone()).of(self.parsed.document.text);
        let single = name.clone().filter(|i| self.is_capital(*i)).count() == 1;
        let fits = |p: &&usize| {
            let person = &self.people[**p];
            let same = single || person.name == text || person.name.split(' ').count() == 1;
            same && compatible(person.gender, gender)
        };
        let by_surname = named.and_then(|n| n.iter().rev().find(fits).copied());
        let known = by_surname.or_else(|| part.filter(|p| single && fits(&p)))?;
        let person = &mut self.people[known];
        if person.actor.is_none() && text.len() > person.name.len() {
            text.clone_into(&mut person.name);
        }
        if person.gender == Kinds::default() {
            person.gender = gender;
        }
        Some(known)
    }

    fn gender(&self, name: &Range<u32>, title: Option<u32>) -> Kinds {
        let title = title.map_or(Kinds::default(), |t| self.kinds(t));
        let first = if name.len() > 1 { self.kinds(name.start) } else { Kinds::default() };
        match (title.any(Kinds::TITLE_HE), title.any(Kinds::TITLE_SHE), first.any(Kinds::HE), first.any(Kinds::SHE)) {
            (true, _, _, _) | (_, false, true, false) => Kinds::HE,
            (_, true, _, _) | (_, _, false, true) => Kinds::SHE,
            _ => Kinds::default(),
        }
    }

    fn mention_in(&self, words: &Range<u32>) -> Option<&'d Mention> {
        let at = self.mentions.partition_point(|m| m.first_word + m.words <= words.start);
        let person = |m: &&Mention| self.actors.get(m.actor).kind == ActorType::Person;
        let inside = || self.mentions[at..].iter().take_while(|m| m.first_word < words.end);
        inside().rev_last(person).or_else(|| inside().next())
    }

    /// Whether ", the foreign minister" or the like follows a name.
    fn has_apposition(&self, end: u32) -> bool {
        self.apposition(end).is_some()
    }

    fn apposition(&self, end: u32) -> Option<Range<u32>> {
        let document = self.parsed.document;
        let last = document.words.len() as u32;
        if end >= last || self.parsed.marks_before(end) != ", " {
            return None;
        }
        let stop = (end + 1..last.min(end + 12)).find(|i| self.parsed.has_mark(*i, &[',', '.', ';', ':', '”', '"', '\n']));
        let phrase = end..stop.unwrap_or(last.min(end + 12));
        let relative = self.parsed.is(phrase.start, Classes::RELATIVE | Classes::PRONOUN);
        let role = phrase.clone().take(8).any(|i| self.kinds(i).any(Kinds::ROLE) && !self.parsed.is(i, Classes::GENITIVE));
        (!relative && role).then_some(phrase)
    }

    /// "Politician and writer, founder of a party, Anna Kern, …": what opens the sentence before a name and a comma.
    fn fronted(&self, name: u32) -> Option<Range<u32>> {
        if name == 0 || self.parsed.marks_before(name) != ", " {
            return None;
        }
        let start = self.parsed.document.words_of(self.parsed.document.sentence(name)).start;
        let verb = |i: u32| self.parsed.is(i, Classes::AUXILIARY | Classes::VERB | Classes::SUBJECT);
        (name - start < 18 && start < name && !(start..name).any(verb)).then_some(start..name)
    }

    /// Remembers the offices named before and after a name.
    fn note_offices(&mut self, person: usize, name: &Range<u32>) {
        let mut start = name.start;
        while start > 0 && name.start - start < 6 && self.parsed.marks_before(start).trim_matches([' ', '-', '.']).is_empty() {
            let joins = start > 1 && self.parsed.is(start - 1, Classes::COORDINATOR) && self.kinds(start - 2).any(Kinds::ROLE);
            let stop = Classes::DETERMINER | Classes::PREPOSITION | Classes::AUXILIARY | Classes::COORDINATOR;
            if self.parsed.is(start - 1, stop) && !joins {
                break;
            }
            start -= 1;
        }
        for phrase in [Some(start..name.start), self.apposition(name.end), self.fronted(name.start)].into_iter().flatten() {
            for i in phrase.clone().filter(|i| self.kinds(*i).any(Kinds::ROLE)).collect::<Vec<_>>() {
                let head = self.kinds(i).any(Kinds::HEAD);
                self.offices.push(Office { noun: self.folded(i), head, phrase: phrase.clone(), person, at: name.start });
            }
        }
    }
}
