//! Speech in any string: no panic, no quotation that overlaps another, no span off a character's border.

use std::sync::LazyLock;

use framescope::{AnalysisScratch, Analyzer, Lexicon, Quote, QuoteKind};
use proptest::prelude::*;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Lexicon::bundled("foreign-policy").unwrap()).unwrap());

const PIECES: [&str; 44] = [
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "''",
    "«",
    "»",
    "„",
    "‚",
    "‹",
    "›",
    "「",
    "」",
    ",",
    ".",
    "!",
    ":",
    ";",
    " — ",
    "\n",
    "\n\n",
    " ",
    " ",
    " ",
    "[",
    "Anna Kern",
    "President Aliyev",
    "she",
    "who",
    "said",
    "told",
    "adding that",
    "called",
    "according to",
    "in his view",
    "the minister",
    "Baku",
    "voters’",
    "don't",
    "naïve",
    "и",
    "hopes to",
];

fn quotes(text: &str) -> Vec<Quote> {
    ANALYZER.analyze(text, &mut AnalysisScratch::default()).unwrap().quotes
}

fn check(text: &str) {
    let found = quotes(text);
    for q in &found {
        let (start, end) = (q.span.start as usize, q.span.end as usize);
        assert!(start < end && text.is_char_boundary(start) && text.is_char_boundary(end), "{text:?} {q:?}");
    }
    assert!(found.windows(2).all(|w| (w[0].span.start, u32::MAX - w[0].span.end) <= (w[1].span.start, u32::MAX - w[1].span.end)));
    let direct: Vec<&Quote> = found.iter().filter(|q| q.kind == QuoteKind::Direct).collect();
    assert!(direct.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text:?} {direct:?}");
}

#[test]
fn odd_texts_are_read() {
    for text in [
        "",
        "“",
        "\"",
        "said",
        "“” said",
        "said “",
        "according to",
        "in his view",
        "As",
        "“said”",
        "said by",
        "was called “x” by",
        ", said",
        "said:",
    ] {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_run_of_marks_and_words_is_read(pieces in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..60)) {
        let text: String = pieces.iter().flat_map(|(i, blank)| [PIECES[*i], if *blank { " " } else { "" }]).collect();
        check(&text);
    }

    #[test]
    fn any_string_is_read(text in any::<String>()) {
        check(&text);
    }
}
