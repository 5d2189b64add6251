//! A tree of YAML or JSON to the model, refusing with line, column and a suggestion whatever is not sound.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::json;
use super::keys::{Keys, identifier, items, pairs, text};
use super::source::{Node, Value, tree};
use super::{Actor, ActorType, CaseRule, Context, Entry, Examples, Expression, Frame, Lexicon, Overlap};
use crate::error::{Error, Place, Result};
use crate::fold::{Case, fold};
use crate::pattern::Pattern;

const TOP: [&str; 12] = [
    "framescope",
    "id",
    "version",
    "language",
    "title",
    "description",
    "citation",
    "license",
    "overlap",
    "include",
    "frames",
    "actors",
];
const FRAME: [&str; 7] = ["label", "definition", "polarity", "evaluates", "examples", "entries", "frames"];
const ENTRY: [&str; 9] = ["pattern", "regex", "bounded", "weight", "polarity", "require", "forbid", "case", "note"];
const CONTEXT: [&str; 4] = ["any", "before", "after", "within"];
const ACTOR: [&str; 4] = ["label", "type", "aliases", "leads"];
/// Columns of every table: no frame may be named so.
const RESERVED: [&str; 2] = ["doc", "words"];

/// What is wrong with JSON is told by the reader of YAML, which knows places.
pub(super) fn read(text: &str, source: &str) -> Result<Lexicon> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match json::tree(text).map(|root| checked(&root)) {
        Some(Ok(lexicon)) => Ok(lexicon),
        _ => checked(&tree(text, source)?),
    }
}

fn checked(root: &Node) -> Result<Lexicon> {
    let mut places = Places::default();
    let lexicon = lexicon(root, &mut places)?;
    places.check(&lexicon)?;
    Ok(lexicon)
}

/// References of a lexicon that has no places any more.
pub(super) fn check_references(lexicon: &Lexicon) -> Result<()> {
    let mut places = Places::default();
    for (path, frame) in lexicon.flat_frames() {
        for context in frame.entries.iter().flat_map(|e| e.require.iter().chain(&e.forbid)) {
            let written = [&context.any, &context.before, &context.after].into_iter().flatten();
            places.references.extend(written.filter_map(|w| reference(w)).map(|name| (path.clone(), name.to_owned(), None)));
        }
    }
    places.check(lexicon)
}

/// What can be checked only when all is read.
#[derive(Default)]
struct Places {
    /// Owner, reference without '#', place.
    references: Vec<(String, String, Option<Place>)>,
    /// Actor, who leads it, place.
    leads: Vec<(String, String, Place)>,
}

impl Places {
    fn check(&self, lexicon: &Lexicon) -> Result<()> {
        let frames: Vec<String> = lexicon.flat_frames().into_iter().map(|f| f.0).collect();
        let known = || frames.iter().map(String::as_str).chain(lexicon.actors.keys().map(String::as_str)).chain(["actors"]);
        for (_, name, place) in &self.references {
            if !known().any(|k| k == name) {
                return Err(placed(Error::unknown_reference(name, known()), place.as_ref()));
            }
        }
        for (owner, id, place) in &self.leads {
            if !lexicon.actors.contains_key(id) {
                return Err(Error::unknown_lead(owner, id, lexicon.actors.keys().map(String::as_str)).at(place));
            }
        }
        self.check_circles(&frames, lexicon)
    }

    /// Refuses references that lead back to where they start: a frame reaches its sub-frames, `actors` every actor.
    fn check_circles(&self, frames: &[String], lexicon: &Lexicon) -> Result<()> {
        let mut next: HashMap<&str, Vec<&str>> = HashMap::new();
        for (owner, name, _) in &self.references {
            let seen: Vec<&str> = if name == "actors" {
                lexicon.actors.keys().map(String::as_str).collect()
            } else {
                let below = format!("{name}.");
                frames.iter().map(String::as_str).filter(|f| f.starts_with(&below)).chain([name.as_str()]).collect()
            };
            next.entry(owner).or_default().extend(seen);
        }
        let mut done = HashSet::new();
        for (owner, _, place) in &self.references {
            let mut path = Vec::new();
            if let Some(circle) = circle(owner, &next, &mut path, &mut done) {
                return Err(placed(Error::circular_reference(&circle), place.as_ref()));
            }
        }
        Ok(())
    }
}

fn placed(error: Error, place: Option<&Place>) -> Error {
    match place {
        Some(place) => error.at(place),
        None => error,
    }
}

fn circle<'a>(
    at: &'a str,
    next: &HashMap<&str, Vec<&'a str>>,
    path: &mut Vec<&'a str>,
    done: &mut HashSet<&'a str>,
) -> Option<Vec<String>> {
    if let Some(from) = path.iter().position(|p| *p == at) {
        return Some(path[from..].iter().chain([&at]).map(ToString::to_string).collect());
    }
    if !done.insert(at) {
        return None;
    }
    path.push(at);
    let found = next.get(at).into_iter().flatten().find_map(|n| circle(n, next, path, done));
    path.pop();
    found
}

/// The name in `#name`, if `written` is a reference.
pub(crate) fn reference(written: &str) -> Option<&str> {
    written.strip_prefix('#').filter(|name| !name.is_empty())
}

fn lexicon(root: &Node, places: &mut Places) -> Result<Lexicon> {
    let owner = "the lexicon";
    let top = Keys::of(root, owner, &TOP)?;
    let format = top.required("framescope", "framescope: 1")?;
    if text(format, "'framescope'")? != "1" {
        return Err(Error::format_version(&text(format, "'framescope'")?).at(&format.place));
    }
    let id = top.required("id", "id: my-lexicon")?;
    let version = top.required("version", "version: 1.0.0")?;
    let mut out = Lexicon {
        framescope: 1,
        id: identifier(id, "lexicon", &text(id, "'id'")?)?,
        version: text(version, "'version'")?,
        language: top.text("language")?.unwrap_or_else(super::model::english),
        title: top.text("title")?,
        description: top.text("description")?,
        citation: top.text("citation")?,
        license: top.text("license")?,
        overlap: top
            .one_of("overlap", &["frame", "lexicon", "all"], &[Overlap::Frame, Overlap::Lexicon, Overlap::All])?
            .unwrap_or_default(),
        include: Vec::new(),
        frames: IndexMap::new(),
        actors: IndexMap::new(),
    };
    if let Some(node) = top.get("frames") {
        out.frames = frames(node, "", places)?;
    }
    if let Some(node) = top.get("actors") {
        for (key, value) in pairs(node, "'actors'")? {
            let id = identifier(key, "actor", &text(key, "an actor's id")?)?;
            let actor = actor(value, &id, places)?;
            out.actors.insert(id, actor);
        }
    }
    for name in top.get("include").map(|n| items(n, "'include'")).transpose()?.unwrap_or_default() {
        let included = Lexicon::bundled(&text(name, "a lexicon's name")?).and_then(|other| out.clone().merge(&other));
        out = included.map_err(|e| e.at(&name.place))?;
    }
    if out.frames.is_empty() && out.actors.is_empty() {
        return Err(Error::nothing_in_it().at(&root.place));
    }
    Ok(out)
}

fn frames(node: &Node, prefix: &str, places: &mut Places) -> Result<IndexMap<String, Frame>> {
    let mut out = IndexMap::new();
    for (key, value) in pairs(node, "'frames'")? {
        let id = identifier(key, "frame", &text(key, "a frame's id")?)?;
        let path = format!("{prefix}{id}");
        if RESERVED.contains(&path.as_str()) {
            return Err(Error::reserved_id(&path).at(&key.place));
        }
        let owner = format!("the frame '{path}'");
        if matches!(value.value, Value::Null) {
            return Err(Error::empty_frame(&path).at(&key.place));
        }
        let keys = Keys::of(value, &owner, &FRAME)?;
        let frame = Frame {
            label: keys.text("label")?,
            definition: keys.text("definition")?,
            polarity: keys.polarity()?,
            evaluates: keys.one_of("evaluates", &["true", "false"], &[true, false])?,
            examples: keys.get("examples").map(|n| examples(n, &owner)).transpose()?.unwrap_or_default(),
            entries: keys.get("entries").map(|n| entries(n, &path, &owner, places)).transpose()?.unwrap_or_default(),
            frames: keys.get("frames").map(|n| frames(n, &format!("{path}."), places)).transpose()?.unwrap_or_default(),
        };
        if frame.entries.is_empty() && frame.frames.is_empty() {
            return Err(Error::empty_frame(&path).at(&key.place));
        }
        out.insert(id, frame);
    }
    Ok(out)
}

fn examples(node: &Node, owner: &str) -> Result<Examples> {
    let owner = format!("'examples' of {owner}");
    let keys = Keys::of(node, &owner, &["include", "exclude"])?;
    Ok(Examples { include: keys.texts("include")?, exclude: keys.texts("exclude")? })
}

fn actor(node: &Node, id: &str, places: &mut Places) -> Result<Actor> {
    let owner = format!("the actor '{id}'");
    let keys = Keys::of(node, &owner, &ACTOR)?;
    let kinds = [ActorType::Country, ActorType::Person, ActorType::Organisation, ActorType::Bloc, ActorType::Region];
    keys.required("type", "type: country")?;
    let kind =
        keys.one_of("type", &["country", "person", "organisation", "bloc", "region"], &kinds)?.unwrap_or(ActorType::Country);
    let list = keys.required("aliases", "aliases: [Azerbaijan, Baku]")?;
    let aliases = entries(list, id, &owner, places)?;
    if aliases.is_empty() {
        return Err(Error::empty_aliases(id).at(&list.place));
    }
    for lead in keys.get("leads").map(|n| items(n, "'leads'")).transpose()?.unwrap_or_default() {
        places.leads.push((id.to_owned(), text(lead, "an actor's id")?, lead.place.clone()));
    }
    Ok(Actor { label: keys.text("label")?, kind, aliases, leads: keys.texts("leads")? })
}

fn entries(node: &Node, path: &str, owner: &str, places: &mut Places) -> Result<Vec<Entry>> {
    let list = items(node, format_args!("the entries of {owner}"))?;
    let of_owner = format!("an entry of {owner}");
    let mut out: Vec<Entry> = Vec::with_capacity(list.len());
    // By letters: which of the entries so far have them.
    let mut first: FxHashMap<String, SmallVec<[usize; 1]>> = FxHashMap::default();
    first.reserve(list.len());
    let mut references = Vec::new();
    for item in list {
        let entry = entry(item, &of_owner, &mut references)?;
        let known = first.entry(fold(entry.expression.as_written(), case_told(&entry))).or_default();
        if let Some(before) = known.iter().find(|i| same_but_for_letters(&out[**i], &entry)) {
            let place = Some(&list[*before].place);
            return Err(Error::duplicate_entry(owner, entry.expression.as_written(), place).at(&item.place));
        }
        known.push(out.len());
        places.references.extend(references.drain(..).map(|(name, place)| (path.to_owned(), name, Some(place))));
        out.push(entry);
    }
    Ok(out)
}

fn same_but_for_letters(one: &Entry, other: &Entry) -> bool {
    one.case == other.case && one.require == other.require && one.forbid == other.forbid
}

/// Whether an entry in another case would be another entry.
fn case_told(entry: &Entry) -> Case {
    let written = entry.expression.as_written();
    let acronym = || {
        let any = |pattern: Pattern| pattern.readings().iter().any(|r| r.slots.iter().any(|s| s.acronym));
        written.chars().filter(|c| c.is_uppercase()).nth(1).is_some() && Pattern::parse(written).is_ok_and(any)
    };
    if entry.case == Some(CaseRule::Fold) || (entry.case.is_none() && !acronym()) { Case::Folded } else { Case::Exact }
}

fn entry(node: &Node, owner: &str, references: &mut References) -> Result<Entry> {
    if let Value::Text(written) = &node.value {
        Pattern::check(written).map_err(|e| e.at(&node.place))?;
        return Ok(Entry::plain(written));
    }
    if !matches!(node.value, Value::Map(_)) {
        return Err(Error::shape(owner, "a pattern, or a mapping with 'pattern' or 'regex'", &node.value.name()).at(&node.place));
    }
    let keys = Keys::of(node, owner, &ENTRY)?;
    let expression = match (keys.get("pattern"), keys.get("regex")) {
        (Some(written), None) => {
            if let Some(bounded) = keys.get("bounded") {
                return Err(Error::bounded_without_regex().at(&bounded.place));
            }
            let pattern = text(written, "'pattern'")?;
            Pattern::check(&pattern).map_err(|e| e.at(&written.place))?;
            Expression::Pattern(pattern)
        }
        (None, Some(written)) => {
            let regex = text(written, "'regex'")?;
            regex::Regex::new(&regex).map_err(|e| Error::regex(&regex, &e.to_string()).at(&written.place))?;
            let bounded = keys.one_of("bounded", &["true", "false"], &[true, false])?.unwrap_or(true);
            Expression::Regex { regex, bounded }
        }
        _ => return Err(Error::pattern_or_regex().at(&node.place)),
    };
    Ok(Entry {
        expression,
        weight: keys.weight()?,
        polarity: keys.polarity()?,
        require: keys.get("require").map(|n| contexts(n, "require", references)).transpose()?.unwrap_or_default(),
        forbid: keys.get("forbid").map(|n| contexts(n, "forbid", references)).transpose()?.unwrap_or_default(),
        case: keys.one_of("case", &["exact", "fold"], &[CaseRule::Exact, CaseRule::Fold])?,
        note: keys.text("note")?,
    })
}

/// Names referred to, with their places.
type References = Vec<(String, Place)>;

fn contexts(node: &Node, which: &str, references: &mut References) -> Result<Vec<Context>> {
    match &node.value {
        Value::List(list) => list.iter().map(|n| context(n, which, references)).collect(),
        _ => Ok(vec![context(node, which, references)?]),
    }
}

fn context(node: &Node, which: &str, references: &mut References) -> Result<Context> {
    let owner = format!("'{which}'");
    let keys = Keys::of(node, &owner, &CONTEXT)?;
    let mut list = |key: &str| -> Result<Vec<String>> {
        let nodes = keys.get(key).map(|n| items(n, format_args!("'{key}'"))).transpose()?.unwrap_or_default();
        nodes.iter().map(|n| context_pattern(n, references)).collect()
    };
    let out = Context { any: list("any")?, before: list("before")?, after: list("after")?, within: keys.within()? };
    if out.any.is_empty() && out.before.is_empty() && out.after.is_empty() {
        return Err(Error::empty_context(which).at(&node.place));
    }
    Ok(out)
}

fn context_pattern(node: &Node, references: &mut References) -> Result<String> {
    let written = text(node, "a context")?;
    match reference(&written) {
        Some(name) => references.push((name.to_owned(), node.place.clone())),
        None => Pattern::check(&written).map_err(|e| e.at(&node.place))?,
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By YAML alone.
    fn slowly(text: &str) -> Result<Lexicon> {
        checked(&tree(text, "f.json")?)
    }

    const HEAD: &str = r#"{"framescope": 1, "id": "x", "version": 1.0, "frames": {"a": {"entries": ["#;

    proptest! {
        #[test]
        fn json_is_the_lexicon_or_the_error_that_yaml_makes_of_it(
            entries in prop::collection::vec(prop::sample::select(vec![
                r#""peace""#, r#""Peace""#, r#""(war""#, r#""caf\u00e9""#, "7", "2.50", "null", "true", "[]", r#"{"pattern": "war", "weight": 0.5}"#,
                r#"{"pattern": "war", "weight": 1e999}"#, r#"{"pattern": 1e5, "note": "\ud83d\ude00"}"#, r##"{"pattern": "b", "require": {"any": ["#a"]}}"##,
                r#"{"pattern": "b", "forbid": [{"after": ["c"], "within": 3}]}"#, r#"{"regex": "q+", "bounded": false}"#, r#"{"pattern": "d", "pattern": "e"}"#,
            ]), 1..4),
            blank in " |\n|\r\n\t",
            cut in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let mut text = format!("{HEAD}{}]}}}}{blank}}}", entries.join(&format!(",{blank}")));
            if let Some(at) = cut {
                text.remove(at.index(text.len()));
            }
            prop_assert_eq!(read(&text, "f.json"), slowly(&text), "{}", text);
        }
    }

    #[test]
    fn an_error_in_json_has_its_place() {
        let error = read(&format!("{HEAD}\"peace\",\n  \"(war\"]}}}}}}"), "f.json").unwrap_err();
        let place = error.place().map(|place| (place.source.as_str(), place.line, place.column));
        assert_eq!(place, Some(("f.json", 2, 3)));
        assert!(json::tree(&format!("{HEAD}\"peace\"]}}}}}}")).is_some_and(|root| checked(&root).is_ok()));
    }
}
