//! Finite verbs with their auxiliaries, by the classes of words and their neighbours.

use std::ops::Range;

use smallvec::SmallVec;

use super::{Classes, Parsed};

/// Every finite verb with its auxiliaries, in order.
pub(super) fn verb_groups(parsed: &Parsed<'_, '_>, words: Range<u32>) -> SmallVec<[Range<u32>; 8]> {
    let mut out: SmallVec<[Range<u32>; 8]> = SmallVec::new();
    let mut i = words.start;
    let mut before = Classes::default();
    while i < words.end {
        let class = parsed.classes[i as usize];
        let may_be = class.any(Classes::AUXILIARY | Classes::MAIN_VERB) || before.any(Classes::SUBJECT | Classes::ADVERB);
        before = class;
        if may_be && let Some(end) = verb_group(parsed, i, words.end) {
            before = parsed.classes[end as usize - 1];
            out.push(i..end);
            i = end;
        } else {
            i += 1;
        }
    }
    let mut kept = 0;
    for i in 0..out.len() {
        if !out.get(i + 1).is_some_and(|next| is_reduced(parsed, &out[i], next)) {
            out.swap(kept, i);
            kept += 1;
        }
    }
    out.truncate(kept);
    out
}

/// Whether a form like "imposed" is no verb of a clause, because the verb of its clause comes later: "sanctions imposed on Iran hurt trade".
fn is_reduced(parsed: &Parsed<'_, '_>, verb: &Range<u32>, later: &Range<u32>) -> bool {
    let alone = verb.end - verb.start == 1 && parsed.is(verb.start, Classes::PAST) && !parsed.is(verb.start, Classes::AUXILIARY);
    let adjunct =
        parsed.is(verb.end, Classes::PREPOSITION) && !parsed.is(verb.end, Classes::COMPLEMENTIZER | Classes::SUBORDINATOR);
    let subject = verb.start > 0 && parsed.is(verb.start - 1, Classes::PRONOUN | Classes::RELATIVE | Classes::ADVERB);
    let links = Classes::COORDINATOR | Classes::COMPLEMENTIZER | Classes::RELATIVE;
    let linked = |i: u32| parsed.is(i, links) || parsed.has_mark(i, &[',', ';', ':', '—']);
    alone && adjunct && !subject && !(verb.end..=later.start).any(linked)
}

/// How many words a verb group may have.
const LONGEST: u32 = 8;

/// Whether a word can belong to the verb of a clause; never wrong when it says no.
pub fn may_be_verb(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    verb_group(parsed, i, i + 1).is_some() || may_follow_auxiliary(parsed, i)
}

/// Whether a word may belong to the group of an auxiliary before it: nothing but adverbs, negations and a subject stand between.
fn may_follow_auxiliary(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    let between = Classes::ADVERB | Classes::NEGATIVE | Classes::SUBJECT;
    let in_group = Classes::AUXILIARY | Classes::BASE | Classes::PAST | Classes::ING | between;
    let before = &parsed.classes[i.saturating_sub(LONGEST) as usize..i as usize];
    let auxiliary = before.iter().rev().find(|c| !c.any(between) || c.any(Classes::AUXILIARY));
    parsed.is(i, in_group) && auxiliary.is_some_and(|c| c.any(Classes::AUXILIARY))
}

/// One past the end of the verb group that begins at `i`, if one does.
fn verb_group(parsed: &Parsed<'_, '_>, i: u32, end: u32) -> Option<u32> {
    let class = parsed.classes[i as usize];
    if class.any(Classes::AUXILIARY) {
        return is_finite_auxiliary(parsed, i).then(|| main_verb(parsed, i, end));
    }
    let finite = if class.any(Classes::MAIN_VERB) { is_finite_verb(parsed, i) } else { is_verb_by_place(parsed, i) };
    finite.then_some(i + 1)
}

/// A word on no list, right after "we" or "they": nothing but a verb stands there.
fn is_verb_by_place(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    let class = parsed.classes[i as usize];
    let other = Classes::FUNCTION | Classes::ADVERB | Classes::CAPITAL | Classes::NUMBER | Classes::SUBJECT | Classes::FIRST_WORD;
    if class.any(other) || i == 0 {
        return false;
    }
    let before = skip_adverbs(parsed, i - 1);
    let person = Classes::FIRST | Classes::HE | Classes::SHE | Classes::THEY;
    parsed.is(before, person) && parsed.is(before, Classes::SUBJECT) && parsed.document.before(i).chars().all(char::is_whitespace)
}

fn is_finite_auxiliary(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    let infinitive = i > 0 && parsed.is(i - 1, Classes::TO);
    let noun = parsed.is(i, Classes::CAPITAL) && !parsed.is(i, Classes::FIRST_WORD) && !parsed.is(i, Classes::BE);
    !infinitive && !noun && !is_bare_auxiliary(parsed.document.word(i))
}

/// "Be" and the participles of auxiliaries.
fn is_bare_auxiliary(word: &str) -> bool {
    let bare: &[&str] = match word.len() {
        2 => &["be"],
        4 => &["been", "done"],
        5 => &["being"],
        6 => &["having"],
        _ => return false,
    };
    bare.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// From an auxiliary over adverbs, negations, a subject of a question and further auxiliaries to the main verb.
fn main_verb(parsed: &Parsed<'_, '_>, first: u32, end: u32) -> u32 {
    let mut last = first + 1;
    let mut i = first + 1;
    while i < end && i < first + LONGEST && !parsed.has_mark(i, &[',', ';', ':', '—', '(']) {
        let class = parsed.classes[i as usize];
        if class.any(Classes::AUXILIARY) {
            last = i + 1;
        } else if class.any(Classes::MAIN_VERB) && follows_auxiliary(parsed, i, last) {
            return i + 1;
        } else if !class.any(Classes::ADVERB | Classes::NEGATIVE) && !is_inverted_subject(parsed, first, i) {
            break;
        }
        i += 1;
    }
    last
}

/// "Do you …", "nor can it …": a pronoun between an auxiliary and its verb.
fn is_inverted_subject(parsed: &Parsed<'_, '_>, first: u32, i: u32) -> bool {
    let opens =
        parsed.is(first, Classes::FIRST_WORD) || first.checked_sub(1).is_some_and(|b| !is_nominal(parsed.classes[b as usize]));
    let pronoun = parsed.is(i, Classes::SUBJECT) && !parsed.is(i, Classes::DETERMINER | Classes::RELATIVE);
    i == first + 1 && pronoun && opens && !parsed.is(first, Classes::SUBJECT)
}

fn follows_auxiliary(parsed: &Parsed<'_, '_>, i: u32, after: u32) -> bool {
    let before = parsed.classes[after as usize - 1];
    let class = parsed.classes[i as usize];
    // "have come", "has become": participles that look like the plain form.
    if before.any(Classes::HAVE) && class.all(Classes::VERB | Classes::BASE) {
        return true;
    }
    if before.any(Classes::MODAL | Classes::DO) { class.any(Classes::BASE) } else { class.any(Classes::PAST | Classes::ING) }
}

/// Whether a verb that follows no auxiliary is finite, by its form and its neighbours.
pub(super) fn is_finite_verb(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    let class = parsed.classes[i as usize];
    if i == 0
        || class.any(Classes::FIRST_WORD | Classes::CAPITAL)
        || class.any(Classes::ING) && !class.any(Classes::BASE | Classes::PAST | Classes::THIRD)
        || class.any(Classes::PARTICIPLE) && !class.any(Classes::BASE)
        || is_hyphened(parsed, i)
    {
        return false;
    }
    let before = skip_adverbs(parsed, i - 1);
    let previous = parsed.classes[before as usize];
    if previous.any(Classes::TO) {
        return false;
    }
    if previous.any(Classes::SUBJECT | Classes::RELATIVE) && !previous.all(Classes::DETERMINER) {
        return true;
    }
    // "the states that signed": a form that only a verb has, after "that".
    if previous.any(Classes::RELATIVE) && class.any(Classes::VERB) && class.any(Classes::PAST | Classes::THIRD) {
        return true;
    }
    let next = parsed.classes.get(i as usize + 1).copied().unwrap_or_default();
    let object = Classes::DETERMINER | Classes::POSSESSIVE | Classes::PRONOUN | Classes::CAPITAL | Classes::NUMBER;
    // "few believe that": a form that only a verb has, with its object.
    if previous.all(Classes::SUBJECT | Classes::DETERMINER) && next.any(object | Classes::COMPLEMENTIZER) {
        return class.any(Classes::VERB) && class.any(Classes::BASE | Classes::PAST) && !class.any(Classes::VERB_OR_NOUN);
    }
    if previous.any(Classes::DETERMINER | Classes::POSSESSIVE | Classes::PREPOSITION | Classes::GENITIVE | Classes::AUXILIARY) {
        return false;
    }
    let opens = object | Classes::PREPOSITION | Classes::COMPLEMENTIZER | Classes::ADVERB | Classes::TO;
    if class.any(Classes::PAST) {
        let by =
            parsed.document.words.get(i as usize + 1).is_some_and(|_| parsed.document.word(i + 1).eq_ignore_ascii_case("by"));
        return !by && (class.any(Classes::VERB) || next.any(opens) || next.is_none());
    }
    if class.any(Classes::THIRD) {
        return class.any(Classes::VERB) && !plural_noun_before(parsed, before)
            || next.any(opens) && !next.any(Classes::PREPOSITION);
    }
    let complete = next.any(object | Classes::COMPLEMENTIZER | Classes::TO | Classes::ADVERB);
    let after = previous.any(Classes::COORDINATOR) || plural_noun_before(parsed, before) || class.any(Classes::VERB);
    class.any(Classes::BASE) && after && complete
}

/// A part of a word with hyphens: "Western-backed".
fn is_hyphened(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    let hyphen = |i: u32| !parsed.is_spaced(i) && matches!(parsed.document.before(i), "-" | "‐" | "‑");
    hyphen(i) || hyphen(i + 1)
}

fn skip_adverbs(parsed: &Parsed<'_, '_>, mut i: u32) -> u32 {
    while i > 0 && parsed.is(i, Classes::ADVERB) && !parsed.is(i, Classes::SUBJECT | Classes::CAPITAL | Classes::FIRST_WORD) {
        i -= 1;
    }
    i
}

fn plural_noun_before(parsed: &Parsed<'_, '_>, i: u32) -> bool {
    let stem = parsed.document.stem(i);
    let plural = stem.ends_with('s') && !stem.ends_with("ss") && !parsed.is(i, Classes::CAPITAL);
    (plural || stem.eq_ignore_ascii_case("people")) && !parsed.is(i, Classes::FUNCTION)
}

/// Whether a word of these classes can be the noun or name of a subject.
pub(super) fn is_nominal(class: Classes) -> bool {
    class.any(Classes::SUBJECT) && !class.any(Classes::RELATIVE)
        || !class.any(Classes::FUNCTION | Classes::ADVERB | Classes::SUBORDINATOR)
}

pub(super) fn is_passive(parsed: &Parsed<'_, '_>, verb: &Range<u32>) -> bool {
    let last = verb.end - 1;
    let be = verb.start..last;
    parsed.is(last, Classes::PAST) && !parsed.is(last, Classes::AUXILIARY) && be.clone().any(|i| parsed.is(i, Classes::BE))
}
