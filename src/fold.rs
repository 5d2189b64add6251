//! The form in which words are compared. Offsets never come from here: a folded word may be longer or shorter than the word.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Whether upper and lower case are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// "Bridge" = "BRIDGE".
    Folded,
    /// "US" is not "us".
    Exact,
}

const DOT_ABOVE: char = '\u{307}';

/// Writes the form in which `word` is compared into `out`, replacing what was there.
///
/// Canonical composition, apostrophes of every kind as `'`, characters that cannot be seen dropped; with [`Case::Folded`]
/// full Unicode case folding, and no dot above an i, so that "İstanbul" is "istanbul".
pub fn fold_into(word: &str, case: Case, out: &mut String) {
    out.clear();
    if copy_plain(word, out) {
        if case == Case::Folded {
            out.make_ascii_lowercase();
        }
        return;
    }
    out.clear();
    let straight = |c| if is_apostrophe(c) { '\'' } else { c };
    let seen = word.chars().filter(|c| !is_invisible(*c));
    match case {
        Case::Exact => out.extend(seen.nfc().map(straight)),
        Case::Folded => {
            let mut before = char::MIN;
            let dotless = seen.nfd().default_case_fold().filter(move |&c| {
                let keep = !(c == DOT_ABOVE && before == 'i');
                if keep {
                    before = c;
                }
                keep
            });
            out.extend(dotless.map(straight).nfc());
        }
    }
}

/// Copies a word of ASCII and apostrophes, which become one kind; false where there is anything else.
fn copy_plain(word: &str, out: &mut String) -> bool {
    let mut rest = word;
    while let Some(at) = rest.bytes().position(|b| !b.is_ascii()) {
        let mut chars = rest[at..].chars();
        if !chars.next().is_some_and(is_apostrophe) {
            return false;
        }
        out.push_str(&rest[..at]);
        out.push('\'');
        rest = chars.as_str();
    }
    out.push_str(rest);
    true
}

/// As [`fold`], of a string that nobody needs as it was.
#[must_use]
pub fn folded(mut word: String, case: Case) -> String {
    if !word.is_ascii() {
        return fold(&word, case);
    }
    if case == Case::Folded {
        word.make_ascii_lowercase();
    }
    word
}

/// As [`fold_into`], into a new string.
#[must_use]
pub fn fold(word: &str, case: Case) -> String {
    let mut out = String::new();
    fold_into(word, case, &mut out);
    out
}

/// Hyphens and dashes that join words. The em dash parts clauses and is not among them.
#[must_use]
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// The apostrophes that occur inside words.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{FF07}')
}

/// Punctuation in the form in which it is compared: hyphens and apostrophes of one kind each.
#[must_use]
pub fn plain(c: char) -> char {
    match c {
        _ if is_hyphen(c) => '-',
        _ if is_apostrophe(c) => '\'',
        _ => c,
    }
}

/// Characters that leave no mark on paper: soft hyphen, joiners, direction marks, word joiner, byte order mark.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_fold_to_one_form() {
        for (a, b) in [
            ("STRASSE", "straße"),
            ("İSTANBUL", "istanbul"),
            ("i\u{307}stanbul", "Istanbul"),
            ("cafe\u{301}", "CAFÉ"),
            ("don’t", "Don't"),
            ("multi\u{AD}vector", "multivector"),
            ("ΟΔΟΣ", "οδος"),
            ("Ədalət", "ədalət"),
            ("РОССИЯ", "россия"),
            ("\u{212A}iev", "kiev"),
        ] {
            assert_eq!(fold(a, Case::Folded), fold(b, Case::Folded), "{a} {b}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [("ısrar", "israr"), ("résumé", "resume")] {
            assert_ne!(fold(a, Case::Folded), fold(b, Case::Folded), "{a} {b}");
        }
        assert_ne!(fold("US", Case::Exact), fold("us", Case::Exact));
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for word in ["Peace", "İi\u{307}\u{307}", "ŉ", "ΐ", "ǰ", "ﬁn", "ᾳ"] {
            let once = fold(word, Case::Folded);
            assert_eq!([fold(&once, Case::Folded), folded(word.to_owned(), Case::Folded)], [once.as_str(); 2], "{word}");
        }
    }
}
