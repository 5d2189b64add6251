//! Site chrome: menus, share links, counts of views, lists of related articles.

use crate::span::Span;

/// Lines that are no part of the article, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chrome {
    /// The lines.
    pub span: Span,
    /// Why they were left out.
    pub reason: &'static str,
}

/// The site chrome of a text, in order.
#[must_use]
pub fn chrome(_text: &str) -> Vec<Chrome> {
    Vec::new()
}
