//! Any string is legal text: whatever is put together from words, names, marks and breaks, the analysis ends, and every
//! span it gives lies in the text, on the borders of characters, where tables can cut it. What is no UTF-8 is refused, and never counted.

use std::sync::LazyLock;

use framescope::{AnalysisScratch, Analyzer, Lexicon, Scratch, Span};
use proptest::prelude::*;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Lexicon::bundled("foreign-policy").unwrap()).unwrap());

/// Regexes that match where no word stands, or no sentence.
static REGEXES: LazyLock<Analyzer> = LazyLock::new(|| {
    let lexicon = "{framescope: 1, id: x, version: 1, frames: {blank: {entries: [{regex: '\\s+', bounded: false}]}, \
        mark: {entries: [{regex: '[^\\w\\s]+', bounded: false, polarity: -1}]}, bridge: {entries: [bridge]}}}";
    Analyzer::new(&Lexicon::read(lexicon, "").unwrap()).unwrap().keeping_chrome()
});

/// Pieces that the stages look for, in no sensible order.
const PIECES: [&str; 74] = [
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    "]",
    "—",
    "–",
    "-",
    "…",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "\n",
    "\n\n",
    " ",
    " ",
    " ",
    "said",
    "says that",
    "according to",
    "told reporters",
    "adding that",
    "In his view,",
    "he",
    "she",
    "they",
    "the country",
    "the president",
    "its",
    "President",
    "Ilham Aliyev",
    "Aliyev’s",
    "Armenia",
    "Georgia and Ukraine",
    "Moscow",
    "EU",
    "US",
    "not",
    "never",
    "n't",
    "neither",
    "nor",
    "not only",
    "but also",
    "without",
    "if",
    "may",
    "will be",
    "should",
    "bridge",
    "middle power",
    "strategic partnership",
    "reliable",
    "condemned",
    "failure",
    "which",
    "and",
    "İ",
    "e\u{301}",
    "👩‍🚀",
    "東京",
    "\u{AD}",
    "Share",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let spaced = (piece, prop::bool::weighted(0.7)).prop_map(|(p, space)| if space { p + " " } else { p });
    prop::collection::vec(spaced, 0..60).prop_map(|pieces| pieces.concat())
}

fn in_text(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn every_span_lies_in_the_text(text in text()) {
        let mut scratch = AnalysisScratch::default();
        let analysis = ANALYZER.analyze(&text, &mut scratch).unwrap();
        for hit in &analysis.hits {
            let context = &hit.context;
            let flags = context.flags.unwrap_or_default();
            let mention = context.target.and_then(|t| t.mention);
            let speaker = context.speaker.as_ref().map(|s| s.span);
            let spans = [Some(hit.span), flags.negation, flags.modality_cue, mention, speaker];
            prop_assert!(spans.into_iter().flatten().all(|s| in_text(&text, s)), "{hit:?}");
            prop_assert!((hit.sentence as usize) < analysis.sentences.len());
        }
        for quote in &analysis.quotes {
            let spans = [Some(quote.span), quote.cue, quote.speaker.as_ref().map(|s| s.span)];
            prop_assert!(spans.into_iter().flatten().all(|s| in_text(&text, s)), "{quote:?}");
            prop_assert!(quote.span.start < quote.span.end);
        }
        prop_assert!(analysis.hits.windows(2).all(|w| w[0].span.start <= w[1].span.start));
        prop_assert!(analysis.quotes.windows(2).all(|w| w[0].span.start <= w[1].span.start));
        for stance in &ANALYZER.stances(&text, &mut scratch).unwrap() {
            prop_assert!(in_text(&text, stance.span) && (-1.0..=1.0).contains(&stance.strength), "{stance:?}");
            prop_assert!((-1..=1).contains(&stance.polarity));
        }
    }

    #[test]
    fn a_regex_may_match_where_no_word_stands(text in prop_oneof![text(), "[ \n\u{A0}.]{0,4}"]) {
        let mut scratch = AnalysisScratch::default();
        let analysis = REGEXES.analyze(&text, &mut scratch).unwrap();
        prop_assert!(analysis.hits.iter().all(|h| in_text(&text, h.span)));
        prop_assert_eq!(analysis.hits.len(), analysis.matches);
        let blank = analysis.hits.iter().any(|h| REGEXES.frames()[h.frame.0 as usize] == "blank");
        prop_assert_eq!(blank, text.contains(char::is_whitespace));
    }

    #[test]
    fn reading_a_document_depends_on_nothing_read_before(first in text(), second in text()) {
        let mut scratch = AnalysisScratch::default();
        ANALYZER.analyze(&first, &mut scratch).unwrap();
        ANALYZER.stances(&first, &mut scratch).unwrap();
        let after = ANALYZER.analyze(&second, &mut scratch).unwrap();
        let mut fresh = AnalysisScratch::default();
        let alone = ANALYZER.analyze(&second, &mut fresh).unwrap();
        prop_assert_eq!(after.hits, alone.hits);
        prop_assert_eq!(after.quotes, alone.quotes);
        let after = ANALYZER.stances(&second, &mut scratch).unwrap();
        prop_assert_eq!(after, ANALYZER.stances(&second, &mut fresh).unwrap());
    }

    #[test]
    fn documents_are_read_together_as_each_alone(
        texts in prop::collection::vec(text(), 0..6),
        others in prop::collection::vec(text(), 0..3),
    ) {
        let (mut scratch, mut fresh) = (AnalysisScratch::default(), AnalysisScratch::default());
        // What is read before, and how much of it there is, changes nothing.
        for texts in [others, texts] {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let together: Vec<_> = ANALYZER.analyze_together(&texts, &mut scratch).unwrap().iter().map(|a| format!("{a:?}")).collect();
            let alone: Vec<_> = texts.iter().map(|t| format!("{:?}", ANALYZER.analyze(t, &mut fresh).unwrap())).collect();
            prop_assert_eq!(together, alone);
            let together = ANALYZER.stances_together(&texts, &mut scratch).unwrap();
            let alone: Vec<_> = texts.iter().map(|t| ANALYZER.stances(t, &mut fresh).unwrap()).collect();
            prop_assert_eq!(together, alone);
        }
    }

    #[test]
    fn bytes_are_counted_where_they_are_a_text(
        parts in prop::collection::vec((text(), prop::collection::vec(any::<u8>(), 0..4)), 1..4),
        broken in any::<bool>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let join = |(text, bytes): &(String, Vec<u8>)| if broken { [text.as_bytes(), bytes].concat() } else { text.clone().into_bytes() };
        let mut bytes: Vec<u8> = parts.iter().flat_map(join).collect();
        if broken {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        let (mut scratch, mut fresh) = (Scratch::default(), Scratch::default());
        let found = ANALYZER.count_bytes(&bytes, &mut scratch).map(<[i64]>::to_vec);
        let wanted = std::str::from_utf8(&bytes).ok().map(|text| ANALYZER.count(text, &mut fresh).to_vec());
        prop_assert_eq!(found, wanted);
        // What was read before leaves nothing behind, be it a text or not.
        let (text, mut fresh) = (&parts[0].0, Scratch::default());
        prop_assert_eq!(ANALYZER.count(text, &mut scratch), ANALYZER.count(text, &mut fresh));
    }
}
