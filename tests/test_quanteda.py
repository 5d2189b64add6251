"""quanteda dictionaries: what its users expect of globs, nesting, case and overlap."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings, strategies as st

import framescope as fs
from kinds import rows

CASES = {
    "words are whole and caseless": ({"k": ["tax"]}, "Tax TAX taxes surtax", {"k": 2}),
    "star": ({"k": ["tax*"]}, "Tax taxes surtax", {"k": 2}),
    "star inside and in front": ({"k": ["g*t", "*ism"]}, "great populism ism", {"k": 3}),
    "question mark": ({"k": ["t?x"]}, "tax tex tx taax", {"k": 2}),
    "a phrase": ({"k": ["new york"]}, "New York, New\nYork; newyork", {"k": 2}),
    "the longest first": ({"k": ["a b", "b c d"]}, "a b c d", {"k": 1}),
    "keys do not see each other": ({"k": ["new york"], "j": ["york"]}, "New York", {"k": 1, "j": 1}),
    "values are trimmed": ({"k": ["  tax "]}, "tax", {"k": 1}),
    "duplicates count once": ({"k": ["tax", "Tax", "tax "]}, "tax", {"k": 1}),
    "one str is one value": ({"k": "tax"}, "tax", {"k": 1}),
    "nested": ({"k": {"a": ["x"], "b": {"c": ["y"]}}}, "x y y", {"k.a": 1, "k.b.c": 2}),
    "values beside sub-keys": ({"k": {"__": ["x"], "a": ["y"]}}, "x y", {"k": 1, "k.a": 1}),
    "lists may hold sub-keys": ({"k": ["x", {"a": ["y"]}]}, "x y", {"k": 1, "k.a": 1}),
    "a full stop nests": ({"k.a": ["x"], "k": {"a": ["y"]}}, "x y", {"k.a": 2}),
    "our own signs are literal": (
        {"k": ["(really)", "a|b", "c~", "<0-1>", "back\\slash"]},
        "(really) a|b c~ <0-1> back\\slash",
        {"k": 5},
    ),
    "a hash is literal": ({"k": ["#reset"]}, "#Reset reset", {"k": 1}),
    "acronyms have no case": ({"k": ["US"]}, "us US", {"k": 2}),
    "signs without a word": ({"k": ["!", ":)", "?"]}, "Oh! :) what?", {"k": 3}),
    "emoji": ({"k": ["🙂"]}, "🙂🙂 a 🙂", {"k": 3}),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name):
    dictionary, text, expected = CASES[name]
    lexicon = fs.Lexicon.from_quanteda(dictionary)
    row = rows(fs.count([text], lexicon=lexicon))[0]
    assert {frame: row[frame] for frame in lexicon.counted_frames} == expected


def test_nested_scope():
    dictionary = {"paper": ["New York Times"], "city": ["New York"]}
    text = ["The New York Times left New York."]
    for scope, city in (("key", 2), ("dictionary", 1)):
        lexicon = fs.Lexicon.from_quanteda(dictionary, nested_scope=scope)
        assert rows(fs.count(text, lexicon=lexicon))[0]["city"] == city


def test_empty_keys_are_left_out_with_a_warning():
    with pytest.warns(fs.FramescopeWarning) as caught:
        lexicon = fs.Lexicon.from_quanteda({"a": ["x"], "b": [], "c": {"d": [""], "e": None}})
    assert list(lexicon.frames) == ["a"]
    assert [str(w.message) for w in caught] == [
        f"the key '{key}' has no values and was left out" for key in ("b", "c.d", "c.e", "c")
    ]
    assert all(w.filename == __file__ for w in caught)


def test_it_is_a_lexicon_like_others():
    lexicon = fs.Lexicon.from_quanteda({"a": {"b": ["x*", "!"]}}, id="mine", version="3")
    assert fs.Lexicon.from_yaml(lexicon.to_yaml()) == lexicon
    assert (lexicon.id, lexicon.version, lexicon.overlap) == ("mine", "3", "frame")


@pytest.mark.parametrize(
    ("dictionary", "message"),
    [
        (["tax"], "a quanteda dictionary is a mapping of keys to lists of values, not list"),
        ({}, "the dictionary has no values at all"),
        ({"a": [1]}, r"a value of the key 'a' is int \(1\), not text; put it in quotes"),
        ({"a": {"b": [True]}}, r"a value of the key 'a.b' is bool \(True\)"),
        ({"a": [b"x"]}, "is bytes"),
        ({False: ["x"]}, "the key False is bool, not text; put it in quotes"),
        ({"a": {1: ["x"]}}, "the key 1 under a is int"),
        ({"__": ["x"]}, "the value 'x' stands under no key"),
        ({"words": ["x"]}, "'words' is the name of a column"),
    ],
)
def test_errors(dictionary, message):
    with pytest.raises(fs.LexiconError, match=message):
        fs.Lexicon.from_quanteda(dictionary)


def test_an_unknown_scope():
    with pytest.raises(fs.LexiconError, match="no nested_scope 'keys'; did you mean 'key'"):
        fs.Lexicon.from_quanteda({"a": ["x"]}, nested_scope="keys")


@settings(deadline=None, max_examples=500, derandomize=True, database=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), min_size=1, max_size=5))
def test_any_value_is_a_value(values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", fs.FramescopeWarning)
        lexicon = fs.Lexicon.from_quanteda({"keep": ["x"], "k": values})
    fs.count(values, lexicon=lexicon)


def words_at_both_ends(value: str) -> bool:
    pieces = value.split() or [""]
    return "?" not in value and all(any(c in "ab" for c in piece) for piece in (pieces[0], pieces[-1]))


@settings(deadline=None, max_examples=200, derandomize=True, database=None)
@given(st.text("ab-.'~()|<>\\#!? ", min_size=1, max_size=8).filter(words_at_both_ends))
def test_a_value_without_wildcards_finds_itself(value):
    lexicon = fs.Lexicon.from_quanteda({"k": [value]})
    assert rows(fs.count([f"x {value} x"], lexicon=lexicon))[0]["k"] == 1
