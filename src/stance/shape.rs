//! What a marked span of a pair looks like, and what touches it: marks, capitals and the kinds of word beside it. No word is named.

use std::fmt::Arguments;
use std::ops::Range;

use super::features::Sink;
use super::passage::{Passage, Token};
use crate::grammar::Classes;

/// Endings of names of peoples, as stems have them.
const PEOPLES: [&str; 6] = ["ian", "ean", "ican", "ish", "nes", "man"];

/// Features of one of a pair; each by itself, and with the order of the two.
pub(super) fn features(p: &Passage<'_>, family: &str, span: &Range<u32>, order: &str, sink: &mut impl Sink) {
    let mut add = |feature: Arguments<'_>| {
        sink.add(family, feature, format_args!(""), span.clone(), 1.0);
        sink.add(family, feature, format_args!("{order}"), span.clone(), 1.0);
    };
    let (before, after) = (span.start.checked_sub(1).and_then(|i| p.token(i)), p.token(span.end));
    let opens = p.token(span.start).map_or(' ', |t| t.marks[1]);
    let closes = after.map_or('.', |t| t.marks[0]);
    add(format_args!("words {}", span.len().min(3)));
    add(format_args!("mark before {opens}"));
    add(format_args!("mark after {closes}"));
    add(format_args!("word before {}", sort(before)));
    add(format_args!("word after {}", sort(after)));
    add(format_args!("beside {opens}{} {closes}{}", sort(before), sort(after)));
    let Some(last) = p.token(span.end.saturating_sub(1).max(span.start)) else { return };
    let again = p.tokens.iter().filter(|t| t.stem == last.stem).count();
    add(format_args!("named {}", again.min(3)));
    if last.initials {
        add(format_args!("initials"));
    }
    if PEOPLES.iter().any(|end| last.stem.ends_with(end)) {
        add(format_args!("people"));
    }
    if before.or(p.token(span.start)).is_some_and(|t| t.form == "the") {
        add(format_args!("the"));
    }
    if last.classes.any(Classes::GENITIVE) {
        add(format_args!("genitive"));
    }
}

/// What kind of word stands there.
fn sort(token: Option<&Token>) -> &'static str {
    let Some(Token { name, classes, .. }) = token else { return "none" };
    let kinds = [
        (Classes::AUXILIARY, "auxiliary"),
        (Classes::PREPOSITION | Classes::TO, "preposition"),
        (Classes::COORDINATOR, "and"),
        (Classes::SUBORDINATOR | Classes::RELATIVE | Classes::COMPLEMENTIZER, "that"),
        (Classes::DETERMINER | Classes::POSSESSIVE, "the"),
        (Classes::PRONOUN, "pronoun"),
        (Classes::VERB, "verb"),
        (Classes::VERB_OR_NOUN, "verb or noun"),
    ];
    match kinds.iter().find(|k| classes.any(k.0)) {
        _ if *name => "name",
        Some((_, kind)) => kind,
        None if classes.any(Classes::CAPITAL) => "capital",
        None => "word",
    }
}
