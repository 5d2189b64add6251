//! Which subjects of a report cue can speak.

use std::ops::Range;

use super::lists::{Cue, Kinds};
use super::reports::Finder;
use crate::grammar::Classes;

impl Finder<'_, '_> {
    /// Whether a noun phrase can speak: what shows and finds is a poll or a report.
    pub(super) fn is_speaker(&self, phrase: &Range<u32>, cue: Cue) -> bool {
        let head = self.phrases.head(phrase.clone());
        let last = head.end.saturating_sub(1);
        let sources = || head.clone().any(|i| self.phrases.kinds(i).any(Kinds::SOURCE));
        if self.phrases.is_nobody(&head) {
            return false;
        }
        if self.parsed.is(last, Classes::IT) {
            return cue.kinds.any(Kinds::SAY) && !cue.kinds.any(Kinds::OBJECT.or(Kinds::EVIDENCE));
        }
        let noun = self.parsed.is(cue.first, Classes::VERB_OR_NOUN) && !self.parsed.is(cue.first, Classes::VERB | Classes::PAST);
        if (!self.is_plain(cue) || noun && !self.opens_in_sentence(cue.end)) && !self.can_speak(&head) {
            return false;
        }
        !cue.kinds.any(Kinds::EVIDENCE)
            || sources()
            || self.phrases.kinds(last).any(Kinds::ROLE)
            || self.parsed.is(last, Classes::HE | Classes::SHE | Classes::THEY)
            || self.parsed.is(last, Classes::CAPITAL)
    }

    /// Whether a cue is speech whatever its subject is: "said", or a verb of speech before "that" or a quotation.
    pub(super) fn is_plain(&self, cue: Cue) -> bool {
        let plain = self.opens_in_sentence(cue.end);
        cue.kinds.any(Kinds::SAY.or(Kinds::TELL).or(Kinds::THINK))
            && (plain || !cue.kinds.any(Kinds::OBJECT.or(Kinds::INFINITIVE)))
    }

    /// Whether a phrase names people, or a body that speaks: "meetings" and "its course" do not.
    pub(super) fn can_speak(&self, head: &Range<u32>) -> bool {
        let last = head.end - 1;
        let name = self.parsed.is(last, Classes::CAPITAL) && !self.parsed.is(last, Classes::FUNCTION | Classes::GENITIVE);
        let known = Kinds::ROLE.or(Kinds::GROUP).or(Kinds::SOURCE).or(Kinds::BODY);
        let person = Classes::HE | Classes::SHE | Classes::THEY | Classes::FIRST;
        name && !self.is_place(head)
            || self.phrases.kinds(last).any(known)
            || self.parsed.is(last, person)
            || self.phrases.is_contraction(last)
            || self.phrases.is_listed(last, Classes::RELATIVE, "who")
            || self.phrases.is_among(last, &["some", "many", "others", "another", "most", "state"])
    }

    /// Whether a phrase is the name of a country and no more: what it does is no speech.
    fn is_place(&self, head: &Range<u32>) -> bool {
        let at = self.places.partition_point(|p| p.end <= head.start);
        self.places.get(at).is_some_and(|p| p.start <= head.start + 1 && head.end <= p.end)
    }
}
