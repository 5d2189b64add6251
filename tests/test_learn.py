"""`framescope learn`: weights from coded text, the same for the same data and seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

import framescope as fs
from framescope.cli import main
from framescope.learn import Recipe, learn

pytest.importorskip("sklearn")

PRAISE, BLAME = ["shone", "triumphed", "dazzled"], ["stumbled", "cheated", "sulked"]
NAMES = ["Kern", "Lund", "Moss", "Vane", "Reed", "Holt"]


def coded(*, holders=False):
    rows = []
    for i, name in enumerate(NAMES):
        for verb, polarity in [(v, 1) for v in PRAISE] + [(v, -1) for v in BLAME] + [("walked", 0), ("slept", 0), ("sat", 0)]:
            text = f"On day {i} {name} {verb} near Olga."
            start = text.index(name)
            row = {"text": text, "start": start, "end": start + len(name), "polarity": polarity}
            if holders:
                row |= {"holder_start": text.index("Olga"), "holder_end": text.index("Olga") + 4}
            rows.append(row)
    return pd.DataFrame(rows)


RECIPE = Recipe(folds=3, strength=1.0)


def test_what_is_learned_is_right_on_what_was_not_seen(tmp_path):
    learned = learn(coded(), recipe=RECIPE)
    assert learned.report["macro_f1"] > 0.9
    assert sum(map(sum, learned.report["confusion"])) == len(coded())
    path = tmp_path / "own.json"
    path.write_text(learned.text(), encoding="utf-8")
    seen = fs.stance(["Yesterday Brand triumphed.", "Yesterday Brand cheated."], targets=[(10, 15)] * 2, weights=path)
    assert seen["polarity"].tolist() == [1, -1]


@pytest.mark.parametrize("holders", [False, True])
def test_the_same_seed_gives_the_same_bytes(holders):
    first, again = (learn(coded(holders=holders), recipe=RECIPE, source={"data": "made up"}).text() for _ in range(2))
    assert first == again
    weights = json.loads(first)
    assert weights["kind"] == ("holder" if holders else "target")
    assert weights["provenance"]["data"] == "made up"
    assert weights["provenance"]["recipe"]["seed"] == 0


MANY = """
import sys
import pandas as pd
from framescope.learn import Recipe, learn

rows = []
for i in range(600):
    words = " ".join(f"w{chr(97 + i * k % 23)}{chr(97 + i * k % 19)}ord" for k in range(1, 20))
    text = f"Kern {['praised', 'walked', 'cheated'][i % 3]} {words}."
    rows.append({"text": text, "start": 0, "end": 4, "polarity": 1 - i % 3 if i % 7 else i % 2})
learned = learn(pd.DataFrame(rows), recipe=Recipe(folds=2, rare=1, strength=1.0))
print(learned.text(), learned.unseen.tobytes().hex())
"""


def test_the_number_of_threads_makes_no_difference():
    variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    first, second = (
        subprocess.run(
            [sys.executable, "-c", MANY], env=os.environ | dict.fromkeys(variables, n), capture_output=True, check=True
        ).stdout
        for n in ("1", "4")
    )
    assert len(first) > 10_000
    assert first == second


def test_what_is_kept_is_bounded_and_small_numbers():
    weights = json.loads(learn(coded(), recipe=Recipe(folds=3, strength=1.0, keep=20)).text())
    numbers = [n for family in weights["features"].values() for feature in family.values() for n in feature.values()]
    assert 0 < len(numbers) <= 20
    assert all(-127 <= n <= 127 and isinstance(n, int) for pair in numbers for n in pair)


def test_weights_learned_before_are_added_in():
    before = learn(coded(), recipe=RECIPE).weights
    frame = coded(holders=True)
    lone, told = (learn(frame, recipe=RECIPE, prior=prior) for prior in (None, before))
    assert told.report["macro_f1"] > 0.9
    assert told.text() == learn(frame, recipe=RECIPE, prior=before).text()
    assert told.weights["features"] != lone.weights["features"]
    assert set(told.weights) == set(lone.weights), "the file stands alone"


def test_names_of_others_are_no_features():
    assert "name" not in json.loads(learn(coded(), recipe=RECIPE).text())["features"]


def test_families_are_left_out_in_turn():
    report = learn(coded(), recipe=RECIPE, ablate=True).report
    assert "word" in report["without"]
    assert all(0 <= score <= 1 for score in report["without"].values())


def test_what_cannot_be_learned_from_is_named():
    frame = coded()
    with pytest.raises(fs.ColumnError, match="row 3 of column 'polarity' holds 5"):
        learn(frame.assign(polarity=[0, 0, 0, 5] + [1] * (len(frame) - 4)), recipe=RECIPE)
    with pytest.raises(fs.FramescopeError, match="no row of column 'polarity' is -1"):
        learn(frame[frame["polarity"] >= 0], recipe=RECIPE)
    with pytest.raises(fs.ColumnError, match="no column 'body'"):
        learn(frame, text="body", recipe=RECIPE)
    with pytest.raises(fs.TargetError, match="row 0"):
        learn(frame.assign(end=999), recipe=RECIPE)


def test_the_command_writes_the_file(tmp_path, capsys):
    source, out = tmp_path / "coded.csv", tmp_path / "own.json"
    coded().to_csv(source, index=False)
    assert main(["learn", str(source), "--out", str(out), "--name", "made up", "--license", "CC0"]) == 0
    assert "macro_f1" in capsys.readouterr().out
    weights = json.loads(out.read_text(encoding="utf-8"))
    assert weights["provenance"]["license"] == "CC0"
    assert main(["learn", str(source), "--out", str(tmp_path / "again.json"), "--name", "made up", "--license", "CC0"]) == 0
    assert (tmp_path / "again.json").read_bytes() == out.read_bytes()
