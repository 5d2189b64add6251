//! What stands before a subject without a comma, and says when or where: "Last week the minister said".

use std::ops::Range;

use super::lists::Kinds;
use super::phrases::Phrases;
use crate::grammar::Classes;

impl Phrases<'_, '_> {
    /// A noun phrase that a verb follows, without such words before it, or after it: "The minister this week".
    pub(super) fn past_adverbial(&self, phrase: Range<u32>) -> Range<u32> {
        let phrase = phrase.start..self.before_time(&phrase).unwrap_or(phrase.end);
        let Range { start, end } = phrase;
        let begins = (start + 1..end.max(1) - 1).rev().find(|i| self.begins_anew(*i));
        let subject = begins.or_else(|| self.past_time(&phrase)).or_else(|| self.past_place(&phrase)).unwrap_or(start);
        subject..end
    }

    /// Where "this week" begins at the end of a phrase of more words.
    fn before_time(&self, phrase: &Range<u32>) -> Option<u32> {
        let time = |i: &u32| self.kinds(*i).any(Kinds::TIME) && !self.parsed.is(*i, Classes::CAPITAL);
        let first = phrase.clone().rev().take_while(time).last()?;
        let points = |i: u32| self.is_among(i, &["this", "last", "next", "that", "every", "each"]);
        let other = |i: u32| self.kinds(i).any(Kinds::TIME) || self.parsed.is(i, Classes::FUNCTION | Classes::ADVERB);
        (first > phrase.start + 1 && points(first - 1) && !other(first - 2)).then(|| first - 1)
    }

    /// Where a noun phrase ends that stops at words that say when: "said the minister | last week", "said Kern | late on Monday", "| two days ago".
    pub(super) fn before_when(&self, phrase: Range<u32>) -> u32 {
        let time = self.is_in(phrase.end) && self.kinds(phrase.end).any(Kinds::TIME);
        let points = |i: u32| {
            self.is_among(i, &["late", "early", "last", "next", "this", "every", "each"])
                || time && self.parsed.is(i, Classes::NUMBER | Classes::DETERMINER)
        };
        let other = |i: &u32| self.parsed.is(*i, Classes::CAPITAL) || !points(*i);
        phrase.clone().rev().find(other).map_or(phrase.end, |last| last + 1)
    }

    /// Whether an article or a possessive follows a noun here: "At the summit | the minister".
    fn begins_anew(&self, i: u32) -> bool {
        // "James A. Lewis".
        let article = || self.is_among(i, &["a", "an"]) && !self.parsed.is(i, Classes::CAPITAL);
        let opens = || article() || self.is_among(i, &["the", "his", "her", "its", "their", "our", "my"]);
        self.parsed.is(i, Classes::DETERMINER | Classes::POSSESSIVE)
            && opens()
            && self.parsed.document.before(i).ends_with(char::is_whitespace)
            && !self.parsed.is(i - 1, Classes::FUNCTION | Classes::AUXILIARY | Classes::TO)
            && !self.governs(i - 1)
    }

    /// Whether a word takes an object: "after meeting the minister", "hopes to meet the minister".
    fn governs(&self, i: u32) -> bool {
        let before = |class| i > 0 && self.parsed.is(i - 1, class);
        let noun = before(Classes::DETERMINER | Classes::POSSESSIVE);
        self.parsed.is(i, Classes::ING | Classes::PAST) && !noun || before(Classes::TO)
    }

    /// Where the subject begins after words that say when: "This year | Kenya", "Years later | Smith", "Tuesday | officials".
    fn past_time(&self, phrase: &Range<u32>) -> Option<u32> {
        let opening = Classes::DETERMINER | Classes::NUMBER | Classes::ADVERB | Classes::PREPOSITION;
        let points = |i: u32| self.is_among(i, &["last", "next", "past", "same", "few"]);
        // "The Sunday Times" is a name.
        let named = |i: u32| {
            let dated = i > phrase.start && (points(i - 1) || self.is_among(i - 1, &["this", "on"]));
            self.parsed.is(i, Classes::CAPITAL) && !self.parsed.is(i, Classes::FIRST_WORD) && !dated
        };
        let time = |i: u32| self.kinds(i).any(Kinds::TIME) && !self.parsed.is(i, Classes::GENITIVE) && !named(i);
        let first = phrase.clone().find(|i| time(*i) || !self.parsed.is(*i, opening)).filter(|i| time(*i))?;
        let after = (first + 1..phrase.end).find(|i| !(time(*i) || self.parsed.is(*i, Classes::ADVERB)))?;
        let speaks = self.parsed.is(after, Classes::CAPITAL) || self.kinds(after).any(Kinds::ROLE.or(Kinds::GROUP));
        speaks.then_some(after)
    }

    /// Where a name begins after a preposition and a noun: "At the summit | Anna Kern".
    fn past_place(&self, phrase: &Range<u32>) -> Option<u32> {
        let capital = |i: u32| {
            self.parsed.is(i, Classes::CAPITAL)
                && !self.parsed.is(i, Classes::FIRST_WORD | Classes::FUNCTION)
                && !self.kinds(i).any(Kinds::TIME)
        };
        let first = phrase.clone().find(|i| !self.parsed.is(*i, Classes::NUMBER))?;
        let opens = self.parsed.is(first, Classes::PREPOSITION) || self.kinds(first).any(Kinds::TIME);
        let name = phrase.clone().rev().take_while(|i| capital(*i)).last().filter(|_| opens)?;
        let title = |i: &u32| self.kinds(*i).any(Kinds::ROLE.or(Kinds::TITLE));
        let name = (phrase.start + 1..name).rev().take_while(title).last().unwrap_or(name);
        let noun = name > phrase.start + 1
            && !self.parsed.is(name - 1, Classes::FUNCTION | Classes::CAPITAL | Classes::ADVERB | Classes::ING);
        noun.then_some(name)
    }
}
