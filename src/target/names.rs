//! Mentions in their noun phrases: as what an actor is named there, and together with whom.

use std::ops::Range;

use super::lists::{Kinds, Telling};
use crate::actor::{ActorId, Actors, Mention};
use crate::grammar::{Classes, Parsed};
use crate::lexicon::ActorType;
use crate::span::Span;

/// As what an actor is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The head of a noun phrase that is no prepositional object.
    Head,
    /// "Azerbaijan's policy".
    Owner,
    /// "Azerbaijani policy".
    Modifier,
    /// "with Azerbaijan": the index of the preposition.
    After(u32),
    /// "Azerbaijani President Aliyev", "pro-Azerbaijani groups", "Azerbaijan-led": said of somebody else.
    Aside,
}

/// A mention in its noun phrase.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub actor: ActorId,
    pub span: Span,
    pub words: Range<u32>,
    /// That of the whole group.
    pub role: Role,
    /// The names joined with it, itself among them.
    pub group: Range<usize>,
}

/// How a name hangs on the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    None,
    Comma,
    And,
}

/// All mentions of a document as names, in order; none for a part of the name of a body.
pub(super) fn names(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, actors: &Actors, mentions: &[Mention]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::with_capacity(mentions.len());
    for (i, m) in mentions.iter().enumerate() {
        let words = m.first_word..m.first_word + m.words.max(1);
        if is_in_name(parsed, lists, words.start) {
            continue;
        }
        let person = actors.get(m.actor).kind == ActorType::Person;
        let next = mentions.get(i + 1).filter(|n| actors.get(n.actor).kind == ActorType::Person);
        let role = if next.is_some_and(|n| is_title(parsed, words.end, n.first_word)) {
            Role::Aside
        } else {
            role(parsed, lists, &words, person)
        };
        let role = match out.last() {
            Some(long) if opens_bracket(parsed, long.words.end, words.start) => {
                if long.actor == m.actor {
                    long.role
                } else {
                    Role::Aside
                }
            }
            _ => role,
        };
        out.push(Name { actor: m.actor, span: m.span, words, role, group: out.len()..out.len() + 1 });
    }
    join(parsed, lists, actors, &mut out);
    out
}

/// Whether a name says the one before again, shorter: "the Eurasian Economic Union (EAEU)".
fn opens_bracket(parsed: &Parsed<'_, '_>, from: u32, to: u32) -> bool {
    from == to && parsed.marks_before(to).trim() == "("
}

/// Whether only the words of a title stand between two mentions: "French President Emmanuel Macron".
fn is_title(parsed: &Parsed<'_, '_>, from: u32, to: u32) -> bool {
    from <= to
        && to - from <= 5
        && parsed.document.before(to).starts_with(char::is_whitespace)
        && (from..=to).all(|i| is_joined(parsed, i))
        && (from..to).all(|i| {
            let class = parsed.classes[i as usize];
            !class.any(Classes::FUNCTION.without(Classes::PREPOSITION))
                && (class.any(Classes::CAPITAL | Classes::PREPOSITION) || !class.any(Classes::MAIN_VERB | Classes::ADVERB))
        })
}

/// Whether a word and the one before are one phrase.
#[inline]
pub(super) fn is_joined(parsed: &Parsed<'_, '_>, word: u32) -> bool {
    parsed.is_spaced(word) || !parsed.has_comma(word) && is_plain(parsed.document.before(word))
}

/// Whether words on both sides of this are one phrase: white space, a hyphen, quotation marks.
#[inline(never)]
fn is_plain(between: &str) -> bool {
    between
        .chars()
        .all(|c| c.is_whitespace() && c != '\n' || matches!(c, '-' | '‐' | '‑' | '–' | '“' | '”' | '"' | '‘' | '’' | '\'' | '.'))
}

fn role(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, words: &Range<u32>, person: bool) -> Role {
    let last = words.end - 1;
    let hyphen = || matches!(parsed.document.before(words.start), "-" | "‑" | "–");
    if words.start > 0 && !parsed.is_spaced(words.start) && hyphen() && !parsed.is(words.start - 1, Classes::CAPITAL) {
        return Role::Aside;
    }
    if is_genitive(parsed, last) {
        return Role::Owner;
    }
    if let Some(role) = modifier(parsed, lists, words) {
        return role;
    }
    preposition(parsed, lists, words.start, person).map_or(Role::Head, Role::After)
}

/// Whether a name is the last part of that of a body: "Bank of China".
fn is_in_name(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, first: u32) -> bool {
    let Some(body) = first.checked_sub(2) else { return false };
    let of = parsed.is(body, Classes::CAPITAL) && lists.of(first - 1).any(Kinds::OF);
    of && lists.of(body).any(Kinds::BODY) && is_joined(parsed, first) && is_joined(parsed, first - 1)
}

/// Whether a word has a possessive ending, also one of the plural: "States’".
pub(super) fn is_genitive(parsed: &Parsed<'_, '_>, word: u32) -> bool {
    let plural = || parsed.document.word(word).ends_with('s') && matches!(parsed.document.after(word), "' " | "’ ");
    parsed.is(word, Classes::GENITIVE) || !parsed.is_spaced(word + 1) && plural() && is_noun(parsed, word + 1)
}

/// Whether a word can be a noun or an adjective.
#[inline]
pub(super) fn is_noun(parsed: &Parsed<'_, '_>, word: u32) -> bool {
    (word as usize) < parsed.classes.len()
        && !parsed.is(word, Classes::FUNCTION | Classes::ADVERB | Classes::SUBORDINATOR | Classes::NEGATIVE)
}

/// Whether a name stands before a noun, as an adjective does.
fn modifier(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, words: &Range<u32>) -> Option<Role> {
    let next = words.end;
    if !is_noun(parsed, next) {
        return None;
    }
    let class = parsed.classes[next as usize];
    let gap = if parsed.is_spaced(next) { " " } else { parsed.document.before(next) };
    if matches!(gap, "-" | "‑" | ".-") {
        let participle = class.any(Classes::PAST | Classes::ING);
        return Some(if participle { Role::Aside } else { Role::Modifier });
    }
    if !matches!(gap, " " | "\u{a0}" | ". ")
        || class.any(Classes::NUMBER)
        || class.any(Classes::VERB) && !class.any(Classes::VERB_OR_NOUN)
    {
        return None;
    }
    let adjective = || lists.is_demonym(parsed.document.stem(words.end - 1));
    let plural = || parsed.document.word(next).ends_with('s') && !class.any(Classes::CAPITAL);
    let verb = class.any(Classes::PAST | Classes::THIRD | Classes::ING) || plural();
    (!verb || adjective()).then_some(Role::Modifier)
}

/// The preposition a noun phrase hangs on, given the first word of a name in it.
pub(super) fn preposition(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, first: u32, person: bool) -> Option<u32> {
    let mut i = first;
    while i > 0 && first - i < 5 && is_joined(parsed, i) && !parsed.is(i, Classes::FIRST_WORD) {
        i -= 1;
        let class = parsed.classes[i as usize];
        if class.any(Classes::PREPOSITION) {
            return (!(person && lists.of(i).any(Kinds::PLACE))).then_some(i);
        }
        let verb = class.any(Classes::MAIN_VERB) && class.any(Classes::PAST | Classes::ING | Classes::BASE | Classes::THIRD);
        let other = class.any(Classes::FUNCTION.without(Classes::DETERMINER).without(Classes::POSSESSIVE));
        let capital = || class.any(Classes::CAPITAL) && !person && !lists.of(i).any(Kinds::PERSON);
        if verb || other || class.any(Classes::NUMBER | Classes::ADVERB) || capital() {
            return None;
        }
    }
    None
}

/// Joins names: "Moldova, Georgia, and Armenia", "Azerbaijan-US relations".
fn join(parsed: &Parsed<'_, '_>, lists: &Telling<'_, '_>, actors: &Actors, names: &mut [Name]) {
    let mut start = 0;
    while start < names.len() {
        let mut end = start + 1;
        let mut joined = start + 1;
        let mut last = start;
        while end < names.len() {
            if names[end].role == Role::Aside
                && end + 1 < names.len()
                && joint(parsed, lists, actors, names, last, end + 1) == Joint::And
            {
                end += 1;
            }
            match joint(parsed, lists, actors, names, last, end) {
                Joint::None => break,
                Joint::Comma => {}
                Joint::And => joined = end + 1,
            }
            last = end;
            end += 1;
        }
        settle(names, start..joined);
        start = joined;
    }
}

/// Gives all names of a group its role.
fn settle(names: &mut [Name], group: Range<usize>) {
    let last = names[group.end - 1].role;
    let role = if matches!(last, Role::Owner | Role::Modifier) { last } else { names[group.start].role };
    if group.len() > 1 {
        for name in &mut names[group.clone()] {
            if name.role != Role::Aside || name.words.end == name.words.start {
                name.role = role;
            }
            name.group = group.clone();
        }
    }
}

fn joint(
    parsed: &Parsed<'_, '_>,
    lists: &Telling<'_, '_>,
    actors: &Actors,
    names: &[Name],
    first: usize,
    second: usize,
) -> Joint {
    let (a, b) = (&names[first], &names[second]);
    let is_person = |n: &Name| actors.get(n.actor).kind == ActorType::Person;
    let between = a.words.end..b.words.start;
    if between.start > between.end || between.len() > 6 || a.actor == b.actor || is_person(a) != is_person(b) {
        return Joint::None;
    }
    let text = |i: u32| parsed.document.before(i);
    if between.is_empty() {
        return match text(b.words.start) {
            "-" | "–" | "‑" | "/" | ".-" | ".–" => Joint::And,
            ", " | "., " if a.role != Role::Owner => Joint::Comma,
            _ => Joint::None,
        };
    }
    let (mut and, mut comma) = (false, parsed.has_comma(b.words.start));
    for i in between.clone() {
        let class = parsed.classes[i as usize];
        let joiner = lists.of(i).any(Kinds::JOINER);
        if !(joiner || class.any(Classes::DETERMINER) || is_person(b) && class.any(Classes::CAPITAL)) {
            return Joint::None;
        }
        and |= joiner;
        comma |= class.any(Classes::AFTER_COMMA);
    }
    let blank = |text: &str| text.chars().all(|c| c.is_whitespace() && c != '\n' || matches!(c, ',' | '.' | '-'));
    if !(between.start..=b.words.start).all(|i| parsed.is_spaced(i) || blank(text(i))) {
        return Joint::None;
    }
    match (and, comma) {
        (true, _) => Joint::And,
        (false, true) => Joint::Comma,
        _ => Joint::None,
    }
}
