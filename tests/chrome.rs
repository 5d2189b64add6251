//! The named cases of site chrome in `tests/cases/chrome.toml`: the same expectations as `test_chrome.py` has of the package.

use std::fs;
use std::path::Path;

use framescope::{Language, Layout, is_chrome};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    why: String,
    text: String,
    dropped: Vec<String>,
}

#[test]
fn the_lines_left_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/chrome.toml");
    let cases = toml::from_str::<File>(&fs::read_to_string(path).unwrap()).unwrap().case;
    assert!(cases.len() >= 20);
    let layout = Layout::load(&Language::load("en").unwrap()).unwrap().unwrap();
    for case in cases {
        let found: Vec<&str> = layout.chrome(&case.text).iter().map(|c| c.span.of(&case.text)).collect();
        assert_eq!(found, case.dropped, "{}: {}", case.name, case.why);
    }
}

#[test]
fn any_text_has_spans_in_order_on_its_borders() {
    let layout = Layout::load(&Language::load("en").unwrap()).unwrap().unwrap();
    let long = "Die zwei Minister trafen sich am Montag für sechs Stunden und einigten sich auf vierzehn Punkte, sagte sie.";
    for around in [
        "",
        "\n",
        "\r\n",
        "ё|ё|ё\n",
        "©\n",
        "By \n",
        "By É\n",
        "-\n-\n",
        "\u{2028}\n1\n",
        "Views: 1\n…\n",
        "3 March\nx\n3 March\ny\n",
    ] {
        for text in
            [around.to_owned(), format!("{around}{long}"), format!("{long}\n{around}"), format!("{around}{long}\n{around}")]
        {
            let found = layout.chrome(&text);
            assert!(found.windows(2).all(|two| two[0].span.end <= two[1].span.start), "{text:?}");
            assert!(found.iter().all(|c| !c.span.of(&text).is_empty() && is_chrome(&found, c.span)), "{text:?}");
        }
    }
}
