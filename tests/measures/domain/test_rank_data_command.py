"""manage.py rank_data FILE [--out FILE]"""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, ManagementUtility, call_command

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_output import ranking_json
from tests.measures.domain.ranking_samples import sample
from tests.measures.domain.test_ranking_output import document_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.json"
    path.write_text(json.dumps(document_of(sample(4))))
    return path


def test_command_prints_the_ranking(file: Path) -> None:
    out = StringIO()
    call_command("rank_data", file, stdout=out)
    printed = json.loads(out.getvalue())
    expected = json.loads(ranking_json(prioritise(sample(4))))
    assert printed["measures"] == expected["measures"]


def test_command_writes_the_same_ranking(file: Path, tmp_path: Path) -> None:
    out = StringIO()
    call_command("rank_data", file, stdout=out)
    call_command("rank_data", file, out=tmp_path / "ranking.json", stdout=StringIO())
    assert (tmp_path / "ranking.json").read_text(encoding="utf-8") == out.getvalue()


def test_malformed_file_ends_with_status_2_and_one_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("{}")
    with pytest.raises(SystemExit) as end:
        ManagementUtility(["manage.py", "rank_data", str(file)]).execute()
    assert end.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip() == "CommandError: The file lacks the entry 'schema'."


def test_unwritable_target_is_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written") as refusal:
        call_command("rank_data", file, out=tmp_path / "absent" / "ranking.json")
    assert refusal.value.returncode == 2
