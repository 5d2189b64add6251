//! A text, and where its article is: what is chrome around it is known at once, what is chrome in it is seen from each line alone.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

use super::around::Around;
use super::line::Line;
use super::lists::Lists;
use super::{Chrome, is_chrome};
use crate::span::Span;

/// A longer line is no link.
const LONGEST_LINK: usize = 1000;

/// A text, and where its article is.
#[derive(Debug)]
pub(crate) struct Page<'t> {
    lists: &'static Lists,
    text: &'t [u8],
    /// Chrome before and after the article.
    around: Vec<Chrome>,
    /// From the first paragraph to the last. In it, only links are chrome.
    body: Span,
}

impl<'t> Page<'t> {
    pub(super) fn new(lists: &'static Lists, text: &'t [u8]) -> Self {
        let (around, body) =
            Around::find(lists, text).and_then(|a| a.chrome(text)).unwrap_or((Vec::new(), Span { start: 0, end: 0 }));
        Self { lists, text, around, body }
    }

    /// All chrome, in order.
    pub fn chrome(&self) -> Vec<Chrome> {
        let (before, after) = self.around.split_at(self.around.partition_point(|c| c.span.end <= self.body.start));
        let links = self.links().map(|span| Chrome { span, reason: "link" });
        before.iter().copied().chain(links).chain(after.iter().copied()).collect()
    }

    /// The links between paragraphs.
    fn links(&self) -> impl Iterator<Item = Span> + '_ {
        let mut start = self.body.start as usize;
        let body = &self.text[..self.body.end as usize];
        let ends = memchr_iter(b'\n', &body[start..]).map(move |at| start + at);
        ends.filter_map(move |end| self.link(std::mem::replace(&mut start, end + 1)..end))
    }

    /// The link that a line between two paragraphs is.
    fn link(&self, at: Range<usize>) -> Option<Span> {
        let line = (at.len() <= LONGEST_LINK).then(|| Line::new(self.text, at))??;
        let link = !line.stops() && line.words() <= 12 && (line.is_anywhere(self.lists) || line.is_link(self.lists));
        link.then_some(line.span)
    }

    /// What tells of spans, which come by their start, whether they touch chrome.
    pub fn touches(&self) -> impl FnMut(Span) -> bool + '_ {
        let mut last = LastLine::default();
        move |span| is_chrome(&self.around, span) || last.touches(self, span)
    }
}

/// The line that was last asked for, or so much of it as is known, and the link that it is.
#[derive(Debug, Default)]
struct LastLine {
    at: Range<usize>,
    link: Option<Span>,
}

impl LastLine {
    /// Whether a span touches a link between paragraphs.
    fn touches(&mut self, page: &Page<'_>, span: Span) -> bool {
        let mut at = span.start.max(page.body.start);
        let end = span.end.min(page.body.end);
        while at < end {
            if !self.at.contains(&(at as usize)) {
                *self = Self::around(page, at as usize);
            }
            if self.link.is_some_and(|link| link.start < span.end && span.start < link.end) {
                return true;
            }
            at = self.at.end as u32;
        }
        false
    }

    /// The line in which a byte stands, with its end. Of one that is too long for a link, no more is looked at than shows that it is.
    fn around(page: &Page<'_>, at: usize) -> Self {
        let body = &page.text[..page.body.end as usize];
        let (first, last) = (at.saturating_sub(LONGEST_LINK), body.len().min(at + LONGEST_LINK));
        let start = memrchr(b'\n', &body[first..at]).map(|i| first + i + 1).or((first == 0).then_some(0));
        let end = memchr(b'\n', &body[at..last]).map(|i| at + i);
        let link = start.zip(end).and_then(|(start, end)| page.link(start..end));
        Self { at: start.unwrap_or(at)..end.map_or(last, |end| end + 1), link }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chrome::Layout;
    use crate::language::Language;
    use proptest::prelude::*;

    const LINES: [&str; 12] = [
        "Home",
        "Read more: the talks",
        " Share this article ",
        "5 min read",
        "Read more: the talks. Again",
        "",
        " ",
        "3 March",
        "The two delegations came back to the table on Monday, after a pause of six long weeks, and left it again.",
        "share",
        "Die zwei Minister trafen sich am Montag für sechs Stunden und einigten sich auf vierzehn Punkte, sagte sie.",
        "and again, more or less",
    ];

    proptest! {
        #[test]
        fn each_span_is_judged_as_among_all_chrome(
            lines in prop::collection::vec((proptest::sample::select(&LINES[..]), prop_oneof![8 => 0..1_usize, 1 => 900..1200_usize]), 0..12),
            cuts in prop::collection::vec((0..3000_u32, 0..120_u32), 0..60),
        ) {
            let lines: Vec<String> = lines.iter().map(|(line, blanks)| (*line).to_owned() + &" ".repeat(*blanks)).collect();
            let text = lines.join("\n");
            let layout = Layout::load(&Language::load("en").unwrap()).unwrap().unwrap();
            let chrome = layout.chrome(&text);
            let page = layout.page(text.as_bytes());
            let mut spans: Vec<Span> = cuts.iter().map(|(start, length)| Span { start: *start, end: start + length }).collect();
            spans.retain(|s| s.end as usize <= text.len());
            spans.extend(chrome.iter().map(|c| c.span));
            spans.sort_by_key(|s| s.start);
            let mut touches = page.touches();
            for span in spans.iter().filter(|s| s.start < s.end) {
                prop_assert_eq!(touches(*span), is_chrome(&chrome, *span), "{:?} {:?} {:?}", span, chrome, text);
            }
        }
    }
}
