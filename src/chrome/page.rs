//! A text, and where its article is: what is chrome around it is known at once, what is chrome in it is seen from each line alone.

use std::ops::Range;

use memchr::{memchr_iter, memrchr};

use super::Chrome;
use super::around::Around;
use super::line::Line;
use super::lists::Lists;
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
    /// Between the first paragraph and the last. Here only links are chrome.
    inside: Span,
}

impl<'t> Page<'t> {
    pub(super) fn new(lists: &'static Lists, text: &'t [u8]) -> Self {
        let (around, inside) = Around::chrome(lists, text).unwrap_or((Vec::new(), Span { start: 0, end: 0 }));
        Self { lists, text, around, inside }
    }

    /// What is chrome in some bytes, of which there is one at least, and which are whole lines or begin and end inside them, placed as if they were all.
    pub fn chrome(&self, within: Range<usize>) -> Vec<Chrome> {
        let (first, end) = (within.start as u32, within.end as u32);
        let inside = self.inside.start.max(first)..self.inside.end.min(end).max(self.inside.start);
        let links = self.links(inside.start as usize..inside.end as usize).map(|span| Chrome { span, reason: "link" });
        let (before, after) = self.around.split_at(self.around.partition_point(|c| c.span.end <= self.inside.start));
        let all = before.iter().copied().chain(links).chain(after.iter().copied());
        let here = all.filter(|c| first < c.span.end && c.span.start < end);
        let placed = |span: Span| Span { start: span.start.saturating_sub(first), end: span.end - first };
        here.map(|c| Chrome { span: placed(c.span), ..c }).collect()
    }

    /// The lines inside the article that reach into some bytes of it, and are links. What is too long for a link is not read to its end.
    fn links(&self, within: Range<usize>) -> impl Iterator<Item = Span> + '_ {
        let (inside, within) = (self.inside.start as usize..self.inside.end as usize, within.start..within.end.max(within.start));
        let behind = inside.start.max(within.start.saturating_sub(LONGEST_LINK + 1));
        let mut start = memrchr(b'\n', &self.text[behind..within.start]).map_or(behind, |at| behind + at + 1);
        let ahead = if within.is_empty() { start } else { inside.end.min(within.end + LONGEST_LINK) };
        let ends = memchr_iter(b'\n', &self.text[start..ahead]).map(move |at| start + at);
        ends.filter_map(move |end| self.link(std::mem::replace(&mut start, end + 1)..end))
    }

    /// The link that a line between two paragraphs is.
    fn link(&self, at: Range<usize>) -> Option<Span> {
        let bytes = &self.text[at.clone()];
        if bytes.len() > LONGEST_LINK || Line::stops_plainly(bytes) || !self.lists.links.may_begin(bytes) {
            return None;
        }
        let line = Line::new(self.text, at)?;
        let leads_away = !line.stops() && line.words() <= 12 && (line.is_anywhere(self.lists) || line.is_link(self.lists));
        leads_away.then_some(line.span)
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

    fn line() -> impl Strategy<Value = String> {
        let blanks = || prop_oneof![3 => 0..2_usize, 1 => 400..1200_usize];
        let line = (blanks(), proptest::sample::select(&LINES[..]), blanks());
        line.prop_map(|(before, line, after)| " ".repeat(before) + line + &" ".repeat(after))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn a_piece_has_the_chrome_that_the_whole_has_there(
            (head, article, tail) in (prop::collection::vec(line(), 0..2), prop::collection::vec(line(), 0..6), prop::collection::vec(line(), 0..2)),
            cuts in (0..100_usize, 0..4000_usize, 0..8_usize),
        ) {
            let paragraph = || LINES[8].to_owned();
            let text = [head, vec![paragraph()], article, vec![paragraph()], tail].concat().join("\n");
            let layout = Layout::load(&Language::load("en").unwrap()).unwrap().unwrap();
            // Most pieces begin or end near a line that is chrome.
            let chrome = layout.chrome(&text);
            let near = chrome.get(cuts.2).map_or(cuts.1, |c| c.span.start as usize);
            let start = (near + 50).saturating_sub(cuts.0).min(text.len() - 1);
            let end = (start + 1 + cuts.1 % 1500).min(text.len());
            let inside = |c: &Chrome| (c.span.start as usize) < end && start < c.span.end as usize;
            let wanted: Vec<_> = chrome.into_iter().filter(inside).collect();
            let found = layout.page(text.as_bytes()).chrome(start..end);
            let back = |c: &Chrome| (c.span.start + start as u32, c.span.end + start as u32, c.reason);
            let wanted = wanted.iter().map(|c| (c.span.start.max(start as u32), c.span.end, c.reason));
            prop_assert_eq!(found.iter().map(back).collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{}..{} of {:?}", start, end, text);
        }
    }
}
