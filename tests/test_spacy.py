"""The component of spaCy: the hits of `fs.analyze` as spans, in one process or two, saved and loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import framescope as fs
from framescope.pipelines.spacy import FrameSpans
from kinds import once, rows

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
TEXTS = [
    "Bridges link Asia to the East. Peace talks in Baku.",
    "",
    "  \n ",
    "𝔘 caffè: a “bridge” – peace, ceasefire!",
    "Nothing here.",
    "peace-bridge,peace/bridge;bridgepeace 🌉bridge🌉 pre-peace",
    "There was no bridge. “Peace may come to Baku,” said Ilham Aliyev.",
    *fs.examples()["body"],
]


@pytest.fixture(scope="module")
def config(lexicon):
    return {"lexicon": lexicon.to_dict()}


@pytest.fixture(scope="module")
def nlp(config):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("framescope", config=config)
    return pipeline


def shown(doc: Doc, key: str = "framescope") -> list[tuple]:
    """All that a document says of its hits; msgpack makes tuples of lists."""
    return [
        (s.start, s.end, s.label_, s.kb_id_, s.id_, {**s._.framescope, "targets": list(s._.framescope["targets"])})
        for s in doc.spans[key]
    ]


@pytest.fixture(scope="module")
def expected(lexicon):
    """The hits of each text, each once, and the targets of each."""
    hits = rows(fs.analyze(TEXTS, lexicon=lexicon).hits)
    place = ("start", "end", "frame", "entry")
    for hit in hits:
        same = [row for row in hits if row["doc"] == hit["doc"] and all(row[key] == hit[key] for key in place)]
        hit["targets"] = [row["target"] for row in same if row["target"] is not None]
    return [[hit for hit in once(hits) if hit["doc"] == doc] for doc in range(len(TEXTS))]


def test_spans_are_the_hits(nlp, expected):
    assert sum(map(len, expected)) > 20
    for text, hits in zip(TEXTS, expected, strict=True):
        doc = nlp(text)
        spans = doc.spans["framescope"]
        assert len(spans) == len(hits)
        for span, hit in zip(spans, hits, strict=True):
            assert (span.label_, span.id_, span.kb_id_) == (hit["frame"], hit["entry"], hit["target"] or "")
            assert span.start_char <= hit["start"] < span[0].idx + len(span[0])
            assert span[-1].idx < hit["end"] <= span.end_char
            assert text[hit["start"] : hit["end"]] == hit["text"]
            assert (span._.framescope["start"], span._.framescope["end"]) == (hit["start"], hit["end"])


def test_contexts_are_rows_of_hits(nlp, expected):
    for text, hits in zip(TEXTS, expected, strict=True):
        contexts = nlp(text)._.framescope
        assert contexts == [{**{k: v for k, v in hit.items() if k != "doc"}, "spans_key": "framescope"} for hit in hits]


def test_a_span_knows_its_context(nlp):
    doc = nlp(TEXTS[6])
    bridge, peace = doc.spans["framescope"]
    assert (bridge._.framescope["negated"], bridge._.framescope["cue"]) == (True, "no")
    assert peace._.framescope["speaker"] == "Ilham Aliyev"
    assert (peace._.framescope["quoted"], peace._.framescope["negated"]) == (True, False)
    assert doc[0:2]._.framescope is None
    assert spacy.blank("en")("no component")[0:1]._.framescope is None


def test_one_hit_of_two_targets_is_one_span():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("framescope")
    text = "Georgia and Ukraine are a bridge between East and West."
    doc = pipeline(text)
    assert fs.analyze([text]).hits["frame"].tolist().count("bridge") > len(
        [s for s in doc.spans["framescope"] if s.label_ == "bridge"]
    )
    assert doc.spans["framescope"][0]._.framescope["targets"] == ["georgia", "ukraine"]
    assert doc.spans["framescope"][0].kb_id_ == "georgia"


@pytest.mark.parametrize("batch_size", [1, 3, 1000])
def test_a_batch_is_read_in_one_go(batch_size, nlp, monkeypatch):
    sizes = []
    annotate = FrameSpans._annotate
    monkeypatch.setattr(FrameSpans, "_annotate", lambda self, docs: (sizes.append(len(docs)), annotate(self, docs)))
    docs = list(nlp.pipe(TEXTS, batch_size=batch_size))
    n = len(TEXTS)
    assert sizes == [min(batch_size, n - start) for start in range(0, n, batch_size)]
    monkeypatch.undo()
    assert [shown(doc) for doc in docs] == [shown(nlp(text)) for text in TEXTS]
    assert [doc.text for doc in docs] == TEXTS


def test_a_batch_is_a_stream(nlp):
    read = []
    stream = nlp.pipe((read.append(text) or text for text in TEXTS), batch_size=2)
    next(stream)
    assert len(read) < len(TEXTS)


def test_two_processes(nlp):
    docs = list(nlp.pipe(TEXTS, n_process=2, batch_size=4))
    assert [shown(doc) for doc in docs] == [shown(nlp(text)) for text in TEXTS]
    assert any(shown(doc) for doc in docs)


def test_a_saved_pipeline_takes_the_lexicon_along(lexicon, nlp, tmp_path):
    path = tmp_path / "mine.yaml"
    lexicon.save(path)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("framescope", config={"lexicon": str(path)})
    pipeline.to_disk(tmp_path / "saved")
    data = pipeline.to_bytes()
    path.unlink()
    again = spacy.load(tmp_path / "saved")
    assert again.get_pipe("framescope").lexicon == lexicon
    other = spacy.blank("en")
    other.add_pipe("framescope")
    other.from_bytes(data)
    for text in TEXTS:
        assert shown(again(text)) == shown(other(text)) == shown(nlp(text))
    lost = spacy.blank("en")
    lost.add_pipe("framescope", config={"lexicon": str(path)})
    with pytest.raises(fs.LexiconError, match=r"no lexicon '.*mine\.yaml'"):
        lost("peace")


def test_documents_that_travel(nlp):
    data = DocBin(store_user_data=True, docs=[nlp(text) for text in TEXTS]).to_bytes()
    docs = list(DocBin().from_bytes(data).get_docs(nlp.vocab))
    assert [shown(doc) for doc in docs] == [shown(nlp(text)) for text in TEXTS]


def test_once_more_changes_nothing(nlp):
    doc = nlp(TEXTS[0])
    first = (shown(doc), list(doc._.framescope))
    assert first == (shown(nlp.get_pipe("framescope")(doc)), list(doc._.framescope))


def test_several_lexicons(config):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("framescope", config=config)
    baku = {"framescope": 1, "id": "b", "version": "1", "frames": {"place": {"entries": ["Baku"]}}}
    pipeline.add_pipe("framescope", name="places", config={"lexicon": baku, "spans_key": "places"})
    doc = pipeline("Peace talks in Baku.")
    assert [(span.text, span._.framescope["frame"]) for span in doc.spans["places"]] == [("Baku", "place")]
    assert [(span.text, span._.framescope["frame"]) for span in doc.spans["framescope"]] == [("Peace talks", "peace")]
    assert [context["spans_key"] for context in doc._.framescope] == ["framescope", "places"]


def test_options_reach_the_core(config, page_with_chrome):
    found = []
    for keep in (False, True):
        pipeline = spacy.blank("en")
        pipeline.add_pipe("framescope", config={**config, "keep_chrome": keep, "threads": 1})
        found.append(len(pipeline(page_with_chrome).spans["framescope"]))
    assert found[1] == found[0] + 2


@pytest.mark.parametrize(
    ("config", "error"),
    [
        ({"lexicon": "foreign-polcy"}, "did you mean 'foreign-policy'"),
        ({"lexicon": 7}, "lexicon= is a Lexicon, a name or a path, not int"),
        ({"lexicon": {"framescope": 1, "id": "x", "version": "1", "frams": {}}}, "did you mean 'frames'"),
        ({"threads": 0}, "threads=0 must be"),
        ({"keep_chrome": "no"}, "keep_chrome='no' must be True or False"),
    ],
)
def test_errors_come_when_the_pipeline_is_built(config, error):
    with pytest.raises(fs.FramescopeError, match=error):
        spacy.blank("en").add_pipe("framescope", config=config)


def test_spacy_finds_it_by_itself(tmp_path):
    """As an installed package does, with the entry points of pyproject.toml."""
    entry_points = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    ((name, place),) = entry_points["spacy_factories"].items()
    installed = tmp_path / "framescope_installed-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: framescope-installed\nVersion: 1\n")
    (installed / "entry_points.txt").write_text(f"[spacy_factories]\n{name} = {place}\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import spacy; assert 'framescope' not in sys.modules; "
        "nlp = spacy.blank('en'); nlp.add_pipe('framescope'); doc = nlp('Peace talks.'); print(doc.spans['framescope'][0].label_)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "peace\n"


def test_without_spacy():
    code = "import sys; sys.modules['spacy.language'] = None\ntry: import framescope.pipelines.spacy\nexcept ValueError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "pip install 'framescope[spacy]'" in done.stdout
