"""Makes the shipped weights of stance: stance-target.json and stance-holder.json.

    python lexicons/make_stance.py NEWSMTSC_TRAIN DIRECTED_TRAIN

NEWSMTSC_TRAIN: sentences, target spans and polarities of NewsMTSC (Hamborg & Donnay 2021, MIT), JSONL or JSONL.GZ with sentence, start, end, polarity, id.
DIRECTED_TRAIN: sentences and spans p, q of Park, Pan & Joo (2021), with label_id 0 neutral, 1 p likes q, 2 q likes p, 3 p dislikes q, 4 q dislikes p.
With `--ablate`, the figures without each family of features are printed too. Only the training splits are used. Each row of the second is two codings: what p thinks of q, and what q thinks of p.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa

from framescope.learn import Recipe, learn

HERE = Path(__file__).parent
LIKES = {0: (0, 0), 1: (1, 0), 2: (0, 1), 3: (-1, 0), 4: (0, -1)}


def rows(path):
    """The rows of a JSONL file."""
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def targets(path):
    """NewsMTSC as a frame; an article is a group."""
    return pa.Table.from_pylist(
        [
            {
                "text": row["sentence"],
                "start": row["start"],
                "end": row["end"],
                "polarity": row["polarity"],
                "article": "_".join(row["id"].split("_")[:3]),
            }
            for row in rows(path)
        ]
    )


def holders(path):
    """Directed sentiment as a frame, both directions; each row once, and how often it was there."""
    out, once, copies = [], {}, Counter()
    for row in rows(path):
        if row["p_span"] and row["q_span"]:
            key = (row["text"], str(row["p_span"]), str(row["q_span"]))
            once.setdefault(key, row)
            copies[key] += 1
    for key, row in once.items():
        spans, likes = (row["p_span"], row["q_span"]), LIKES[int(row["label_id"])]
        for (holder, target), polarity in zip((spans, spans[::-1]), likes, strict=True):
            out.append(
                {
                    "text": row["text"],
                    "start": target[0],
                    "end": target[1],
                    "holder_start": holder[0],
                    "holder_end": holder[1],
                    "copies": copies[key],
                    "polarity": polarity,
                }
            )
    return pa.Table.from_pylist(out)


def make(name, frame, group, recipe, source, *, prior=None):
    """One file."""
    learned = learn(frame, group=group, recipe=recipe, source=source, prior=prior, ablate="--ablate" in sys.argv)
    (HERE / f"stance-{name}.json").write_text(learned.text(), encoding="utf-8")
    print(name, json.dumps(learned.report))
    return learned


def five(frame, sums, copies=None):
    """Macro-F1 of the five classes, by the stronger of the two directions of each pair; of pairs that were there so often."""
    toward, neutral = sums.T
    odds = np.exp(np.stack([-toward / 2, neutral, toward / 2]))
    strength = (odds[2] - odds[0]) / odds.sum(0)
    felt = np.where(neutral >= np.abs(toward) / 2, 0, strength)
    coded = np.array(frame["polarity"])

    def classes(forth, back):
        first = np.where(forth > 0, 1, 3)
        second = np.where(back > 0, 2, 4)
        return np.where((forth == 0) & (back == 0), 0, np.where(np.abs(forth) >= np.abs(back), first, second))

    asked = np.isin(np.array(frame["copies"])[0::2], copies or np.array(frame["copies"]))
    was, found = (classes(side[0::2], side[1::2])[asked] for side in (coded, felt))
    each = [2 * ((was == c) & (found == c)).sum() / max((was == c).sum() + (found == c).sum(), 1) for c in range(5)]
    return {"macro_f1": round(float(np.mean(each)), 4), "f1": [round(float(f), 4) for f in each], "rows": len(was)}


if __name__ == "__main__":
    newsmtsc, directed = (a for a in sys.argv[1:] if a != "--ablate")
    command = "python lexicons/make_stance.py NEWSMTSC_TRAIN DIRECTED_TRAIN"
    of_targets = make(
        "target",
        targets(newsmtsc),
        "article",
        Recipe(keep=24_000),
        {
            "data": "NewsMTSC, train",
            "citation": "Hamborg, F. & Donnay, K. (2021). NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification. EACL.",
            "license": "MIT; the weights: Apache-2.0",
            "command": command,
        },
    )
    pairs = holders(directed)
    learned = make(
        "holder",
        pairs,
        None,
        Recipe(
            folds=3,
            strength=0.006,
            rare=6,
            keep=24_000,
            without=("name", "hname", "pair", "hpair", "gram", "hgram"),
        ),
        {
            "data": "Directed sentiment, train, each row once; what target and holder are called: the weights of targets, from NewsMTSC, train",
            "citation": "Park, K., Pan, Z. & Joo, J. (2021). Who Blames or Endorses Whom? Findings of ACL.",
            "license": "published without a licence, for research; no text of it is in this file; the weights: Apache-2.0",
            "command": command,
        },
        prior=of_targets.weights,
    )
    print("five classes", json.dumps(five(pairs, learned.unseen)))
    print("of rows that are there once", json.dumps(five(pairs, learned.unseen, 1)))
