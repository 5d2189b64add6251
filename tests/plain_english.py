"""English inflection by the plain rules of a school grammar, and a table of irregular words: what `~` has to find."""

from __future__ import annotations

import re

VOWELS = "aeiou"

IRREGULAR: dict[str, tuple[str, ...]] = {
    "be": ("am", "is", "are", "was", "were", "been", "being"),
    "become": ("becomes", "became", "becoming"),
    "begin": ("begins", "began", "begun", "beginning"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "bring": ("brings", "brought", "bringing"),
    "build": ("builds", "built", "building"),
    "buy": ("buys", "bought", "buying"),
    "child": ("children",),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "come": ("comes", "came", "coming"),
    "crisis": ("crises",),
    "cut": ("cuts", "cutting"),
    "do": ("does", "did", "done", "doing"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "fight": ("fights", "fought", "fighting"),
    "find": ("finds", "found", "finding"),
    "foot": ("feet",),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "give": ("gives", "gave", "given", "giving"),
    "go": ("goes", "went", "gone", "going"),
    "have": ("has", "had", "having"),
    "hold": ("holds", "held", "holding"),
    "keep": ("keeps", "kept", "keeping"),
    "know": ("knows", "knew", "known", "knowing"),
    "lead": ("leads", "led", "leading"),
    "leave": ("leaves", "left", "leaving"),
    "lie": ("lies", "lying"),
    "life": ("lives",),
    "lose": ("loses", "lost", "losing"),
    "make": ("makes", "made", "making"),
    "man": ("men",),
    "mean": ("means", "meant", "meaning"),
    "pay": ("pays", "paid", "paying"),
    "rise": ("rises", "rose", "risen", "rising"),
    "run": ("runs", "ran", "running"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "seek": ("seeks", "sought", "seeking"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "stand": ("stands", "stood", "standing"),
    "take": ("takes", "took", "taken", "taking"),
    "tell": ("tells", "told", "telling"),
    "think": ("thinks", "thought", "thinking"),
    "win": ("wins", "won", "winning"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "woman": ("women",),
    "write": ("writes", "wrote", "written", "writing"),
}


def inflections(word: str) -> list[str]:
    """The folded word itself and its forms."""
    return [word, *(IRREGULAR.get(word) or (with_s(word), with_ed(word), with_ing(word)))]


def with_s(word: str) -> str:
    """Allies, boxes, bridges."""
    if ends_in_consonant_and_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def with_ed(word: str) -> str:
    """Allied, stopped, bridged, carded."""
    if ends_in_consonant_and_y(word):
        return word[:-1] + "ied"
    return word + "d" if word.endswith("e") else doubled(word) + "ed"


def with_ing(word: str) -> str:
    """Bridging, agreeing, stopping."""
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + "ing"
    return doubled(word) + "ing"


def ends_in_consonant_and_y(word: str) -> bool:
    """Ally, but not play."""
    return word.endswith("y") and word[-2:-1] not in VOWELS


def doubled(word: str) -> str:
    """The last letter twice after one vowel in words of one syllable: stop, plan; not box, help, cheat."""
    return word + word[-1] if re.fullmatch(r"[^aeiou]+[aeiou][^aeiouwxy]", word) else word
