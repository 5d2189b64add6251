//! What is chrome before the first paragraph of an article and after its last.

use std::ops::Range;

use memchr::memchr;

use super::Chrome;
use super::line::Line;
use super::lists::Lists;
use crate::span::Span;

/// Short lines in a row that make a menu, before the article.
const MENU: usize = 5;
const MARKS: &str = "marks";
/// Dates and titles in turn that make a list of other articles, after it.
const DATES: usize = 2;

/// The lines around an article, with one paragraph of it between them.
pub(super) struct Around<'t> {
    lists: &'static Lists,
    lines: Vec<Line<'t>>,
    /// Where that paragraph is among them.
    body: Range<usize>,
    /// From the first paragraph to the last.
    article: Span,
}

type Reasons = Vec<Option<&'static str>>;

impl<'t> Around<'t> {
    /// What is chrome around an article, in order, and where lines stand inside it; none where there is no article.
    pub fn chrome(lists: &'static Lists, text: &'t [u8]) -> Option<(Vec<Chrome>, Span)> {
        let article = |l: &Line<'_>| l.prompt(lists).is_none();
        let first = Line::first_paragraph(text, article)?;
        let last = Line::last_paragraph(text, article)?.span;
        let inside = Span { start: first.span.end, end: last.start.max(first.span.end) };
        let (start, end) = (first.span.start as usize, last.end as usize);
        if text[..start].trim_ascii().is_empty() && text[end..].trim_ascii().is_empty() {
            return Some((Vec::new(), inside));
        }
        let article = Span { start: first.span.start, end: last.end };
        let mut lines: Vec<_> = Line::all_from(&text[..start], 0).collect();
        let body = lines.len();
        lines.push(first);
        let after = memchr(b'\n', &text[end..]).map(|at| end + at + 1);
        lines.extend(after.into_iter().flat_map(|at| Line::all_from(text, at)));
        let around = Self { lists, lines, body: body..body + 1, article };
        Some((around.judged(text)?, inside))
    }

    /// The chrome among the lines, in order; none where they are no lines of an article.
    fn judged(self, text: &[u8]) -> Option<Vec<Chrome>> {
        let mut reasons: Reasons = vec![None; self.lines.len()];
        self.head(0..self.body.start, &mut reasons);
        self.tail(self.body.end..self.lines.len(), &mut reasons);
        self.repeated(&self.body, &mut reasons);
        for i in 0..reasons.len() {
            let beside = |j: usize| reasons.get(j).is_some_and(|r| r.is_some_and(|r| r != MARKS));
            if reasons[i] == Some(MARKS) && !beside(i + 1) && !(i > 0 && beside(i - 1)) {
                reasons[i] = None;
            }
        }
        if self.is_broken_text(text, &reasons) {
            return None;
        }
        let marked = self.lines.iter().zip(reasons).filter_map(|(l, r)| Some(Chrome { span: l.span, reason: r? }));
        Some(marked.collect())
    }

    /// Whether more text stands around the paragraphs than in them: then they are lines of a text broken into lines.
    fn is_broken_text(&self, text: &[u8], reasons: &Reasons) -> bool {
        let outside = self.lines.iter().zip(reasons).enumerate().filter(|(i, (_, r))| !self.body.contains(i) && r.is_none());
        let around: usize = outside.map(|(_, (line, _))| (line.span.end - line.span.start) as usize).sum();
        let mut inside = 0;
        let enough = |line: Line<'_>| {
            inside += (line.span.end - line.span.start) as usize;
            inside >= around
        };
        around > 0 && !Line::all_from(&text[..self.article.end as usize], self.article.start as usize).any(enough)
    }

    /// What is chrome on either side of the article, whatever stands beside it.
    fn outside(&self, line: &Line<'_>) -> Option<&'static str> {
        let lists = self.lists;
        if let Some(reason) = line.is_counter(lists) {
            return Some(reason);
        }
        match () {
            () if line.is_date(lists) => Some("date"),
            () if line.is_menu(lists) || line.is_bar() => Some("menu"),
            () if line.is_contact(lists) => Some("contact"),
            () if line.is_marks() => Some(MARKS),
            () if line.is_anywhere(lists) || line.is_link(lists) => Some("link"),
            () if line.runs_on() => None,
            () => line.prompt(lists),
        }
    }

    fn head(&self, head: Range<usize>, reasons: &mut Reasons) {
        for i in head.clone() {
            reasons[i] = self.outside(&self.lines[i]);
        }
        self.menus(head.clone(), reasons);
        for i in head.clone() {
            let beside = |reason: &[&str]| {
                let near = [i.checked_sub(1), Some(i + 1).filter(|j| *j < head.end)];
                near.into_iter().flatten().any(|j| reasons[j].is_some_and(|r| reason.contains(&r)))
            };
            let line = &self.lines[i];
            let byline = line.text().starts_with("By ")
                && line.words() <= 6
                && !line.stops()
                && line.text()[3..].starts_with(char::is_uppercase);
            let bullet = line.is_bulleted() && beside(&["date", "reading time", "byline"]);
            let named = line.is_name() && beside(&["contact"]) && self.has_title(&head, i, reasons);
            if reasons[i].is_none() && (byline || bullet || named) {
                reasons[i] = Some("byline");
            }
        }
    }

    /// Whether another line before the article can be its title.
    fn has_title(&self, head: &Range<usize>, not: usize, reasons: &Reasons) -> bool {
        head.clone().any(|i| i != not && reasons[i].is_none() && self.lines[i].words() >= 4)
    }

    /// Runs of short lines of which one at least is a menu for certain; the last is kept where it may be a title.
    fn menus(&self, head: Range<usize>, reasons: &mut Reasons) {
        let short = |i: usize| self.lines[i].words() <= 3 && !self.lines[i].stops();
        let mut start = head.start;
        while start < head.end {
            let end = (start..head.end).find(|i| !short(*i)).unwrap_or(head.end);
            let known = (start..end).filter(|i| reasons[*i] == Some("menu")).count();
            if end - start >= MENU && known > 0 {
                let title = reasons[end - 1].is_none();
                for reason in &mut reasons[start..end - usize::from(title)] {
                    *reason = reason.or(Some("menu"));
                }
            }
            start = end.max(start + 1);
        }
    }

    fn tail(&self, tail: Range<usize>, reasons: &mut Reasons) {
        let list = tail
            .clone()
            .find(|i| self.lines[*i].is_related_heading(self.lists) && i + 1 < tail.end)
            .or_else(|| self.dated(&tail));
        for i in tail {
            let other = list.is_some_and(|first| i >= first);
            reasons[i] = if other { Some("related articles") } else { self.outside(&self.lines[i]) };
        }
    }

    /// Where a list of other articles without a heading begins: titles and dates in turn.
    fn dated(&self, tail: &Range<usize>) -> Option<usize> {
        let date = |i: usize| self.lines[i].is_date(self.lists);
        let title = |i: usize| tail.contains(&i) && !date(i) && !self.lines[i].is_paragraph() && !self.lines[i].stops();
        let dates: Vec<usize> = tail.clone().filter(|i| date(*i)).collect();
        let in_turn = dates.windows(2).filter(|d| d[1] == d[0] + 2 && title(d[0] + 1)).count();
        let first = *dates.first()?;
        (in_turn + 1 >= DATES).then(|| if title(first + 2) || !title(first.wrapping_sub(1)) { first } else { first - 1 })
    }

    /// A line of a word or three that comes twice around the article, where other chrome is.
    fn repeated(&self, body: &Range<usize>, reasons: &mut Reasons) {
        let certain = |side: Range<usize>, reasons: &Reasons| side.into_iter().any(|i| reasons[i].is_some_and(|r| r != MARKS));
        let (head, tail) = (certain(0..body.start, reasons), certain(body.end..self.lines.len(), reasons));
        if !head && !tail {
            return;
        }
        let short = |i: &usize| (1..=3).contains(&self.lines[*i].words()) && !self.lines[*i].stops();
        let outside: Vec<usize> = (0..body.start).chain(body.end..self.lines.len()).filter(short).collect();
        let mut texts: Vec<&str> = outside.iter().map(|i| self.lines[*i].text()).collect();
        texts.sort_unstable();
        for i in outside {
            let text = self.lines[i].text();
            let times = texts.partition_point(|t| *t <= text) - texts.partition_point(|t| *t < text);
            if times > 1 && if i < body.start { head } else { tail } {
                reasons[i] = reasons[i].or(Some("repeated line"));
            }
        }
    }
}
