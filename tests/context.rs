//! The named cases of context in `tests/cases`, run against the tables of the core: the same expectations as `test_context.py` has of
//! the package. `tests/cases/context.toml` says what a case may hold.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use framescope::table::{Table, Tables, analyze, stances};
use framescope::{Analyzer, Lexicon, Run};
use toml::Value;

/// Files of this format; those of other stages come when their stage does.
const TOPICS: [&str; 7] = ["context", "negation", "modality", "quotes", "speakers", "targets", "stance"];
const CASE: [&str; 8] = ["name", "why", "text", "lexicon", "hits", "quotes", "stances", "no_stance_of"];
const HIT: [&str; 13] = [
    "text",
    "frame",
    "entry",
    "polarity",
    "negated",
    "cue",
    "modality",
    "modality_cue",
    "speaker",
    "speaker_actor",
    "quoted",
    "target",
    "rule",
];
const QUOTE: [&str; 5] = ["text", "speaker", "speaker_actor", "kind", "cue"];
const STANCE: [&str; 9] = ["text", "target", "rule", "polarity", "speaker", "speaker_actor", "quoted", "negated", "cue"];

/// What is wrong with a case, if anything.
type Outcome = Result<(), String>;

/// The fields of a wanted row, or of a found one.
type Row = BTreeMap<String, Cell>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Several(BTreeSet<String>),
}

struct Case {
    name: String,
    why: String,
    text: String,
    lexicon: Option<String>,
    hits: Option<Vec<Row>>,
    quotes: Option<Vec<Row>>,
    stances: Option<Vec<Row>>,
    no_stance_of: Vec<String>,
}

impl Case {
    fn read(case: &toml::Table) -> Result<Self, String> {
        let name = string(case, "name").ok_or("a case has no name")?;
        let inside = |problem: String| format!("{name}: {problem}");
        known(case, &CASE).map_err(inside)?;
        let needed = |key: &str| string(case, key).filter(|t| key == "text" || !t.trim().is_empty());
        let no_stance_of = match case.get("no_stance_of") {
            None => Vec::new(),
            Some(list) => list.clone().try_into().map_err(|e: toml::de::Error| inside(e.to_string()))?,
        };
        let case = Self {
            why: needed("why").ok_or_else(|| inside("no why".to_owned()))?,
            text: needed("text").ok_or_else(|| inside("no text".to_owned()))?,
            lexicon: string(case, "lexicon"),
            hits: rows(case, "hits", &HIT).map_err(inside)?,
            quotes: rows(case, "quotes", &QUOTE).map_err(inside)?,
            stances: rows(case, "stances", &STANCE).map_err(inside)?,
            no_stance_of,
            name: name.clone(),
        };
        let wants = case.hits.is_some() || case.quotes.is_some() || case.stances.is_some() || !case.no_stance_of.is_empty();
        if wants { Ok(case) } else { Err(inside("wants nothing".to_owned())) }
    }
}

fn string(table: &toml::Table, key: &str) -> Option<String> {
    table.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn known(table: &toml::Table, keys: &[&str]) -> Outcome {
    match table.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("unknown key '{key}'; there are {}", keys.join(", "))),
        None => Ok(()),
    }
}

/// The wanted rows of one table, with the names of its columns.
fn rows(case: &toml::Table, key: &str, keys: &[&str]) -> Result<Option<Vec<Row>>, String> {
    let Some(list) = case.get(key) else { return Ok(None) };
    let items = list.as_array().ok_or_else(|| format!("{key} is a list"))?;
    let row = |item: &Value| {
        let item = item.as_table().ok_or_else(|| format!("{key} holds tables"))?;
        known(item, keys).map_err(|e| format!("{key}: {e}"))?;
        item.iter().map(|(field, value)| Ok((column(field).to_owned(), cell(value, field)?))).collect()
    };
    items.iter().map(row).collect::<Result<_, _>>().map(Some)
}

fn column(field: &str) -> &str {
    if field == "rule" { "target_rule" } else { field }
}

fn cell(value: &Value, field: &str) -> Result<Cell, String> {
    match value {
        Value::String(text) if text.is_empty() => Ok(Cell::Null),
        Value::String(text) => Ok(Cell::Text(text.clone())),
        Value::Integer(number) => Ok(Cell::Int(*number)),
        Value::Boolean(flag) => Ok(Cell::Bool(*flag)),
        Value::Array(_) if field == "target" => value.clone().try_into().map(Cell::Several).map_err(|e| format!("{field}: {e}")),
        _ => Err(format!("{field} cannot be {value}")),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn read(text: &str) -> Result<Vec<Case>, String> {
    let file: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    known(&file, &["case"])?;
    let cases = file.get("case").and_then(Value::as_array).ok_or("no [[case]]")?;
    cases.iter().map(|case| Case::read(case.as_table().ok_or("a case is a table")?)).collect()
}

/// The cases of every file that is there.
fn load() -> Vec<(&'static str, Vec<Case>)> {
    let there = TOPICS.iter().filter_map(|topic| {
        let text = fs::read_to_string(folder().join(format!("{topic}.toml"))).ok()?;
        Some((*topic, read(&text).unwrap_or_else(|e| panic!("{topic}.toml: {e}"))))
    });
    there.collect()
}

/// Analyzers by the text of their lexicon: it takes long to build one.
#[derive(Default)]
struct Analyzers(HashMap<Option<String>, Analyzer>);

impl Analyzers {
    fn of(&mut self, lexicon: Option<&String>) -> Result<&Analyzer, String> {
        let key = lexicon.cloned();
        if !self.0.contains_key(&key) {
            let read = lexicon.map_or_else(|| Lexicon::bundled("foreign-policy"), |text| Lexicon::read(text, "case.yaml"));
            let analyzer = read.and_then(|l| Analyzer::new(&l)).map_err(|e| e.to_string())?;
            self.0.insert(key.clone(), analyzer);
        }
        Ok(&self.0[&key])
    }
}

/// The rows of a table, as far as cases speak of them.
fn found(table: &Table) -> Vec<Row> {
    let mut out = Vec::new();
    for batch in &table.batches {
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            let cells = schema.fields().iter().zip(batch.columns());
            out.push(cells.filter_map(|(field, array)| Some((field.name().clone(), cell_at(array, row)?))).collect());
        }
    }
    out
}

fn cell_at(array: &ArrayRef, row: usize) -> Option<Cell> {
    Some(match array.data_type() {
        _ if array.is_null(row) => Cell::Null,
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row).to_owned()),
        DataType::Int64 => Cell::Int(array.as_primitive::<Int64Type>().value(row)),
        DataType::Boolean => Cell::Bool(array.as_boolean().value(row)),
        _ => return None,
    })
}

/// All fields of a wanted row stand in the found one.
fn fits(wanted: &Row, found: &Row) -> bool {
    wanted.iter().all(|(column, cell)| found.get(column) == Some(cell))
}

/// The wanted hit stands at its place, said of exactly its targets.
fn hit_holds(wanted: &Row, number: usize, found: &[Row]) -> Outcome {
    let called = |row: &&Row| ["text", "frame"].iter().all(|key| wanted.get(*key).is_none_or(|cell| row.get(*key) == Some(cell)));
    let mut places: BTreeMap<(&Cell, &Cell), Vec<&Row>> = BTreeMap::new();
    for row in found.iter().filter(called) {
        places.entry((&row["start"], &row["end"])).or_default().push(row);
    }
    let Some(rows) = places.values().nth(number) else {
        return Err(format!("no hit number {} for {wanted:?}", number + 1));
    };
    let mut rest = wanted.clone();
    if let Some(targets) = rest.remove("target") {
        let of: BTreeSet<&Cell> = rows.iter().map(|row| &row["target"]).collect();
        let asked: BTreeSet<Cell> = match targets {
            Cell::Several(ids) => ids.into_iter().map(Cell::Text).collect(),
            one => BTreeSet::from([one]),
        };
        if !of.iter().copied().eq(asked.iter()) {
            return Err(format!("{:?} is said of {of:?}, not of {asked:?}", wanted["text"]));
        }
    }
    for row in rows {
        if let Some((column, cell)) = rest.iter().find(|(column, cell)| row.get(*column) != Some(cell)) {
            return Err(format!("{:?}: {column} is {:?}, not {cell:?}", wanted["text"], row.get(column)));
        }
    }
    Ok(())
}

fn hits_hold(wanted: &[Row], found: &[Row]) -> Outcome {
    if wanted.is_empty() && !found.is_empty() {
        return Err("there should be no hit".to_owned());
    }
    let mut met: HashMap<_, usize> = HashMap::new();
    for row in wanted {
        let number = met.entry((row.get("text"), row.get("frame"))).or_default();
        hit_holds(row, *number, found)?;
        *number += 1;
    }
    Ok(())
}

fn quotes_hold(wanted: &[Row], found: &[Row]) -> Outcome {
    if wanted.len() != found.len() {
        return Err(format!("{} quotes, not {}", found.len(), wanted.len()));
    }
    match wanted.iter().zip(found).find(|(wanted, found)| !fits(wanted, found)) {
        Some((wanted, _)) => Err(format!("no quote {wanted:?} in its place")),
        None => Ok(()),
    }
}

fn stances_hold(wanted: &[Row], found: &[Row]) -> Outcome {
    if wanted.is_empty() && !found.is_empty() {
        return Err("there should be no stance".to_owned());
    }
    match wanted.iter().find(|wanted| !found.iter().any(|row| fits(wanted, row))) {
        Some(wanted) => Err(format!("no stance {wanted:?}")),
        None => Ok(()),
    }
}

fn nobody_judges(targets: &[String], found: &[Row]) -> Outcome {
    let judged = |target: &&String| found.iter().any(|row| row["target"] == Cell::Text((*target).clone()));
    targets.iter().find(judged).map_or(Ok(()), |target| Err(format!("a stance of {target}")))
}

fn listed(title: &str, rows: &[Row]) -> String {
    let row = |row: &Row| {
        let cells = row.iter().filter(|(column, cell)| *column != "doc" && **cell != Cell::Null);
        format!("\n    {}", cells.map(|(column, cell)| format!("{column}={cell:?}")).collect::<Vec<_>>().join(" "))
    };
    format!("\n  {title}: {}{}", rows.len(), rows.iter().map(row).collect::<String>())
}

fn holds(case: &Case, analyzers: &mut Analyzers) -> Outcome {
    let (analyzer, texts) = (analyzers.of(case.lexicon.as_ref())?, [Some(case.text.as_str())]);
    let texts = texts.as_slice();
    let Tables { hits, quotes, .. } = analyze(analyzer, &texts, &Run::default()).map_err(|e| e.to_string())?;
    let judged = stances(analyzer, &texts, &Run::default()).map_err(|e| e.to_string())?;
    let (hits, quotes, stances) = (found(&hits), found(&quotes), found(&judged));
    let wrong = [
        case.hits.as_ref().map_or(Ok(()), |wanted| hits_hold(wanted, &hits)),
        case.quotes.as_ref().map_or(Ok(()), |wanted| quotes_hold(wanted, &quotes)),
        case.stances.as_ref().map_or(Ok(()), |wanted| stances_hold(wanted, &stances)),
        nobody_judges(&case.no_stance_of, &stances),
    ];
    let wrong: Vec<String> = wrong.into_iter().filter_map(Result::err).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let shown = [("hits", &hits), ("quotes", &quotes), ("stances", &stances)].map(|(title, rows)| listed(title, rows)).concat();
    Err(format!("{}\n  text: {}{shown}", wrong.join("\n  "), case.text))
}

#[test]
fn context_cases() {
    let mut analyzers = Analyzers::default();
    let files = load();
    assert!(files.iter().map(|file| file.1.len()).sum::<usize>() > 0, "no context cases found");
    let mut failures = Vec::new();
    for (topic, cases) in &files {
        for case in cases {
            if let Err(wrong) = holds(case, &mut analyzers) {
                failures.push(format!("{topic}.toml: {}\n  why: {}\n  {wrong}", case.name, case.why));
            }
        }
    }
    let all: usize = files.iter().map(|file| file.1.len()).sum();
    assert!(failures.is_empty(), "{} of {all} cases\n\n{}\n", failures.len(), failures.join("\n\n"));
}

#[test]
fn names_are_unique() {
    let files = load();
    let mut names = HashSet::new();
    for case in files.iter().flat_map(|file| &file.1) {
        assert!(names.insert(&case.name), "{}: named twice", case.name);
    }
}

#[test]
fn what_is_not_known_is_refused_by_name() {
    let refused =
        |fields: &str| read(&format!("[[case]]\nname = 'n'\nwhy = 'w'\ntext = 't'\n{fields}")).err().unwrap_or_default();
    assert!(refused("hit = []").starts_with("n: unknown key 'hit'; there are name, why"));
    assert!(refused("hits = [{ text = 'a', negatd = true }]").starts_with("n: hits: unknown key 'negatd'; there are text"));
    assert!(refused("quotes = [{ text = 'a', rule = 'x' }]").starts_with("n: quotes: unknown key 'rule'"));
    assert!(refused("stances = [{ modality = 'hedged' }]").starts_with("n: stances: unknown key 'modality'"));
    assert!(refused("hits = [{ text = 'a', cue = ['x'] }]").starts_with("n: cue cannot be"));
    assert_eq!(refused("lexicon = 'x'"), "n: wants nothing");
    assert_eq!(refused("hits = []"), "");
    assert!(read("[[cases]]\nname = 'n'").is_err_and(|e| e.starts_with("unknown key 'cases'")));
    assert!(read("[[case]]\nname = 'n'\ntext = ''\nhits = []").is_err_and(|e| e == "n: no why"));
}

#[test]
fn a_failure_is_seen() {
    let mut analyzers = Analyzers::default();
    let mut fails = |fields: &str| {
        let lexicon = "lexicon = '{framescope: 1, id: t, version: 1, frames: {f: {entries: [b]}}}'";
        let case = read(&format!("[[case]]\nname = 'n'\nwhy = 'w'\ntext = 'A b and b.'\n{lexicon}\n{fields}")).unwrap().remove(0);
        holds(&case, &mut analyzers).err().unwrap_or_default()
    };
    assert_eq!(fails("hits = [{ text = 'b' }, { text = 'b' }]"), "");
    for wrong in [
        "hits = []",
        "hits = [{ text = 'c' }]",
        "hits = [{ text = 'b' }, { text = 'b' }, { text = 'b' }]",
        "hits = [{ text = 'b', negated = true }]",
        "hits = [{ text = 'b', target = 'x' }]",
        "hits = [{ text = 'b', target = ['x', 'y'] }]",
        "quotes = [{ text = 'b' }]",
        "stances = [{ target = 'x' }]",
    ] {
        let message = fails(wrong);
        assert!(message.contains("text: A b and b.") && message.contains("hits: 2"), "{wrong}: {message}");
    }
}
