//! Site chrome: menus, share links, counts of views, lists of related articles.
//!
//! Found by the shape of lines, in the text alone. The article reaches from its first paragraph to its last; lines before and after it are
//! looked at closely, lines between them only for what can be nothing else. A text without a paragraph, or of one line, has no chrome; in doubt a line is kept.

mod line;
mod lists;

use std::ops::Range;

use crate::error::Result;
use crate::language::Language;
use crate::span::Span;
use line::Line;
use lists::Lists;

/// Short lines in a row that make a menu, before the article.
const MENU: usize = 5;
const MARKS: &str = "marks";
/// Dates and titles in turn that make a list of other articles, after it.
const DATES: usize = 2;

/// Lines that are no part of the article, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chrome {
    /// The lines.
    pub span: Span,
    /// Why they were left out.
    pub reason: &'static str,
}

/// What is known of the lines around articles in a language.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    lists: &'static Lists,
}

impl Layout {
    /// The lists of the language pack; none for a language without one.
    ///
    /// # Errors
    /// Only when the pack itself is damaged.
    pub fn load(language: &Language) -> Result<Option<Self>> {
        Ok(Lists::load(language)?.map(|lists| Self { lists }))
    }

    /// The site chrome of a text, in order.
    ///
    /// ```
    /// let layout = framescope::Layout::load(&framescope::Language::load("en")?)?.unwrap();
    /// let text = "Talks resume\n5 min read\nThe two delegations came back to the table on Monday after a pause of six long weeks.\nViews: 12";
    /// let found: Vec<&str> = layout.chrome(text).iter().map(|c| c.reason).collect();
    /// assert_eq!(found, ["reading time", "counter"]);
    /// # Ok::<(), framescope::Error>(())
    /// ```
    #[must_use]
    pub fn chrome(&self, text: &str) -> Vec<Chrome> {
        let lines = Line::all(text);
        if lines.len() < 2 { Vec::new() } else { Page { lists: self.lists, lines }.chrome() }
    }
}

/// Whether a span touches chrome.
#[must_use]
pub fn is_chrome(chrome: &[Chrome], span: Span) -> bool {
    let after = chrome.partition_point(|c| c.span.end <= span.start);
    chrome.get(after).is_some_and(|c| c.span.start < span.end)
}

struct Page<'t> {
    lists: &'static Lists,
    lines: Vec<Line<'t>>,
}

type Reasons = Vec<Option<&'static str>>;

impl Page<'_> {
    fn chrome(&self) -> Vec<Chrome> {
        let Some(body) = self.body() else { return Vec::new() };
        let mut reasons: Reasons = vec![None; self.lines.len()];
        self.head(0..body.start, &mut reasons);
        self.between(body.clone(), &mut reasons);
        self.tail(body.end..self.lines.len(), &mut reasons);
        self.repeated(&body, &mut reasons);
        for i in 0..reasons.len() {
            let beside = |j: usize| reasons.get(j).is_some_and(|r| r.is_some_and(|r| r != MARKS));
            if reasons[i] == Some(MARKS) && !beside(i + 1) && !(i > 0 && beside(i - 1)) {
                reasons[i] = None;
            }
        }
        if self.is_broken_text(&body, &reasons) {
            return Vec::new();
        }
        let marked = self.lines.iter().zip(reasons).filter_map(|(l, r)| Some(Chrome { span: l.span, reason: r? }));
        marked.collect()
    }

    /// From the first paragraph to the last; what a heading of other articles leads is no part of it.
    fn body(&self) -> Option<Range<usize>> {
        let paragraph = |l: &Line<'_>| l.is_paragraph() && l.prompt(self.lists).is_none();
        let first = self.lines.iter().position(paragraph)?;
        let last = self.lines.iter().rposition(paragraph)?;
        Some(first..last + 1)
    }

    /// Whether more text stands around the paragraphs than in them: then they are lines of a text broken into lines.
    fn is_broken_text(&self, body: &Range<usize>, reasons: &Reasons) -> bool {
        let length = |i: usize| self.lines[i].text.len();
        let around: usize = (0..body.start).chain(body.end..self.lines.len()).filter(|i| reasons[*i].is_none()).map(length).sum();
        around > body.clone().map(length).sum::<usize>()
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
            let byline = line.text.starts_with("By ")
                && line.words() <= 6
                && !line.stops()
                && line.text[3..].starts_with(char::is_uppercase);
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

    /// Between two paragraphs only what can be nothing else, and a list of other articles under its heading.
    fn between(&self, body: Range<usize>, reasons: &mut Reasons) {
        for i in body {
            let line = &self.lines[i];
            if !line.stops() && line.words() <= 12 && (line.is_anywhere(self.lists) || line.is_link(self.lists)) {
                reasons[i] = Some("link");
            }
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
        let outside: Vec<usize> = (0..body.start).chain(body.end..self.lines.len()).collect();
        let mut texts: Vec<&str> = outside.iter().map(|i| self.lines[*i].text).collect();
        texts.sort_unstable();
        let certain = |side: Range<usize>, reasons: &Reasons| side.into_iter().any(|i| reasons[i].is_some_and(|r| r != MARKS));
        let (head, tail) = (certain(0..body.start, reasons), certain(body.end..self.lines.len(), reasons));
        for i in outside {
            let line = &self.lines[i];
            let times = texts.partition_point(|t| *t <= line.text) - texts.partition_point(|t| *t < line.text);
            let page = if i < body.start { head } else { tail };
            if page && times > 1 && (1..=3).contains(&line.words()) && !line.stops() {
                reasons[i] = reasons[i].or(Some("repeated line"));
            }
        }
    }
}
