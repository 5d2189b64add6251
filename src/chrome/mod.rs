//! Site chrome: menus, share links, counts of views, lists of related articles.
//!
//! Found by the shape of lines, in the text alone. The article reaches from its first paragraph to its last; lines before and after it are
//! looked at closely, lines between them only for what can be nothing else. A text without a paragraph, or of one line, has no chrome; in doubt a line is kept.

mod around;
mod line;
mod lists;
mod page;

use crate::error::Result;
use crate::language::Language;
use crate::span::Span;
use lists::Lists;
pub(crate) use page::Page;

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
        self.page(text.as_bytes()).chrome(0..text.len())
    }

    /// Where the article of a text is. The text may turn out to be no UTF-8, which is for others to find.
    pub(crate) fn page(self, text: &[u8]) -> Page<'_> {
        Page::new(self.lists, text)
    }
}

/// Whether a span touches chrome.
#[must_use]
pub fn is_chrome(chrome: &[Chrome], span: Span) -> bool {
    let after = chrome.partition_point(|c| c.span.end <= span.start);
    chrome.get(after).is_some_and(|c| c.span.start < span.end)
}
