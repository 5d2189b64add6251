//! Half-open byte spans, and the way back to the code points of the user's own text.

/// A half-open range of bytes of one document. Both ends lie on character borders, and `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The piece of `text` the span covers.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Turns byte offsets into code points, walking from the last offset asked for to the next.
///
/// ```
/// let mut points = framescope::CodePoints::new("größer");
/// assert_eq!(points.at(8), 6);
/// assert_eq!(points.at(4), 3);
/// ```
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    ascii: bool,
    byte: usize,
    point: usize,
}

impl<'t> CodePoints<'t> {
    /// A walk over `text`, standing at its start.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, ascii: text.is_ascii(), byte: 0, point: 0 }
    }

    /// The number of code points before byte `byte`, which lies on a character border.
    pub fn at(&mut self, byte: u32) -> i64 {
        let byte = byte as usize;
        if self.ascii {
            return byte as i64;
        }
        if byte >= self.byte {
            self.point += self.text[self.byte..byte].chars().count();
        } else {
            self.point -= self.text[byte..self.byte].chars().count();
        }
        self.byte = byte;
        self.point as i64
    }
}
