"""Conversations as folders of files, made up."""

from pathlib import Path

import numpy as np

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1600000000000,Sun Sep 13 14:26:40 CEST 2020,0,1,2,0,1,"Werkstätten, die allen offen stehen"
1600000001000,Sun Sep 13 14:26:41 CEST 2020,1,1,1,1,1,"Zwei
Zeilen und „Anführung“"
1600000002000,Sun Sep 13 14:26:42 CEST 2020,2,3,1,0,-1,=SUMME(A1)
1600000003000,Sun Sep 13 14:26:43 CEST 2020,4,3,0,0,-1,nie gezeigt
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1600000009000,Sun Sep 13 14:26:49 CEST 2020,0,1,1
1600000005000,Sun Sep 13 14:26:45 CEST 2020,0,1,-1
1600000006000,Sun Sep 13 14:26:46 CEST 2020,0,3,1
1600000006000,Sun Sep 13 14:26:46 CEST 2020,1,1,-1
1600000006500,Sun Sep 13 14:26:46 CEST 2020,1,2,1
1600000007000,Sun Sep 13 14:26:47 CEST 2020,1,3,0
1600000008000,Sun Sep 13 14:26:48 CEST 2020,2,3,1
"""
MATRIX = """participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
1,geheim-1,0,2,2,1,1,1,-1,
2,,,0,1,1,0,,1,
3,geheim-3,1,2,3,2,0,1,0,1
5,,1,0,0,0,0,,,
"""
SUMMARY = """topic,Wie offen sollen Werkstätten sein?
conversation-description,"Ein Absatz.

Noch einer."
"""
GROUPS = "voter-id,group\n1,0\n3,1\n9,1\n"

FILES = {"comments.csv": COMMENTS, "votes.csv": VOTES, "participants-votes.csv": MATRIX, "summary.csv": SUMMARY}


def folder_of(path: Path, **changes: str | None) -> Path:
    """The sample files; `changes` by the first word of a file name replaces one, None leaves it out."""
    path.mkdir(parents=True, exist_ok=True)
    words = {name.split("-")[0].split(".")[0]: name for name in (*FILES, "groups.csv")}
    contents: dict[str, str | None] = {**FILES, **{words[word]: text for word, text in changes.items()}}
    for name, text in contents.items():
        if text is not None:
            (path / name).write_text(text, encoding="utf-8")
    return path


def generated(path: Path, *, seed: int, people: int = 70, statements: int = 12) -> Path:
    """A conversation of two camps that are also the declared groups, as raw votes with changes of mind."""
    random = np.random.default_rng(seed)
    camp = random.integers(2, size=people)
    leaning = random.choice([-1, 1], size=(2, statements))
    lines = ["timestamp,datetime,comment-id,voter-id,vote"]
    for time in range(people * statements):
        person, statement = int(random.integers(people)), int(random.integers(statements))
        vote = leaning[camp[person], statement] if random.random() < 0.85 else random.integers(-1, 2)
        lines.append(f"{1600000000000 + time},,{statement * 3},{person + 5},{vote}")
    path.mkdir()
    (path / "votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    groups = "".join(f"{person + 5},{'AB'[camp[person]]}\n" for person in range(people) if person % 9)
    (path / "groups.csv").write_text(f"voter-id,group\n{groups}", encoding="utf-8")
    return path
