"""What is said of a hit beside its words: in one line of plain text, as signs in the text, and in a tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framescope.display.escape import plain

if TYPE_CHECKING:
    from framescope.display.pieces import Hit

__all__ = ["SIGNS", "circumstances", "remark", "sign", "tooltip"]

AUTHOR, ASSERTED = "author", "asserted"  # what goes without saying
SIGNS = {"negated": "not", "quoted": "“”", "hedged": "may", "conditional": "if", "future": "will", "desired": "want"}
LONGEST = 300  # characters of an entry or a cue in a tooltip; a regex may be a page long


def circumstances(hit: Hit) -> list[str]:
    """What a hit is beside asserted by the author: `negated`, `quoted`, and its modality."""
    return [name for name in SIGNS if (hit[name] if name in {"negated", "quoted"} else hit["modality"] == name)]


def sign(hit: Hit) -> str:
    """The signs before a hit, which tell its circumstances without colour; empty where all goes without saying."""
    return " ".join(SIGNS[name] for name in circumstances(hit))


def remark(hit: Hit) -> list[str]:
    """Of whom, in whose voice, how certain, whether denied; nothing of what goes without saying."""
    said = [f"of {', '.join(target for target, _ in hit['targets'])}"] if hit["targets"] else []
    said += [f"says {hit['speaker']}"] if hit["speaker"] not in {AUTHOR, None} else []
    said += ["quoted"] if hit["quoted"] else []
    said += [with_cue(hit["modality"], hit["modality_cue"])] if hit["modality"] not in {ASSERTED, None} else []
    return said + ([with_cue("negated", hit["cue"])] if hit["negated"] else [])


def tooltip(hit: Hit, label: str) -> str:
    """The evidence of a hit, a line for each thing that is known of it, escaped."""
    spoken = [f"speaker: {hit['speaker']}"] if hit["speaker"] else []
    how = [with_cue("negated", hit["cue"])] if hit["negated"] else []
    cue = f" ({shortened(hit['modality_cue'])})" if hit["modality_cue"] else ""
    how += [f"modality: {hit['modality']}{cue}"] if hit["modality"] else []
    lines = [
        f"• {label}" + (f" ({hit['frame']})" if label != hit["frame"] else ""),
        f"entry: {shortened(hit['entry'])} · weight: {hit['weight']:g}",
        *(f"target: {target}{f' ({rule})' if rule else ''}" for target, rule in hit["targets"]),
        " · ".join([*spoken, *(["quoted"] if hit["quoted"] else [])]),
        " · ".join(how),
    ]
    return plain("\n".join(" ".join(line.split()) for line in lines if line))


def with_cue(what: str, cue: str | None) -> str:
    """An effect and the words that have it."""
    return f"{what}: {shortened(cue)}" if cue else what


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
