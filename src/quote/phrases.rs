//! Noun phrases beside a report cue.

use std::ops::Range;

use super::Outside;
use super::lists::Kinds;
use crate::document::Told;
use crate::grammar::{Classes, Parsed, may_be_verb};

/// What finds noun phrases in a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'d, 't> {
    pub(super) parsed: Parsed<'d, 't>,
    pub(super) words: Told<'d, 't, Kinds>,
    pub(super) outside: &'d Outside<'d>,
}

impl Phrases<'_, '_> {
    #[inline]
    pub(super) fn kinds(&self, word: u32) -> Kinds {
        self.words.of(word)
    }

    pub(super) fn is_in(&self, word: u32) -> bool {
        (word as usize) < self.parsed.document.words.len()
    }

    /// Whether a word is written so, in small letters or capitals; most words are of another length.
    #[inline(never)]
    pub(super) fn is_word(&self, word: u32, written: &str) -> bool {
        let bytes = self.parsed.document.text.as_bytes();
        self.parsed.document.words.get(word as usize).is_some_and(|w| {
            (w.end - w.start) as usize == written.len()
                && bytes[w.start as usize..w.end as usize].eq_ignore_ascii_case(written.as_bytes())
        })
    }

    /// The same of a word that the language pack lists in a class; most words have another.
    #[inline]
    pub(super) fn is_listed(&self, word: u32, class: Classes, written: &str) -> bool {
        self.parsed.is(word, class) && self.is_word(word, written)
    }

    /// Whether a word is one of these, in small letters or capitals.
    #[inline(never)]
    pub(super) fn is_among(&self, word: u32, list: &[&str]) -> bool {
        let word = self.parsed.document.word(word).as_bytes();
        list.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word))
    }

    /// Whether punctuation that parts phrases stands before a word, or a quotation begins or ends there.
    #[inline]
    pub(super) fn parted(&self, word: u32) -> bool {
        !self.parsed.is_spaced(word) && (self.parsed.has_comma(word) || self.is_parted(word))
    }

    #[inline(never)]
    fn is_parted(&self, word: u32) -> bool {
        let gap = self.parsed.document.before(word);
        gap.contains([',', ';', ':', '(', ')', '—', '―', '?', '!', '…', '\n', '"', '“', '”', '«', '»'])
            || gap.contains(" – ")
            || gap.contains(" - ")
            || self.outside.closing_before(word).is_some()
            || self.outside.opening_at(word).is_some()
    }

    /// The first word of the verb group a cue belongs to: auxiliaries, adverbs and negations before it.
    pub(super) fn group_start(&self, cue: u32, limit: u32) -> u32 {
        let mut start = cue;
        let mut i = cue;
        while i > limit && !self.parted(i) {
            i -= 1;
            let class = self.parsed.classes[i as usize];
            let auxiliary = class.any(Classes::AUXILIARY | Classes::NEGATIVE) && !class.any(Classes::SUBJECT);
            let adverb = class.any(Classes::ADVERB) && !class.any(Classes::SUBJECT | Classes::DETERMINER);
            if !auxiliary && !adverb || self.is_contraction(i) {
                break;
            }
            if auxiliary || i + 1 == start {
                start = i;
            }
        }
        start
    }

    /// Whether a word is in the verb of a clause of a sentence; the clauses are read only where it may be.
    pub(super) fn in_verb(&self, i: u32, sentence: usize) -> bool {
        may_be_verb(&self.parsed, i)
            && self.parsed.clauses(sentence).iter().any(|c| c.verb.as_ref().is_some_and(|v| v.contains(&i)))
    }

    /// The noun phrase that ends before `end`: the subject of the verb group there. It begins after the verbs of its sentence, if that is given.
    pub(super) fn before(&self, end: u32, limit: u32, sentence: Option<usize>) -> Option<Range<u32>> {
        let mut phrase = self.one_before(end, limit, sentence)?;
        let mut end = end;
        if self.is_adverbial(&phrase) && phrase.start > limit + 1 && self.parsed.has_comma(phrase.start) {
            end = phrase.start;
            phrase = self.one_before(end, limit, sentence)?;
        }
        for _ in 0..3 {
            let Some(outer) = self.past_parenthesis(&phrase, end, limit) else { break };
            let Some(wider) = self.one_before(outer, limit, sentence).filter(|w| !self.is_adverbial(w)) else { break };
            if self.is_full_name(&phrase) && !(wider.len() > 1 && self.is_name(wider.end - 1)) {
                break;
            }
            (phrase, end) = (wider, outer);
        }
        Some(self.past_adverbial(phrase))
    }

    /// "In the meantime", "On Monday", "Last week", "Speaking in Kyiv".
    fn is_adverbial(&self, phrase: &Range<u32>) -> bool {
        let opens = Classes::PREPOSITION | Classes::SUBORDINATOR | Classes::ADVERB | Classes::ING;
        let first = phrase.start;
        self.parsed.is(first, opens) && (!self.parsed.is(first, Classes::CAPITAL) || self.parsed.is(first, Classes::FIRST_WORD))
            || phrase.clone().all(|i| self.kinds(i).any(Kinds::TIME) || self.parsed.is(i, Classes::NUMBER))
            || phrase.clone().all(|i| {
                self.parsed.is(i, Classes::FUNCTION | Classes::ADVERB) && !self.parsed.is(i, Classes::SUBJECT | Classes::PRONOUN)
            })
    }

    /// Where the phrase ends that an apposition or a parenthesis right before `end` belongs to.
    fn past_parenthesis(&self, phrase: &Range<u32>, end: u32, limit: u32) -> Option<u32> {
        let document = self.parsed.document;
        if end >= document.words.len() as u32 || !self.parsed.has_mark(end, &[',', ')', '—']) {
            return None;
        }
        let opens = |i: &u32| self.parsed.has_mark(*i, &[',', '(', '—']);
        let outer = (limit + 1..=phrase.start).rev().take(20).find(opens)?;
        (self.outside.closing_before(outer).is_none() && self.outside.holds(outer - 1)).then_some(outer)
    }

    fn one_before(&self, end: u32, limit: u32, sentence: Option<usize>) -> Option<Range<u32>> {
        let stop = Classes::SUBORDINATOR | Classes::COMPLEMENTIZER | Classes::COORDINATOR | Classes::BE;
        let mut start = end;
        while start > limit {
            let i = start - 1;
            if start < end && self.parted(start)
                || self.outside.closing_before(start).is_some()
                || self.parsed.is(i, stop) && self.stops(i, start < end, limit)
                || sentence.is_some_and(|s| self.in_verb(i, s)) && !self.is_contraction(i)
            {
                break;
            }
            start = i;
            if self.parsed.is(i, Classes::SUBJECT) && !self.parsed.is(i, Classes::DETERMINER) || self.is_contraction(i) {
                break;
            }
        }
        while start < end && self.parsed.is(start, Classes::ADVERB | Classes::COORDINATOR) && !self.is_name(start) {
            start += 1;
        }
        (start < end).then_some(start..end)
    }

    /// Whether a noun phrase cannot go on to the left over a word of the classes that may stop it; others of its words stand after it, or none do.
    fn stops(&self, i: u32, others: bool, limit: u32) -> bool {
        let stop = Classes::SUBORDINATOR | Classes::COMPLEMENTIZER;
        let prepositional = self.parsed.is(i, Classes::PREPOSITION | Classes::DETERMINER | Classes::SUBJECT);
        self.is_listed(i, Classes::BE, "be")
            || self.parsed.is(i, stop) && !prepositional
            || self.is_listed(i, Classes::PREPOSITION, "as")
            || self.is_listed(i, Classes::COMPLEMENTIZER, "that") && others && !self.parsed.is(i, Classes::FIRST_WORD)
            || self.parsed.is(i, Classes::COORDINATOR) && !self.joins(i, limit)
    }

    /// Whether an auxiliary holds its subject: "he's", "they've".
    pub(super) fn is_contraction(&self, i: u32) -> bool {
        let Some(word) = self.parsed.document.words.get(i as usize) else { return false };
        let bytes = &self.parsed.document.text.as_bytes()[word.start as usize..word.end as usize];
        // No pronoun is longer than five letters.
        let pronoun = matches!(bytes[0] | 0x20, b'i' | b'w' | b'y' | b'h' | b's' | b't');
        if !pronoun || !bytes.iter().take(6).any(|b| *b == b'\'' || !b.is_ascii()) {
            return false;
        }
        self.parsed.document.word(i).split_once(['\'', '’']).is_some_and(|(pronoun, _)| {
            ["i", "we", "you", "he", "she", "it", "they", "who", "there", "that"].iter().any(|p| pronoun.eq_ignore_ascii_case(p))
        })
    }

    /// Whether a phrase means the author: "I", "we've", "Let me", "Allow us".
    pub(super) fn is_first_person(&self, phrase: &Range<u32>) -> bool {
        let word = self.parsed.document.word(phrase.start).split(['\'', '’']).next().unwrap_or("");
        let asks = ["let", "allow", "permit"].iter().any(|p| word.eq_ignore_ascii_case(p));
        ["i", "we", "my", "our"].iter().any(|p| word.eq_ignore_ascii_case(p))
            || asks && self.is_among(phrase.start + 1, &["me", "us"])
    }

    /// "There", "those", "nobody", "no official".
    pub(super) fn is_nobody(&self, head: &Range<u32>) -> bool {
        let none = self.is_listed(head.start, Classes::DETERMINER, "no") && !self.parsed.is(head.start + 1, Classes::NUMBER);
        none || self.kinds(head.end - 1).any(Kinds::NOBODY)
    }

    /// Two to four capitalised words after offices: "politician and writer, Deputy Minister Anna Kern, said".
    fn is_full_name(&self, phrase: &Range<u32>) -> bool {
        let other = Kinds::ROLE.or(Kinds::BODY).or(Kinds::GROUP);
        let office = |i: &u32| self.kinds(*i).any(Kinds::TITLE.or(Kinds::ROLE)) && self.parsed.is(*i, Classes::CAPITAL);
        let phrase = phrase.clone().find(|i| !office(i)).unwrap_or(phrase.start)..phrase.end;
        (2..5).contains(&phrase.len())
            && !phrase.clone().any(|i| self.kinds(i).any(other))
            && phrase.clone().all(|i| self.parsed.is(i, Classes::CAPITAL) && !self.parsed.is(i, Classes::FUNCTION))
    }

    fn is_name(&self, i: u32) -> bool {
        self.parsed.is(i, Classes::CAPITAL) && !self.parsed.is(i, Classes::FIRST_WORD)
    }

    /// Whether "and" joins two nouns.
    fn joins(&self, and: u32, limit: u32) -> bool {
        and > limit && self.is_listed(and, Classes::COORDINATOR, "and") && !self.parted(and) && {
            let (a, b) = (and - 1, and + 1);
            let noun = |i: u32| !self.parsed.is(i, Classes::FUNCTION | Classes::ADVERB | Classes::MAIN_VERB);
            noun(a) && (noun(b) || self.parsed.is(b, Classes::DETERMINER | Classes::POSSESSIVE))
        }
    }

    /// The noun phrase that begins at `start`: the subject after "said".
    pub(super) fn after(&self, start: u32, limit: u32) -> Option<Range<u32>> {
        let mut end = start;
        while end < limit && (end == start || !self.parted(end)) {
            // Not in "the 46-year-old".
            let time = self.kinds(end).any(Kinds::TIME) && end > start && self.parsed.is_spaced(end);
            let stop = Classes::SUBORDINATOR | Classes::COMPLEMENTIZER | Classes::TO | Classes::AUXILIARY | Classes::RELATIVE;
            let of = self.is_listed(end, Classes::PREPOSITION, "of") || self.is_listed(end, Classes::PREPOSITION, "for");
            if end > start && self.is_reduced(end) {
                break;
            }
            if time && !self.parsed.is(end, Classes::DETERMINER) && !of
                || self.parsed.is(end, stop) && !self.parsed.is(end, Classes::DETERMINER | Classes::CAPITAL) && !of
                || end > start && self.parsed.is(end, Classes::PREPOSITION) && !of
            {
                break;
            }
            end += 1;
            if self.parsed.is(end - 1, Classes::SUBJECT) && !self.parsed.is(end - 1, Classes::DETERMINER) {
                break;
            }
        }
        let object = self.parsed.is(start, Classes::PREPOSITION | Classes::ADVERB) && !self.parsed.is(start, Classes::CAPITAL);
        (end > start && !object).then(|| start..self.before_when(start..end))
    }

    /// "Handed" in "figures handed out": a participle after its noun.
    fn is_reduced(&self, i: u32) -> bool {
        let modifier = Classes::FUNCTION | Classes::ADVERB | Classes::NUMBER;
        let after = Classes::PREPOSITION | Classes::ADVERB | Classes::TO;
        self.parsed.is(i, Classes::PAST)
            && !self.parsed.is(i, Classes::CAPITAL)
            && !self.parsed.is(i - 1, modifier)
            && self.parsed.is(i + 1, after)
    }

    /// A noun phrase up to its first preposition, comma or relative clause.
    pub(super) fn head(&self, phrase: Range<u32>) -> Range<u32> {
        let mut phrase = phrase;
        if phrase.len() > 1 && self.parsed.is(phrase.start, Classes::PREPOSITION) {
            phrase = self.past_preposition(phrase);
        }
        let stop = |i: &u32| {
            self.parted(*i)
                || self.parsed.is(*i, Classes::PREPOSITION | Classes::RELATIVE | Classes::TO)
                    && !self.parsed.is(*i, Classes::CAPITAL)
        };
        let end = (phrase.start + 1..phrase.end).find(stop).unwrap_or(phrase.end);
        // "Half of the voters", "60 percent of voters": the voters speak.
        let amount = Classes::DETERMINER | Classes::NUMBER;
        let part = |i: u32| self.parsed.is(i, amount) || self.is_among(i, &["percent", "majority", "number", "group"]);
        if self.is_listed(end, Classes::PREPOSITION, "of") && end + 1 < phrase.end && (phrase.start..end).all(part) {
            let next = (end + 2..phrase.end).find(stop).unwrap_or(phrase.end);
            return end + 1..next;
        }
        if self.is_listed(end, Classes::PREPOSITION, "of")
            && self.is_among(end + 1, &["state", "government", "staff"])
            && end + 2 <= phrase.end
        {
            let name =
                |i: &u32| !self.parted(*i) && self.parsed.is(*i, Classes::CAPITAL) && !self.parsed.is(*i, Classes::FUNCTION);
            let end = end + 2 + (end + 2..phrase.end).take_while(name).count() as u32;
            return phrase.start..end;
        }
        // "A diplomat familiar with the talks".
        let speaks = |i: u32| self.kinds(i).any(Kinds::ROLE.or(Kinds::GROUP).or(Kinds::SOURCE));
        if self.parsed.is(end, Classes::PREPOSITION) && end - phrase.start > 1 && speaks(end - 2) && !speaks(end - 1) {
            return phrase.start..end - u32::from(!self.parsed.is(end - 1, Classes::CAPITAL | Classes::COORDINATOR));
        }
        let trailing = |i: u32| {
            self.parsed.is(i, Classes::ADVERB) && !self.parsed.is(i, Classes::CAPITAL | Classes::SUBJECT | Classes::DETERMINER)
        };
        let end = (phrase.start + 1..end).rev().find(|i| !trailing(*i)).map_or(phrase.start + 1, |i| i + 1);
        phrase.start..end
    }

    /// "In Kyiv officials" without "In Kyiv".
    fn past_preposition(&self, phrase: Range<u32>) -> Range<u32> {
        let capital = |i: u32| self.parsed.is(i, Classes::CAPITAL | Classes::NUMBER | Classes::DETERMINER);
        let mut start = phrase.start + 1;
        while start < phrase.end && capital(start) {
            start += 1;
        }
        if start < phrase.end { start..phrase.end } else { phrase.start + 1..phrase.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::grammar::{Grammar, no_clauses};
    use crate::language::Language;
    use crate::segment::words;

    /// What is asked of a class before it is asked of the letters; the lists of `en-grammar` must hold it there.
    const LISTED: &[(Classes, &str)] = &[
        (Classes::BE, "be"),
        (Classes::COMPLEMENTIZER, "that"),
        (Classes::COORDINATOR, "and but"),
        (Classes::DETERMINER, "another no a an the last next same few"),
        (Classes::PREPOSITION, "as by for in of past"),
        (Classes::POSSESSIVE, "his her its their our my"),
        (Classes::RELATIVE, "who which"),
        (Classes::SUBORDINATOR, "while although though whereas"),
    ];

    #[test]
    fn words_that_are_asked_for_are_of_the_class_that_is_asked_first() {
        let language = Language::load("en").unwrap();
        for (class, listed) in LISTED {
            for text in [(*listed).to_owned(), format!("Now {}", listed.to_uppercase()), listed.split(' ').map(capital).collect()]
            {
                let words = words(&text);
                let document = Document::new(&text, &words, &language.abbreviations);
                let mut found = Vec::new();
                Grammar::load(&language).unwrap().classes_into(&document, &mut found);
                let room = no_clauses(&document);
                let parsed = Parsed::new(&document, &found, &room);
                let other: Vec<_> = document.all_words().filter(|i| !parsed.is(*i, *class)).map(|i| document.word(i)).collect();
                assert!(other.iter().all(|word| *word == "Now"), "{other:?} in {text:?}");
            }
        }
    }

    fn capital(word: &str) -> String {
        format!("{}{} ", word[..1].to_uppercase(), &word[1..])
    }
}
