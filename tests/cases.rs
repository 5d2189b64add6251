//! The named cases of `tests/cases`, run against the core: the same expectations as `test_cases.py` and
//! `test_bad_lexicons.py` have of the package.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use framescope::{AnalysisScratch, Analyzer, CodePoints, Lexicon};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A file of `tests/cases`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<C> {
    case: Vec<C>,
}

/// A document, a lexicon, and the hits it wants.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    why: String,
    text: String,
    entries: Option<Vec<String>>,
    lexicon: Option<String>,
    overlap: Option<String>,
    want: Vec<Want>,
    frames: Option<Vec<String>>,
}

/// A wanted hit: its text alone, or with its place in code points.
#[derive(Deserialize)]
#[serde(untagged)]
enum Want {
    Text(String),
    Placed(String, i64, i64),
}

/// A lexicon that must be refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    name: String,
    why: String,
    lexicon: String,
    line: Option<u64>,
    column: Option<u64>,
    names: Vec<String>,
    fix: Option<String>,
}

/// A hit: start, end, frame, text. Sorted, it is in the order of the files.
type Row = (i64, i64, String, String);

/// What is wrong with a case, if anything.
type Outcome = Result<(), String>;

trait Named {
    fn name(&self) -> &str;
    fn why(&self) -> &str;
}

impl Named for Case {
    fn name(&self) -> &str {
        &self.name
    }

    fn why(&self) -> &str {
        &self.why
    }
}

impl Named for Bad {
    fn name(&self) -> &str {
        &self.name
    }

    fn why(&self) -> &str {
        &self.why
    }
}

/// The cases of a file, each with a reason and a name of its own.
fn load<C: DeserializeOwned + Named>(file: &str) -> Vec<C> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let cases = toml::from_str::<File<C>>(&text).unwrap_or_else(|e| panic!("{file}: {e}")).case;
    let mut names = HashSet::new();
    for case in &cases {
        assert!(names.insert(case.name()), "{file}: {}: named twice", case.name());
        assert!(!case.why().trim().is_empty(), "{file}: {}: no why", case.name());
    }
    cases
}

/// Fails once for a whole file, and names every case that does not hold.
fn report<C: Named>(file: &str, cases: &[C], check: impl Fn(&C) -> Outcome) {
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| check(case).err().map(|wrong| format!("{}\n  why: {}\n  {wrong}", case.name(), case.why())))
        .collect();
    assert!(failures.is_empty(), "{file}: {} of {} cases\n\n{}\n", failures.len(), cases.len(), failures.join("\n\n"));
}

/// The lexicon of a case: a whole file, or entries of a frame called f.
fn lexicon_of(case: &Case) -> Result<Lexicon, String> {
    let text = match (&case.lexicon, &case.entries) {
        (Some(lexicon), None) if case.overlap.is_none() => lexicon.clone(),
        (None, Some(entries)) => {
            let overlap = case.overlap.as_deref().unwrap_or("frame");
            let frames = json!({"f": {"entries": entries}});
            json!({"framescope": 1, "id": "t", "version": "1", "overlap": overlap, "frames": frames}).to_string()
        }
        _ => return Err("a case has a lexicon or entries; overlap stands in the lexicon".to_owned()),
    };
    Lexicon::read(&text, "case.yaml").map_err(|e| e.to_string())
}

/// What the core finds.
fn found(case: &Case) -> Result<Vec<Row>, String> {
    let analyzer = Analyzer::new(&lexicon_of(case)?).map_err(|e| e.to_string())?;
    let mut scratch = AnalysisScratch::default();
    let mut points = CodePoints::new(&case.text);
    let analysis = analyzer.analyze(&case.text, &mut scratch).map_err(|e| e.to_string())?;
    let mut hits = analysis.hits;
    hits.dedup_by_key(|h| (h.entry, h.span)); // a hit said of two targets comes twice
    let mut rows: Vec<Row> = hits
        .iter()
        .map(|hit| {
            let frame = analyzer.frames()[hit.frame.0 as usize].clone();
            (points.at(hit.span.start), points.at(hit.span.end), frame, hit.span.of(&case.text).to_owned())
        })
        .collect();
    rows.sort();
    Ok(rows)
}

/// The rows a case wants; where it names only the text, the place is that of the row found.
fn wanted(case: &Case, found: &[Row]) -> Result<Vec<Row>, String> {
    let frames = case.frames.clone().unwrap_or_else(|| vec!["f".to_owned(); case.want.len()]);
    if frames.len() != case.want.len() {
        return Err("one frame for each wanted hit".to_owned());
    }
    let rows = case.want.iter().zip(frames).enumerate().map(|(number, (want, frame))| match want {
        Want::Placed(text, start, end) => (*start, *end, frame, text.clone()),
        Want::Text(text) => {
            let (start, end) = found.get(number).map_or((-1, -1), |row| (row.0, row.1));
            (start, end, frame, text.clone())
        }
    });
    Ok(rows.collect())
}

/// The hits are the wanted ones.
fn holds(case: &Case) -> Outcome {
    let found = found(case)?;
    let wanted = wanted(case, &found)?;
    if found == wanted { Ok(()) } else { Err(format!("found:  {found:?}\n  wanted: {wanted:?}")) }
}

/// The message names the file, the place, what is wrong there and what to do.
fn is_refused(case: &Bad) -> Outcome {
    let Err(error) = Lexicon::read(&case.lexicon, "bad.yaml") else {
        return Err("was read".to_owned());
    };
    let message = error.to_string();
    let place = match (case.line, case.column) {
        (Some(line), Some(column)) => format!("bad.yaml:{line}:{column}: "),
        (None, None) => "bad.yaml:".to_owned(),
        _ => return Err("line and column, or neither".to_owned()),
    };
    if !message.starts_with(&place) {
        return Err(format!("{place} is the place, not: {message}"));
    }
    match case.names.iter().chain(&case.fix).find(|fragment| !message.to_lowercase().contains(&fragment.to_lowercase())) {
        Some(fragment) => Err(format!("{fragment:?} is missing in: {message}")),
        None => Ok(()),
    }
}

#[test]
fn there_are_cases() {
    let files = ["entry_language.toml", "inflection.toml", "good_lexicons.toml"];
    assert!(files.iter().map(|file| load::<Case>(file).len()).sum::<usize>() >= 100);
    assert!(load::<Bad>("bad_lexicons.toml").len() >= 60);
}

#[test]
fn entry_language() {
    report("entry_language.toml", &load("entry_language.toml"), holds);
}

#[test]
fn inflection() {
    report("inflection.toml", &load("inflection.toml"), holds);
}

#[test]
fn good_lexicons() {
    report("good_lexicons.toml", &load("good_lexicons.toml"), holds);
}

#[test]
fn bad_lexicons() {
    report("bad_lexicons.toml", &load("bad_lexicons.toml"), is_refused);
}
