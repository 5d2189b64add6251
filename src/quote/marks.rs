//! Quotation marks, paired: the outermost runs between them.

use crate::document::Document;
use crate::segment::each_place;
use crate::span::Span;

/// A run of text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    /// With its marks.
    pub(super) outer: Span,
    /// Without its marks, and without white space at its ends.
    pub(super) inner: Span,
    /// Whether a mark closes it.
    pub(super) closed: bool,
}

/// How many paragraphs without a mark a quotation may hold.
const PARAGRAPHS: usize = 8;
/// How many other marks may stand in them.
const LOOSE: usize = 12;
/// Most lines are no shorter, in bytes.
const LINE: usize = 64;

/// What the marks of a text show.
#[derive(Debug)]
pub(super) struct Shown {
    /// The outermost quotations, in order; they do not overlap.
    pub(super) quotations: Vec<Marked>,
    /// Whether labels may stand there: a blank or a new line follows a colon.
    pub(super) labels: bool,
}

/// Marks that open and close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// “ ” „
    Double,
    /// "
    Straight,
    /// ''
    Twin,
    /// ‘ ’ ‚
    Single,
    /// '
    Apostrophe,
    /// « »
    Guillemet,
    /// ‹ ›
    Chevron,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    start: u32,
    end: u32,
    family: Family,
    opens: bool,
    closes: bool,
}

/// What the marks of a text show. A quotation that is never closed ends with its paragraph, unless the next paragraph begins with a
/// mark again.
pub(super) fn shown(document: &Document<'_>) -> Shown {
    let Signs { marks, lines, labels } = signs(document.text);
    let mut quotations = Vec::new();
    if !marks.is_empty() {
        let breaks = paragraph_ends(document, &lines);
        let mut i = 0;
        while i < marks.len() {
            i = quotation(document.text, &marks, i, &breaks, &mut quotations);
        }
    }
    Shown { quotations, labels }
}

/// Reads the quotation that the mark at `i` opens, if it does; gives the index of the next mark to look at.
fn quotation(text: &str, marks: &[Mark], i: usize, breaks: &[u32], out: &mut Vec<Marked>) -> usize {
    let first = marks[i];
    if !first.opens {
        return i + 1;
    }
    let mut paragraph = paragraph_of(breaks, first.start);
    let mut open = vec![first.family];
    let mut j = i + 1;
    loop {
        let end = breaks.get(paragraph).copied().unwrap_or(text.len() as u32);
        let Some(mark) = marks.get(j).filter(|m| m.start < end) else {
            if let Some(next) = continued(text, marks.get(j), first, breaks, paragraph) {
                paragraph = next;
                open.truncate(1);
                j += 1;
                continue;
            }
            let Some(next) = closed_later(text, &marks[j..], first, breaks, paragraph) else { break };
            paragraph = next;
            continue;
        };
        j += 1;
        if let Some(depth) = open.iter().rposition(|f| mark.closes && closes(mark, *f)) {
            open.truncate(depth);
            if depth == 0 && closes_here(text, marks, j - 1, end, first) {
                push(text, first, mark.start, Some(mark.end), out);
                return j;
            }
            if depth == 0 {
                open.push(first.family);
            }
        } else if mark.opens && mark.family == first.family && mark.family != Family::Straight {
            // A second opening of the same kind: the first was never closed.
            if matches!(first.family, Family::Single | Family::Apostrophe) {
                return i + 1;
            }
            push(text, first, mark.start, None, out);
            return j - 1;
        } else if mark.opens {
            open.push(mark.family);
        }
    }
    let end = breaks.get(paragraph).copied().unwrap_or(text.len() as u32);
    if matches!(first.family, Family::Single | Family::Apostrophe) {
        return i + 1;
    }
    push(text, first, end, None, out);
    j
}

/// The paragraph after this one, if it begins with the mark of the quotation that is still open.
fn continued(text: &str, next: Option<&Mark>, first: Mark, breaks: &[u32], paragraph: usize) -> Option<usize> {
    let next = next.filter(|m| m.opens && m.family == first.family)?;
    let end = *breaks.get(paragraph)?;
    text[end as usize..next.start as usize].trim().is_empty().then(|| paragraph_of(breaks, next.start))
}

/// The paragraph in which a quotation that opens a paragraph is closed at last, if no other one opens before: the paragraphs between bear no marks.
fn closed_later(text: &str, rest: &[Mark], first: Mark, breaks: &[u32], paragraph: usize) -> Option<usize> {
    let begins = text[..first.start as usize].trim_end_matches([' ', '\t']);
    if !(begins.is_empty() || begins.ends_with('\n')) || !matches!(first.family, Family::Double | Family::Guillemet) {
        return None;
    }
    let close = rest.iter().take(LOOSE).find(|m| m.family == first.family)?;
    let there = paragraph_of(breaks, close.start);
    (close.closes && !close.opens && there > paragraph && there - paragraph <= PARAGRAPHS).then_some(there)
}

/// Whether a mark that closes can close this kind; writers mix “ and ".
fn closes(mark: &Mark, opened: Family) -> bool {
    mark.family == opened
        || match opened {
            Family::Double => mark.family == Family::Straight && !mark.opens,
            Family::Straight => mark.family == Family::Double && !mark.opens,
            _ => false,
        }
}

/// Whether a mark that can close does: "voters’ " inside ‘…’ does not when a better end follows.
fn closes_here(text: &str, marks: &[Mark], i: usize, end: u32, first: Mark) -> bool {
    let mark = marks[i];
    if !matches!(mark.family, Family::Single | Family::Apostrophe) {
        return true;
    }
    let before = text[..mark.start as usize].chars().next_back();
    let mut after = text[mark.end as usize..].chars();
    let genitive = before.is_some_and(|c| matches!(c, 's' | 'S' | 'z' | 'x'))
        && after.next().is_some_and(char::is_whitespace)
        && after.next().is_some_and(char::is_alphanumeric);
    let better = marks[i + 1..].iter().take_while(|m| m.start < end && (m.closes || !m.opens));
    !(genitive && better.into_iter().any(|m| m.closes && m.family == first.family))
}

fn push(text: &str, first: Mark, end: u32, close: Option<u32>, out: &mut Vec<Marked>) {
    let piece = &text[first.end as usize..end as usize];
    let start = first.end + (piece.len() - piece.trim_start().len()) as u32;
    let stop = (start + piece.trim().len() as u32).max(start);
    if start < stop {
        let outer = Span { start: first.start, end: close.unwrap_or(stop) };
        out.push(Marked { outer, inner: Span { start, end: stop }, closed: close.is_some() });
    }
}

/// Where paragraphs end: bytes, in order. One line break ends a paragraph where it ends a sentence too, unless lines are broken to a width.
fn paragraph_ends(document: &Document<'_>, lines: &[u32]) -> Vec<u32> {
    let sentences = document.sentences();
    let within = |line: &u32| sentences.get(sentences.partition_point(|s| s.end <= *line)).is_some_and(|s| s.start <= *line);
    let wrapped = lines.iter().any(within);
    let gaps = sentences.windows(2).filter(|w| {
        let gap = &document.text[w[0].end as usize..w[1].start as usize];
        gap != " "
            && (gap.matches(['\n', '\u{2029}']).count() > usize::from(wrapped)
                || !gap.contains('\n') && gap.contains(['\r', '\u{2028}']))
    });
    gaps.map(|w| w[0].end).collect()
}

/// The index of the paragraph a byte is in.
fn paragraph_of(breaks: &[u32], byte: u32) -> usize {
    breaks.partition_point(|b| *b <= byte)
}

/// The signs of a text that tell of speech, or of its paragraphs.
#[derive(Debug, Default)]
struct Signs {
    /// Every quotation mark; apostrophes are none.
    marks: Vec<Mark>,
    /// Where lines break.
    lines: Vec<u32>,
    /// Whether a blank or a new line follows a colon.
    labels: bool,
}

fn signs(text: &str) -> Signs {
    let mut signs = Signs { lines: Vec::with_capacity(text.len() / LINE), ..Signs::default() };
    let mut next = 0;
    let bytes = text.as_bytes();
    each_place(bytes, [b'"', b'\'', b'`', b':', b'\n', 0xC2, 0xE2, 0xE3], |start| match bytes[start] {
        b'\n' => signs.lines.push(start as u32),
        b':' => signs.labels |= matches!(bytes.get(start + 1), Some(b' ' | b'\n')),
        _ if start < next => {}
        _ => {
            let Some(c) = text[start..].chars().next() else { return };
            let mark = mark(text, start, c);
            next = mark.map_or(start, |m| m.end as usize);
            signs.marks.extend(mark.filter(|m| m.opens || m.closes));
        }
    });
    signs
}

fn mark(text: &str, start: usize, c: char) -> Option<Mark> {
    let before = text[..start].chars().next_back();
    let twin = matches!(c, '\'' | '`' | '‘' | '’') && text[start + c.len_utf8()..].starts_with(c);
    let end = start + c.len_utf8() * if twin { 2 } else { 1 };
    let after = text[end..].chars().next();
    let left = before.is_none_or(is_open_side);
    let right = after.is_none_or(|c| !c.is_alphanumeric() && !is_opening(c) && c != '[' && c != '$' && c != '#' && c != '@');
    let word_before = before.is_some_and(char::is_alphanumeric);
    let word_after = after.is_some_and(char::is_alphanumeric);
    let (family, opens, closes) = match c {
        _ if twin && c == '`' => (Family::Twin, true, false),
        _ if twin => (Family::Twin, left && !right, true),
        '"' => (Family::Straight, left && !after.is_none_or(char::is_whitespace), !left || right),
        // “ closes what „ opens, ‘ what ‚ opens, « what » opens.
        '“' => (Family::Double, !(word_before && right), right && !left),
        '”' => (Family::Double, left && word_after, !(left && word_after)),
        '„' | '‟' => (Family::Double, true, false),
        '‘' => (Family::Single, !word_before, right && !left),
        '‚' => (Family::Single, !word_before, false),
        '’' => (Family::Single, false, !word_after),
        '\'' => (Family::Apostrophe, left && after.is_some_and(char::is_alphabetic), !left && !word_after),
        '«' => (Family::Guillemet, !word_before, word_before || right && !left),
        '»' => (Family::Guillemet, left && word_after, !(left && word_after)),
        '‹' => (Family::Chevron, true, false),
        '›' => (Family::Chevron, false, true),
        '「' => (Family::Corner, true, false),
        '」' => (Family::Corner, false, true),
        '『' => (Family::WhiteCorner, true, false),
        '』' => (Family::WhiteCorner, false, true),
        _ => return None,
    };
    Some(Mark { start: start as u32, end: end as u32, family, opens, closes })
}

/// What may stand before a mark that opens.
fn is_open_side(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '―' | '/' | ':' | '…' | '>') || is_opening(c)
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '„' | '‘' | '‚' | '«' | '‹' | '"' | '\'' | '「' | '『')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{Abbreviations, words};

    fn found(text: &str) -> Vec<&str> {
        let (words, abbreviations) = (words(text), Abbreviations::default());
        let document = Document::new(text, &words, &abbreviations);
        shown(&document).quotations.into_iter().map(|m| m.inner.of(text)).collect()
    }

    #[test]
    fn marks_of_all_kinds_are_paired() {
        for (text, want) in [
            ("He said: “We won.” Then", vec!["We won."]),
            ("He said: \"We won.\" Then", vec!["We won."]),
            ("He said: ''We won.'' Then", vec!["We won."]),
            ("Er sagte: „Ja“, und ging.", vec!["Ja"]),
            ("He said ‘the voters’ will, don’t doubt it’ and left.", vec!["the voters’ will, don’t doubt it"]),
            ("the ’90s and the voters’ will, don't", vec![]),
            ("Il dit « oui » et «non».", vec!["oui", "non"]),
            ("»Ja«, sagte er.", vec!["Ja"]),
            ("„Ja,“ sagte er. »Nein.« Dann", vec!["Ja,", "Nein."]),
            ("“He told me ‘go’ and “stay”.” Then", vec!["He told me ‘go’ and", "stay"]),
            ("\"a\" and \"b\"", vec!["a", "b"]),
            ("「はい」と", vec!["はい"]),
            ("“[W]ith all”", vec!["[W]ith all"]),
            ("a “b never ends.\nNext paragraph.", vec!["b never ends."]),
            ("“One.\n“Two.” Three", vec!["One.\n“Two."]),
            ("“One.\nTwo.\nThree,” he said. “Four.”", vec!["One.\nTwo.\nThree,", "Four."]),
            ("“One.\nTwo “three” four.", vec!["One.", "three"]),
            ("“”", vec![]),
            ("\"", vec![]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }
}
