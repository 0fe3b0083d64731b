"""What changed between two texts, word by word. Pure functions."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind` is one of SAME, ADDED and REMOVED; the SAME and ADDED pieces together are the new text."""

    kind: str
    text: str


def word_difference(before: str, after: str) -> list[Piece]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    for name, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            pieces.append(Piece(SAME, "".join(new[k:m])))
            continue
        pieces += [Piece(REMOVED, "".join(old[i:j]))] if j > i else []
        pieces += [Piece(ADDED, "".join(new[k:m]))] if m > k else []
    return pieces
