//! Who a noun phrase or a pronoun is.

use std::ops::Range;

use super::super::Speaker;
use super::super::lists::Kinds;
use super::{Cast, Known, Office, Person, REACH, Seen};
use crate::actor::Mention;
use crate::fold::{Case, fold};
use crate::grammar::Classes;
use crate::lexicon::ActorType;

impl Cast<'_, '_> {
    /// Who a noun phrase beside a report cue is. `head` is the phrase up to its first preposition or comma.
    pub(in crate::quote) fn resolve(&mut self, head: Range<u32>, at: u32) -> Option<Known> {
        let head = self.without_owner(self.without_determiner(head)?);
        let first = head.start;
        let known = if let Some(gender) = self.pronoun_gender(first) {
            self.pronoun(first, gender).map(|p| (p, head.clone()))
        } else if self.parsed.is(first, Classes::PRONOUN) {
            None
        } else {
            let named = if self.is_joint(&head) { None } else { self.named(head.clone()) };
            named.or_else(|| self.bearer(head.clone(), at).map(|p| (p, head.clone())))
        };
        if let Some((person, words)) = known {
            let speaker = self.speaker(person, words.clone());
            self.spoke.push(Seen { word: at, person, genitive: false });
            return Some(Known { speaker, person: Some(person) });
        }
        if let Some((person, words)) = self.new_speaker(&head) {
            let speaker = self.speaker(person, words);
            self.spoke.push(Seen { word: at, person, genitive: false });
            return Some(Known { speaker, person: Some(person) });
        }
        let stands_for = Classes::PRONOUN | Classes::RELATIVE | Classes::SUBJECT | Classes::POSSESSIVE;
        if self.parsed.is(first, stands_for) && head.len() == 1 {
            return None;
        }
        let head = self.with_country(head);
        let span = self.parsed.document.span(head.clone());
        let whole = |m: &&Mention| m.first_word <= first && head.end <= m.first_word + m.words;
        let actor = self.mention_in(&head).filter(whole).map(|m| m.actor);
        let name = span.of(self.parsed.document.text).to_owned();
        let person = self.unnamed(&head, &name);
        self.spoke.extend(person.map(|person| Seen { word: at, person, genitive: false }));
        Some(Known { speaker: Speaker { name, actor, span }, person })
    }

    /// "The government of Peru", "the Republic of the Congo": what speaks, with the name after "of".
    fn with_country(&self, head: Range<u32>) -> Range<u32> {
        let mut end = head.end;
        // "The Government of the Republic of Korea".
        while let Some(further) = self.past_of(end).filter(|_| end < head.end + 7) {
            end = further;
        }
        head.start..end
    }

    /// Where the name ends that "of" or "of the" leads to.
    fn past_of(&self, at: u32) -> Option<u32> {
        let words = self.parsed.document.words.len() as u32;
        let is = |i: u32, written: &str| i < words && self.parsed.is_spaced(i) && self.parsed.document.word(i) == written;
        let name = at + 1 + u32::from(is(at + 1, "the"));
        if !is(at, "of") || name >= words || !self.is_capital(name) || !self.parsed.is_spaced(name) {
            return None;
        }
        let mention = self.mentions.get(self.mentions.partition_point(|m| m.first_word < name)).filter(|m| m.first_word == name);
        Some(mention.map_or_else(|| self.run(name, words).end, |m| name + m.words))
    }

    /// "Anna Kern and Peter Holt": two names.
    fn is_joint(&self, head: &Range<u32>) -> bool {
        let joins = |i: u32| self.parsed.document.word(i) == "and" && self.is_capital(i - 1) && self.is_capital(i + 1);
        (head.start + 1..head.end.saturating_sub(1)).any(joins)
    }

    /// Whom a label before or after a quotation names: "The minister: “…”", "“…” – Anna Kern, minister of trade".
    pub(in crate::quote) fn labelled(&mut self, label: Range<u32>, at: u32) -> Option<Known> {
        let parts = |i: &u32| self.parsed.has_mark(*i, &[',', '(']) || self.parsed.is(*i, Classes::PREPOSITION);
        let head = label.start..(label.start + 1..label.end).find(parts).unwrap_or(label.end);
        let opens = Classes::TO | Classes::PREPOSITION;
        let last = head.end.checked_sub(1).filter(|l| *l >= head.start && !self.parsed.is(head.start, opens))?;
        let name = head.len() > 1 && head.clone().all(|i| self.is_capital(i)) || self.mention_in(&head).is_some();
        let known = self.by_surname.contains_key(&self.folded(last)) && self.is_capital(last);
        let office = self.kinds(last).any(Kinds::ROLE.or(Kinds::GROUP));
        if name || known || office { self.resolve(head, at) } else { None }
    }

    /// Whether a label without quotation marks names a person, or an office.
    pub(in crate::quote) fn can_be_label(&self, label: &Range<u32>) -> bool {
        let last = label.end - 1;
        let person = |m: &Mention| self.actors.get(m.actor).kind == ActorType::Person && m.first_word + m.words == label.end;
        let named = self.mention_in(label).is_some_and(person);
        let known = self.by_surname.contains_key(&self.folded(last)) && label.clone().all(|i| self.is_capital(i));
        let office = self.kinds(last).any(Kinds::ROLE) && !self.parsed.document.stem(last).ends_with('s');
        named || known || office
    }

    /// A person who is not named, "a delegate": whom "she" may mean further on.
    fn unnamed(&mut self, head: &Range<u32>, name: &str) -> Option<usize> {
        let noun = head.end - 1;
        let kinds = self.kinds(noun);
        if !kinds.any(Kinds::ROLE) || self.parsed.document.stem(noun).ends_with('s') {
            return None;
        }
        let gender = self.gender(&(noun..head.end), Some(noun));
        self.people.push(Person { name: name.to_owned(), actor: None, gender });
        Some(self.people.len() - 1)
    }

    /// Two to four capitalised words that speak and name no body are a person.
    fn new_speaker(&mut self, head: &Range<u32>) -> Option<(usize, Range<u32>)> {
        let plain = |i: u32| {
            self.is_capital(i)
                && !self
                    .kinds(i)
                    .any(Kinds::BODY.or(Kinds::SOURCE).or(Kinds::GROUP).or(Kinds::ROLE).or(Kinds::TITLE).or(Kinds::TIME))
        };
        let name = (2..4).contains(&head.len()) && head.clone().all(plain) && self.mention_in(head).is_none();
        if !name || (head.start + 1..head.end).any(|i| !self.is_joined(i)) {
            return None;
        }
        let text = self.parsed.document.span(head.clone()).of(self.parsed.document.text).to_owned();
        let surname = self.folded(head.end - 1);
        let person = self.add(Person { name: text, actor: None, gender: Kinds::default() }, surname);
        self.note_offices(person, head);
        Some((person, head.clone()))
    }

    /// The gender of "he", "his", "she's".
    fn pronoun_gender(&self, word: u32) -> Option<Kinds> {
        let pronoun = self.parsed.document.word(word).split(['\'', '’']).next().unwrap_or("");
        match pronoun.to_ascii_lowercase().as_str() {
            "he" | "his" => Some(Kinds::HE),
            "she" | "her" => Some(Kinds::SHE),
            _ => None,
        }
    }

    /// The same speaker once more, further on.
    pub(in crate::quote) fn again(&mut self, known: &Known, at: u32) {
        self.spoke.extend(known.person.map(|person| Seen { word: at, person, genitive: false }));
    }

    fn speaker(&self, person: usize, words: Range<u32>) -> Speaker {
        let person = &self.people[person];
        Speaker { name: person.name.clone(), actor: person.actor, span: self.parsed.document.span(words) }
    }

    fn without_determiner(&self, mut head: Range<u32>) -> Option<Range<u32>> {
        while !head.is_empty() && self.parsed.is(head.start, Classes::DETERMINER | Classes::COORDINATOR | Classes::ADVERB) {
            if head.len() == 1 && self.parsed.is(head.start, Classes::SUBJECT) || self.is_capital(head.start) {
                break;
            }
            head.start += 1;
        }
        (!head.is_empty()).then_some(head)
    }

    /// "Her lawyer" without "her"; "her own" is she.
    fn without_owner(&self, head: Range<u32>) -> Range<u32> {
        let owned = self.parsed.is(head.start, Classes::POSSESSIVE)
            && (head.start + 1..head.end).any(|i| !self.parsed.is(i, Classes::DETERMINER));
        head.start + u32::from(owned)..head.end
    }

    /// The person named by the last capitalised words of a noun phrase, if it ends with them.
    fn named(&mut self, head: Range<u32>) -> Option<(usize, Range<u32>)> {
        let mut start = head.end;
        while start > head.start {
            let i = start - 1;
            let joined = start == head.end || self.is_joined(start) && !self.parsed.is(i, Classes::GENITIVE);
            let particle = start < head.end && self.kinds(i).any(Kinds::PARTICLE);
            if !joined || !(self.is_capital(i) || particle) {
                break;
            }
            start = i;
        }
        if start == head.end {
            return None;
        }
        self.person_of(start..head.end)
    }

    /// The last person who bears the office a definite noun phrase names; else who leads the country it names; else, for a
    /// commentator, who spoke last.
    fn bearer(&mut self, head: Range<u32>, at: u32) -> Option<usize> {
        let document = self.parsed.document;
        let definite = head.start.checked_sub(1).is_some_and(|b| document.word(b).eq_ignore_ascii_case("the"));
        let of = head.len() > 2 && document.word(head.end - 2).eq_ignore_ascii_case("of");
        let noun = if of { head.end - 3 } else { head.end - 1 };
        let heads = ["head", "heads"].iter().any(|h| document.word(noun).eq_ignore_ascii_case(h));
        let of_state = of && heads && document.word(head.end - 1).eq_ignore_ascii_case("state");
        let kinds = self.kinds(noun);
        if !of_state && !kinds.any(Kinds::ROLE) || document.stem(noun).ends_with('s') {
            return None;
        }
        let named = definite.then(|| self.office(&head, at, of_state)).flatten().or_else(|| self.leader(&head, of_state));
        let last = || self.spoke.last().filter(|s| s.word < at && at - s.word < 250).map(|s| s.person);
        named.or_else(|| if definite && kinds.any(Kinds::COMMENTATOR) { last() } else { None })
    }

    fn office(&self, head: &Range<u32>, at: u32, of_state: bool) -> Option<usize> {
        let of = head.len() > 2 && self.folded(head.end - 2) == "of";
        let last = if of { head.end - 3 } else { head.end - 1 };
        let noun = self.folded(last);
        let heads = of_state || noun == "leader";
        let qualifiers: Vec<String> = (head.start..last).map(|i| self.folded(i)).collect();
        let fits = |o: &&Office| {
            let shared = || o.phrase.clone().any(|i| qualifiers.contains(&self.folded(i)));
            o.at < at && (heads && o.head || o.noun == noun && (qualifiers.is_empty() || shared()))
        };
        self.offices.iter().filter(fits).max_by_key(|o| o.at).map(|o| o.person)
    }

    /// Who leads the country named in a noun phrase, where the lexicon knows one leader.
    fn leader(&mut self, head: &Range<u32>, of_state: bool) -> Option<usize> {
        let country = self.mention_in(head).map(|m| self.actors.get(m.actor))?;
        let [leader] = country.leads.as_slice() else { return None };
        if !of_state && !self.kinds(head.end - 1).any(Kinds::HEAD) {
            return None;
        }
        if let Some(known) = self.people.iter().position(|p| p.actor == Some(*leader)) {
            return Some(known);
        }
        let name = self.actors.get(*leader).label.clone();
        let surname = fold(name.rsplit(' ').next().unwrap_or(&name), Case::Folded);
        Some(self.add(Person { name, actor: Some(*leader), gender: Kinds::default() }, surname))
    }

    /// Whom "he" or "she" means: in the last sentence that names someone fitting, who speaks there, else who is named first.
    fn pronoun(&self, at: u32, gender: Kinds) -> Option<usize> {
        let document = self.parsed.document;
        let sentence = document.sentence(at);
        let mut owner = None;
        for back in 0..=REACH.min(sentence) {
            let words = document.words_of(sentence - back);
            let words = words.start..words.end.min(at);
            let fitting = |s: &&Seen| compatible(self.people[s.person].gender, gender);
            let spoke = within(&self.spoke, &words).iter().rev().find(fitting);
            let seen = within(&self.seen, &words);
            if let Some(found) = spoke.or_else(|| seen.iter().filter(|s| !s.genitive).find(fitting)) {
                return Some(found.person);
            }
            owner = owner.or_else(|| seen.iter().find(fitting).map(|s| s.person));
        }
        owner
    }

    /// The person most likely to speak in a quotation without a cue: who was named first in the words before it.
    pub(in crate::quote) fn nearby(&mut self, words: Range<u32>) -> Option<Known> {
        let spoke = within(&self.spoke, &words).last();
        let seen = within(&self.seen, &words).iter().find(|s| !s.genitive);
        let found = *spoke.or(seen)?;
        Some(Known { speaker: self.speaker(found.person, found.word..found.word + 1), person: Some(found.person) })
    }
}

pub(super) fn compatible(a: Kinds, b: Kinds) -> bool {
    a == Kinds::default() || b == Kinds::default() || a.any(b)
}

fn within<'s>(seen: &'s [Seen], words: &Range<u32>) -> &'s [Seen] {
    let start = seen.partition_point(|s| s.word < words.start);
    let end = seen.partition_point(|s| s.word < words.end);
    &seen[start..end.max(start)]
}

/// The last item that fits.
pub(super) trait RevLast: Iterator {
    fn rev_last(self, fits: impl Fn(&Self::Item) -> bool) -> Option<Self::Item>;
}

impl<I: Iterator> RevLast for I {
    fn rev_last(self, fits: impl Fn(&Self::Item) -> bool) -> Option<Self::Item> {
        self.filter(|i| fits(i)).last()
    }
}
