//! Clauses: cut between finite verbs, at the best border that stands there.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::verbs::{is_finite_verb, is_nominal, is_passive, verb_groups};
use super::{Classes, Parsed};

/// How a clause hangs on what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The first clause, or one after a full break (; : — quotation marks).
    Main,
    /// After "and", "but", or a comma.
    Coordinate,
    /// After "because", "although", "if".
    Subordinate,
    /// After "who", "which".
    Relative,
    /// What someone says, thinks, wants: after "that", or right after such a verb.
    Complement,
    /// ", adding that …", "without aligning …": an -ing form after a comma.
    Participle,
}

/// A run of words with at most one finite verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its words.
    pub words: Range<u32>,
    /// From the first auxiliary to the main verb.
    pub verb: Option<Range<u32>>,
    /// The words before the verb that hold its subject; those of an earlier clause where it has none of its own.
    pub subject: Option<Range<u32>>,
    /// Whether the verb is passive: its subject is what something is done to.
    pub passive: bool,
    /// How it hangs on what stands before it.
    pub link: Link,
}

/// Where clauses begin, and how they hang on what stands before.
type Borders = SmallVec<[(u32, Link); 12]>;

/// The clauses of a sentence, in order; together they are all its words.
#[must_use]
pub fn clauses(parsed: &Parsed<'_, '_>, words: Range<u32>) -> Vec<Clause> {
    let verbs = verb_groups(parsed, words.clone());
    let mut borders: Borders = smallvec![(words.start, Link::Main)];
    let mut verb = verbs.iter().peekable();
    let mut before: Option<&Range<u32>> = None;
    // A subject whose verb is yet to come, after a relative clause: "the states that signed | have agreed".
    let mut waiting = false;
    for stretch in breaks(parsed, words.clone(), &verbs) {
        if stretch.start > words.start {
            borders.push((stretch.start, Link::Main));
            before = None;
            waiting = false;
        }
        while let Some(group) = verb.next_if(|v| v.start < stretch.end) {
            if let Some(last) = before {
                let between = last.end..group.start;
                let resumed = waiting && !between.clone().any(|i| parsed.is(i, Classes::COORDINATOR | Classes::RELATIVE));
                borders.push(if resumed { (main_border(parsed, &between), Link::Main) } else { border(parsed, between) });
                waiting &= !resumed;
            } else if let Some(relative) = relative_of_subject(parsed, stretch.start..group.start) {
                borders.push((relative, Link::Relative));
                waiting = true;
            }
            before = Some(group);
        }
    }
    participles(parsed, &words, &mut borders);
    borders.sort_unstable_by_key(|b| b.0);
    borders.dedup_by_key(|b| b.0);
    let mut out: Vec<Clause> = Vec::with_capacity(borders.len());
    for (i, &(start, link)) in borders.iter().enumerate() {
        let end = borders.get(i + 1).map_or(words.end, |b| b.0);
        let first = verbs.partition_point(|v| v.start < start);
        let verb = verbs.get(first).filter(|v| v.start < end).cloned();
        let mut clause = describe(parsed, start..end, verb, link, out.last());
        if let (Link::Main, None, [.., before, relative]) = (link, &clause.subject, out.as_slice()) {
            clause.subject = (relative.link == Link::Relative && before.verb.is_none()).then(|| before.words.clone());
        }
        out.push(clause);
    }
    out
}

/// Stretches between full breaks: ; : dashes, and brackets and quotation marks where they part clauses.
fn breaks(parsed: &Parsed<'_, '_>, words: Range<u32>, verbs: &[Range<u32>]) -> SmallVec<[Range<u32>; 4]> {
    let mut out = SmallVec::new();
    let mut start = words.start;
    let mut aside = words.start;
    for i in parsed.unspaced(words.start + 1..words.end) {
        let gap = parsed.document.before(i);
        if i < aside || matches!(gap, ", " | "-" | "’ ") || !gap.contains(is_mark) || !is_break(gap) {
            continue;
        }
        if let Some(end) = short_aside(parsed, i, words.end, verbs) {
            aside = end + 1;
            continue;
        }
        out.push(start..i);
        start = i;
    }
    out.push(start..words.end);
    out
}

/// What can part clauses.
fn is_mark(c: char) -> bool {
    is_quote(c) || matches!(c, ';' | ':' | '-' | '—' | '―' | '–' | '(' | ')' | '[' | ']' | '…' | '`' | '\'')
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '«' | '»' | '„')
}

/// A dash stands between blanks, or is long; a quotation mark parts clauses beside another mark: `said, "…`.
fn is_break(gap: &str) -> bool {
    let quote = gap.contains(is_quote) || gap.contains("''") || gap.contains("``");
    gap.contains([';', ':', '—', '―', '(', ')', '[', ']', '…'])
        || gap.contains(" - ")
        || gap.contains("--")
        || gap.contains('–') && gap.contains(char::is_whitespace)
        || quote && (gap.contains([',', '.', '!', '?']) || gap.contains("''") || gap.contains("``"))
}

/// The end of an aside of a few words without a verb that opens before `i`: "(EAEU)".
fn short_aside(parsed: &Parsed<'_, '_>, i: u32, end: u32, verbs: &[Range<u32>]) -> Option<u32> {
    let opens = parsed.document.before(i).trim_end().ends_with(['(', '[']);
    let close = (i..end.min(i + 12)).find(|w| parsed.document.after(*w).contains([')', ']'])).filter(|_| opens)?;
    let verb = verbs.partition_point(|v| v.start < i);
    verbs.get(verb).is_none_or(|v| v.start > close).then_some(close + 1)
}

/// Where the clause of the second of two verbs begins, given the words between them.
fn border(parsed: &Parsed<'_, '_>, between: Range<u32>) -> (u32, Link) {
    let classes = &parsed.classes[between.start as usize..between.end as usize];
    let there = classes.iter().fold(Classes::default(), |all, c| all | *c);
    let place = |i: usize| between.start + i as u32;
    let find = |class: Classes| if there.any(class) { classes.iter().position(|c| c.any(class)).map(place) } else { None };
    let find_last = |class: Classes| if there.any(class) { classes.iter().rposition(|c| c.any(class)).map(place) } else { None };
    let both = Classes::COORDINATOR | Classes::AFTER_COMMA;
    if there.all(both)
        && let Some(i) = classes.iter().position(|c| c.all(both))
    {
        return (place(i), Link::Coordinate);
    }
    if let Some(i) = find(Classes::COMPLEMENTIZER).filter(|i| {
        *i == between.start
            || parsed.is(*i - 1, Classes::VERB)
            || parsed.is(*i + 1, Classes::SUBJECT | Classes::DETERMINER | Classes::CAPITAL | Classes::POSSESSIVE)
    }) {
        return (i, Link::Complement);
    }
    let relative = find(Classes::RELATIVE);
    let only = |c: &Classes| c.any(Classes::SUBORDINATOR) && !c.any(Classes::PREPOSITION | Classes::COORDINATOR);
    let subordinate = if there.any(Classes::SUBORDINATOR) { classes.iter().position(only).map(place) } else { None };
    if let Some(i) = relative.into_iter().chain(subordinate).min() {
        return (i, if Some(i) == relative { Link::Relative } else { Link::Subordinate });
    }
    if let Some(i) = find_last(Classes::COORDINATOR).or_else(|| find_last(Classes::AFTER_COMMA)) {
        return (i, Link::Coordinate);
    }
    if let Some(i) = find(Classes::SUBORDINATOR) {
        return (i, Link::Subordinate);
    }
    (between.start, Link::Complement)
}

/// The relative pronoun in what stands before a first verb, after the noun it belongs to.
fn relative_of_subject(parsed: &Parsed<'_, '_>, words: Range<u32>) -> Option<u32> {
    let classes = &parsed.classes[words.start as usize..words.end as usize];
    let pronoun = |c: &Classes| c.any(Classes::RELATIVE) && !c.any(Classes::POSSESSIVE);
    let relative = words.start + classes.iter().rposition(pronoun)? as u32;
    let noun =
        relative > words.start && is_nominal(parsed.classes[relative as usize - 1]) && !is_finite_verb(parsed, relative - 1);
    noun.then_some(relative)
}

/// Where the main clause goes on after a relative clause in its subject: at a comma, or at its verb.
fn main_border(parsed: &Parsed<'_, '_>, between: &Range<u32>) -> u32 {
    let comma = between.clone().rev().find(|i| parsed.has_comma(*i));
    let adverb = |i: u32| parsed.is(i, Classes::ADVERB) && !parsed.is(i, Classes::SUBJECT);
    comma.unwrap_or_else(|| between.clone().rev().take_while(|i| adverb(*i)).last().unwrap_or(between.end))
}

/// Borders before an -ing form, or "without" and one, after a comma.
fn participles(parsed: &Parsed<'_, '_>, words: &Range<u32>, borders: &mut Borders) {
    let classes = &parsed.classes[words.start as usize..words.end as usize];
    let participle = |c: Classes| c.and(Classes::ING | Classes::CAPITAL) == Classes::ING;
    for (at, class) in classes.iter().enumerate().skip(1).filter(|(_, c)| participle(**c)) {
        let (i, before) = (words.start + at as u32, classes[at - 1]);
        let linked = before.any(Classes::SUBORDINATOR) || before.all(Classes::PREPOSITION | Classes::AFTER_COMMA);
        if linked && at > 1 {
            borders.push((i - 1, Link::Participle));
        }
        if class.any(Classes::AFTER_COMMA) {
            borders.push((i, Link::Participle));
        }
    }
}

fn describe(parsed: &Parsed<'_, '_>, words: Range<u32>, verb: Option<Range<u32>>, link: Link, before: Option<&Clause>) -> Clause {
    let passive = verb.as_ref().is_some_and(|v| is_passive(parsed, v));
    let own = verb.as_ref().map(|v| subject_words(parsed, words.start..v.start)).filter(|s| !s.is_empty());
    let subject = match (own, link, before) {
        (Some(own), _, _) => Some(own),
        (None, Link::Relative, Some(b)) => Some(antecedent(parsed, b, words.start)),
        (None, Link::Coordinate | Link::Participle | Link::Subordinate | Link::Complement, Some(b)) => b.subject.clone(),
        _ => None,
    };
    Clause { words, verb, subject, passive, link }
}

/// The words of a subject: without the linking word, adverbs around it, and what is put before it ("In May, …", "Having won, …").
fn subject_words(parsed: &Parsed<'_, '_>, words: Range<u32>) -> Range<u32> {
    let linking = Classes::COORDINATOR | Classes::SUBORDINATOR | Classes::COMPLEMENTIZER;
    let mut start = words.start;
    if start < words.end && parsed.is(start, linking) && !parsed.is(start, Classes::SUBJECT) {
        start += 1;
    }
    let fronting = Classes::PREPOSITION | Classes::ING | Classes::SUBORDINATOR | Classes::ADVERB | Classes::PAST;
    let fronted = start < words.end && parsed.is(start, fronting) && !parsed.is(start, Classes::SUBJECT);
    if fronted && let Some(after) = (start + 1..words.end).rev().find(|i| parsed.has_comma(*i)) {
        start = after;
    }
    let classes = &parsed.classes[start as usize..words.end as usize];
    let kept = |c: &Classes| is_nominal(*c) || c.any(Classes::DETERMINER | Classes::POSSESSIVE);
    let length = classes.iter().rposition(kept).map_or(0, |last| last + 1);
    let nominal = classes[..length].iter().any(|c| is_nominal(*c));
    start..start + if nominal { length as u32 } else { 0 }
}

/// The noun phrase right before a relative pronoun.
fn antecedent(parsed: &Parsed<'_, '_>, before: &Clause, relative: u32) -> Range<u32> {
    let after_verb = before.verb.as_ref().map_or(before.words.start, |v| v.end).min(relative);
    let start = (after_verb..relative).rev().find(|i| parsed.is(*i, Classes::PREPOSITION)).map_or(after_verb, |i| i + 1);
    start..relative
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::grammar::{Grammar, no_clauses};
    use crate::language::Language;
    use crate::segment::words;

    /// The clauses of a sentence, each with its subject in brackets before it.
    fn read(text: &str) -> Vec<(String, String)> {
        let language = Language::load("en").unwrap();
        let words = words(text);
        let document = Document::new(text, &words, &language.abbreviations);
        let mut found = Vec::new();
        Grammar::load(&language).unwrap().classes_into(&document, &mut found);
        let clauses = no_clauses(&document);
        let parsed = Parsed::new(&document, &found, &clauses);
        let say = |r: Range<u32>| r.map(|i| document.word(i)).collect::<Vec<_>>().join(" ");
        let clauses = parsed.clauses(0).iter().cloned();
        clauses.map(|c| (say(c.words), c.subject.map(say).unwrap_or_default())).collect()
    }

    fn cut(text: &str) -> Vec<String> {
        read(text).into_iter().map(|c| c.0).collect()
    }

    #[test]
    fn a_relative_clause_in_a_subject_does_not_take_its_verb() {
        let found = read("The states that signed the treaty have agreed.");
        assert_eq!(
            found.iter().map(|c| c.0.as_str()).collect::<Vec<_>>(),
            ["The states", "that signed the treaty", "have agreed"]
        );
        assert_eq!(found[2].1, "The states");
    }

    #[test]
    fn asides_without_a_verb_and_quoted_words_part_nothing() {
        assert_eq!(cut("The Union (EU) is a “bridge” for trade."), ["The Union EU is a bridge for trade"]);
        assert_eq!(cut("Kyiv (which joined the pact) waits."), ["Kyiv", "which joined the pact", "waits"]);
        assert_eq!(cut("A US-led force came\nin spring."), ["A US led force came in spring"]);
        assert_eq!(cut("In 2014–2015 trade grew."), ["In 2014 2015 trade grew"]);
    }

    #[test]
    fn participles_and_parts_of_hyphened_words_are_no_finite_verbs() {
        assert_eq!(
            cut("The steps taken by Baku have never in these years been criticised."),
            ["The steps taken by Baku have never in these years been criticised"]
        );
        assert_eq!(cut("Western-backed troops have come home."), ["Western backed troops have come home"]);
    }

    #[test]
    fn a_question_has_its_subject_between_its_verbs() {
        assert_eq!(cut("Should we not sign it?"), ["Should we not sign it"]);
    }
}
