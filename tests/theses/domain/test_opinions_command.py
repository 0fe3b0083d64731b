"""manage.py opinions DIR [--out FILE]"""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, ManagementUtility, call_command

from tests.theses.domain.polis_samples import GROUPS, folder_of, generated
from theses.domain.conversation_data import without_moderated
from theses.domain.conversation_file import read_conversation
from theses.domain.opinions_output import opinions_json, opinions_output


def figures(folder: Path, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("opinions", folder, stdout=out, **options)
    assert out.getvalue().count("\n") == 1
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_command_tells_exact_counts_of_every_cell(tmp_path: Path) -> None:
    found = figures(folder_of(tmp_path))
    assert (found["schema"], found["participants"], found["votes"]) == ("opinions/1", 4, 6)
    assert found["groups"] == {"0": 1, "1": 2, "none": 1}
    cells = {thesis["id"]: thesis["groups"] for thesis in found["theses"]}
    assert {key: sorted(groups) for key, groups in cells.items()} == {
        "0": ["0", "1"],
        "1": ["0", "1", "none"],
        "2": ["1"],
    }
    assert cells["1"]["1"] == {
        "agree": 0,
        "disagree": 0,
        "pass": 1,
        "seen": 1,
        "share": 0.0,
        "interval": [0.0, pytest.approx(0.7935, abs=1e-4)],
    }
    assert [thesis["moderated_out"] for thesis in found["theses"]] == [False, False, True]
    assert found["theses"][0]["label"] == "insufficient"
    assert found["theses"][0]["missing_groups"] == ["0", "1"]
    assert found["theses"][0]["between"] is None
    assert found["opinion_groups"]["reason"] == "too_few_people"


def test_command_tells_common_ground_and_opinion_groups(tmp_path: Path) -> None:
    found = figures(generated(tmp_path / "in", seed=3))
    assert set(found["theses"][0]) == {
        *("id", "moderated_out", "groups", "share_equal_voice", "interval_equal_voice", "share_per_head", "floor"),
        *("floor_rejection", "gic", "gic_geometric", "label", "missing_groups", "within", "between", "cramers_v", "p"),
        "p_adjusted",
    }
    labels = {thesis["id"]: thesis["label"] for thesis in found["theses"]}
    assert {"consensus_agree", "divided_between"} & set(labels.values())
    assert all(labels[key].startswith("consensus") for key in found["bridges"])
    assert all(labels[key].startswith("divided") for key in found["divides"])
    groups = found["opinion_groups"]
    assert (groups["shown"], groups["reason"], groups["k"]) == (True, None, 2)
    assert groups["p"] <= 0.05
    assert sum(sum(row.values()) for row in groups["declared"].values()) == len(groups["members"])
    assert {max(row["A"], row["B"]) > 5 * min(row["A"], row["B"]) for row in groups["declared"].values()} == {True}


def test_raw_votes_and_matrix_give_the_same_figures(tmp_path: Path) -> None:
    matrix = figures(folder_of(tmp_path / "a"), without_moderated=True)
    votes = figures(folder_of(tmp_path / "b", participants=None, groups=GROUPS), without_moderated=True)
    assert matrix["theses"] == votes["theses"]
    assert [thesis["id"] for thesis in matrix["theses"]] == ["0", "1"]
    assert (matrix["participants"], votes["participants"]) == (4, 3)


def test_command_needs_no_statements(tmp_path: Path) -> None:
    found = figures(folder_of(tmp_path, comments=None, votes=None, summary=None))
    assert [thesis["moderated_out"] for thesis in found["theses"]] == [False] * 3


def test_command_writes_the_same_figures(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path / "in"), StringIO()
    call_command("opinions", folder, stdout=out)
    call_command("opinions", folder, out=tmp_path / "out.json", stdout=StringIO())
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == out.getvalue()
    assert out.getvalue() == opinions_json(opinions_output(read_conversation(folder))) + "\n"


def test_smallest_voice_and_seed_are_part_of_the_hash(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    hashes = {figures(folder, **options)["hash"] for options in ({}, {"smallest_voice": 6}, {"seed": 2})}
    assert len(hashes) == 3
    data = read_conversation(folder)
    assert opinions_output(data)["hash"] != opinions_output(without_moderated(data))["hash"]


def test_empty_conversation_has_no_figures(tmp_path: Path) -> None:
    (tmp_path / "participants-votes.csv").write_text("participant,0,1\n1,,\n", encoding="utf-8")
    found = figures(tmp_path)
    assert (found["participants"], found["votes"], found["groups"]) == (1, 0, {"none": 1})
    for thesis in found["theses"]:
        assert (thesis["groups"], thesis["label"]) == ({}, "insufficient")
        figures_of = (
            "share_equal_voice",
            "share_per_head",
            "floor",
            "gic",
            "gic_geometric",
            "within",
            "p",
            "cramers_v",
        )
        assert [thesis[name] for name in figures_of] == [None] * 8


def test_bad_folder_ends_with_status_2_and_one_german_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        ManagementUtility(["manage.py", "opinions", str(tmp_path)]).execute()
    assert end.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    sentence = f"CommandError: Im Ordner {tmp_path} liegt weder participants-votes.csv noch votes.csv."
    assert captured.err.strip() == sentence


@pytest.mark.parametrize("options", [{"smallest_voice": 4}, {"seed": -1}])
def test_impossible_option_is_refused(tmp_path: Path, options: dict[str, int]) -> None:
    with pytest.raises(CommandError, match="mindestens 5") as refusal:
        call_command("opinions", folder_of(tmp_path), **options)
    assert refusal.value.returncode == 2


def test_unwritable_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="lässt sich nicht schreiben") as refusal:
        call_command("opinions", folder_of(tmp_path), out=tmp_path / "absent" / "out.json")
    assert refusal.value.returncode == 2
