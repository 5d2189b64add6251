//! A pattern as tokens, and every way through its alternatives.

use super::MOST_READINGS;
use crate::error::{Error, Result};
use crate::fold::is_invisible;

/// The widest gap, in words.
const WIDEST_GAP: usize = 50;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Char(char),
    Star,
    One,
    Tilde,
    Open,
    Close,
    Bar,
    Gap(u16, u16),
}

impl Token {
    /// Whether it parts alternatives.
    pub(super) fn is_of_alternatives(&self) -> bool {
        matches!(self, Self::Open | Self::Close | Self::Bar)
    }
}

pub(super) fn tokens(pattern: &str) -> Result<Vec<(usize, Token)>> {
    let mut out = Vec::with_capacity(pattern.len());
    let mut chars = pattern.chars().enumerate().peekable();
    while let Some((i, c)) = chars.next() {
        let token = match c {
            '\\' => match chars.next() {
                Some((_, escaped)) => Token::Char(escaped),
                None => {
                    return Err(Error::pattern(
                        pattern,
                        i + 1,
                        "the backslash at the end escapes nothing; write '\\\\' for a backslash",
                    ));
                }
            },
            '*' => Token::Star,
            '?' => Token::One,
            '~' => Token::Tilde,
            '(' => Token::Open,
            ')' => Token::Close,
            '|' => Token::Bar,
            '<' => {
                let inside: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != '>').collect();
                gap(&inside).map_err(|problem| Error::pattern(pattern, i + 1, &problem))?
            }
            '>' => return Err(Error::pattern(pattern, i + 1, "'>' closes no gap; write '\\>' for the character")),
            c if is_invisible(c) => continue,
            c => Token::Char(c),
        };
        out.push((i + 1, token));
    }
    Ok(out)
}

fn gap(inside: &str) -> std::result::Result<Token, String> {
    let advice = "write a gap as '<0-3>', from fewest to most words, or '\\<' for the character";
    let bounds = inside.split_once('-').and_then(|(low, high)| Some((low.trim().parse().ok()?, high.trim().parse().ok()?)));
    match bounds {
        Some((low, high)) if low > high => Err(format!("the gap '<{inside}>' runs backwards; {advice}")),
        Some((_, high)) if usize::from(high) > WIDEST_GAP => {
            Err(format!("the gap '<{inside}>' is wider than {WIDEST_GAP} words; use 'require' with 'within: sentence'"))
        }
        Some((low, high)) => Ok(Token::Gap(low, high)),
        None => Err(format!("'<{inside}' is no gap; {advice}")),
    }
}

/// A pattern without alternatives: tokens with their positions.
pub(super) type Flat = Vec<(usize, Token)>;

/// Every way through the alternatives from `at` on, up to the bracket that closes them.
pub(super) fn spell_out(pattern: &str, tokens: &[(usize, Token)], at: &mut usize, depth: usize) -> Result<Vec<Flat>> {
    let opened = *at;
    let mut done: Vec<Flat> = Vec::new();
    let mut current: Vec<Flat> = vec![Vec::new()];
    let mut empty = true;
    loop {
        let Some((position, token)) = tokens.get(*at) else {
            if depth > 0 {
                let open = tokens.get(opened.wrapping_sub(1)).map_or(1, |t| t.0);
                return Err(Error::pattern(
                    pattern,
                    open,
                    "this parenthesis is not closed; add ')' or write '\\(' for the character",
                ));
            }
            done.append(&mut current);
            return Ok(done);
        };
        *at += 1;
        match token {
            Token::Open => {
                let inner = spell_out(pattern, tokens, at, depth + 1)?;
                if inner.len() * current.len() > MOST_READINGS {
                    return Err(Error::pattern_too_large(pattern, MOST_READINGS));
                }
                current =
                    current.iter().flat_map(|left| inner.iter().map(move |right| [left.as_slice(), right].concat())).collect();
                empty = false;
            }
            Token::Close | Token::Bar if depth == 0 => {
                let problem = if *token == Token::Close {
                    "this parenthesis closes nothing; remove it or write '\\)' for the character"
                } else {
                    "alternatives stand in parentheses: '(a|b)'; write '\\|' for the character"
                };
                return Err(Error::pattern(pattern, *position, problem));
            }
            Token::Close | Token::Bar => {
                if empty || current.iter().any(|c| c.iter().all(|(_, t)| *t == Token::Char(' '))) {
                    return Err(Error::pattern(
                        pattern,
                        *position,
                        "an alternative is empty; write something on both sides of '|', or take it out",
                    ));
                }
                done.append(&mut current);
                if *token == Token::Close {
                    return Ok(done);
                }
                current = vec![Vec::new()];
                empty = true;
            }
            Token::Gap(..) => {
                let beside = |t: Option<&(usize, Token)>, edges: &[Token]| t.is_some_and(|t| edges.contains(&t.1));
                let before = tokens[..*at - 1].iter().rev().find(|t| t.1 != Token::Char(' '));
                let after = tokens[*at..].iter().find(|t| t.1 != Token::Char(' '));
                if beside(before, &[Token::Open, Token::Bar]) || beside(after, &[Token::Close, Token::Bar]) {
                    return Err(Error::pattern(
                        pattern,
                        *position,
                        "a gap stands between two words of the same alternative; move it inwards or outside the parentheses",
                    ));
                }
                for flat in &mut current {
                    flat.push((*position, token.clone()));
                }
                empty = false;
            }
            _ => {
                for flat in &mut current {
                    flat.push((*position, token.clone()));
                }
                empty = false;
            }
        }
    }
}
