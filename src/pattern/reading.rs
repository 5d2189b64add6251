//! Tokens without alternatives to slots, separators and punctuation.

use smallvec::SmallVec;

use super::token::Token;
use super::{Piece, Pieces, Reading, Separator, Slot};
use crate::error::{Error, Result};
use crate::fold::plain;
use crate::segment::words;

/// A stand-in for wildcards while words are told from punctuation.
const LETTER: char = 'x';

pub(super) fn reading(pattern: &str, tokens: &[(usize, Token)]) -> Result<Reading> {
    let mut text = String::with_capacity(tokens.len());
    let mut starts = Vec::with_capacity(tokens.len());
    for (_, token) in tokens {
        starts.push(text.len() as u32);
        text.push(match token {
            Token::Char(c) => *c,
            Token::Star | Token::One => LETTER,
            _ => ' ',
        });
    }
    let mut slots = SmallVec::new();
    let mut separators = Vec::new();
    let (mut before, mut done) = (String::new(), 0);
    for word in words(&text) {
        let first = starts.partition_point(|s| *s < word.start);
        let last = starts.partition_point(|s| *s < word.end);
        let between = &tokens[done..first];
        if slots.is_empty() {
            before = edge(pattern, between)?;
        } else {
            separators.push(separator(pattern, between)?);
        }
        let inflected = matches!(tokens.get(last), Some((_, Token::Tilde)));
        let pieces = pieces(&tokens[first..last]);
        let slot = Slot { acronym: is_acronym(&pieces), pieces, inflected };
        if inflected && !matches!(slot.pieces.as_slice(), [Piece::Text(_)]) {
            return Err(Error::pattern(pattern, tokens[last].0, "'~' inflects a word without wildcards; write one or the other"));
        }
        let ended = tokens
            .get(last + 1)
            .is_none_or(|(_, t)| !matches!(t, Token::Char(c) if c.is_alphanumeric()) && !matches!(t, Token::Star | Token::One));
        if inflected && !ended {
            return Err(Error::pattern(
                pattern,
                tokens[last].0,
                "'~' ends a word; write a blank after it, or '\\~' for the character",
            ));
        }
        slots.push(slot);
        done = last + usize::from(inflected);
    }
    if slots.is_empty() {
        return Err(Error::pattern_without_word(pattern));
    }
    let after = edge(pattern, &tokens[done..])?;
    let after = if after == "." { String::new() } else { after };
    Ok(Reading { slots, separators, before, after })
}

fn is_acronym(pieces: &[Piece]) -> bool {
    let letters = || pieces.iter().filter_map(|p| if let Piece::Text(t) = p { Some(t.chars()) } else { None }).flatten();
    letters().filter(|c| c.is_uppercase()).count() >= 2 && !letters().any(char::is_lowercase)
}

fn pieces(tokens: &[(usize, Token)]) -> Pieces {
    let mut out = Pieces::new();
    for (_, token) in tokens {
        match (token, out.last_mut()) {
            (Token::Char(c), Some(Piece::Text(text))) => text.push(*c),
            (Token::Char(c), _) => {
                let mut text = String::with_capacity(tokens.len());
                text.push(*c);
                out.push(Piece::Text(text));
            }
            (Token::Star, Some(Piece::Any)) => {}
            (Token::Star, _) => out.push(Piece::Any),
            _ => out.push(Piece::One),
        }
    }
    out
}

/// Punctuation before the first word or after the last; white space there means nothing.
fn edge(pattern: &str, tokens: &[(usize, Token)]) -> Result<String> {
    match tokens.iter().find(|(_, t)| !matches!(t, Token::Char(_))) {
        Some((at, Token::Gap(..))) => {
            Err(Error::pattern(pattern, *at, "a gap stands between two words; take it away from the end"))
        }
        Some((at, _)) => {
            Err(Error::pattern(pattern, *at, "'~' follows the word it inflects, without a blank; write '\\~' for the character"))
        }
        None => Ok(punctuation(tokens)),
    }
}

fn punctuation(tokens: &[(usize, Token)]) -> String {
    let chars = tokens.iter().filter_map(|(_, t)| if let Token::Char(c) = t { Some(*c) } else { None });
    chars.filter(|c| !c.is_whitespace()).map(plain).collect()
}

fn separator(pattern: &str, tokens: &[(usize, Token)]) -> Result<Separator> {
    let literal = punctuation(tokens);
    match tokens.iter().find(|(_, t)| !matches!(t, Token::Char(_))) {
        Some((_, Token::Gap(low, high)))
            if literal.is_empty() && tokens.iter().filter(|(_, t)| matches!(t, Token::Gap(..))).count() == 1 =>
        {
            Ok(Separator::Gap(*low, *high))
        }
        Some((at, Token::Gap(..))) => Err(Error::pattern(
            pattern,
            *at,
            "a gap stands alone between two words, with no punctuation and no other gap beside it",
        )),
        Some((at, _)) => {
            Err(Error::pattern(pattern, *at, "'~' follows the word it inflects, without a blank; write '\\~' for the character"))
        }
        None if literal.is_empty() && !tokens.is_empty() => Ok(Separator::Space),
        None if literal == "-" && tokens.len() == 1 => Ok(Separator::Hyphen),
        None => Ok(Separator::Literal(literal)),
    }
}
