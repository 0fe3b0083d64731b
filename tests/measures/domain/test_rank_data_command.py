"""manage.py rank_data FILE [--out FILE]"""

import gzip
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, ManagementUtility, call_command

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_output import ranking_json
from tests.measures.domain.ranking_samples import sample
from tests.measures.domain.test_ranking_output import document_of

ROOT = Path(__file__).parents[3]


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


def test_compressed_file_gives_the_same_ranking(file: Path) -> None:
    packed = file.with_name("ratings.json.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    plain, compressed = StringIO(), StringIO()
    call_command("rank_data", file, stdout=plain)
    call_command("rank_data", packed, stdout=compressed)
    assert compressed.getvalue() == plain.getvalue()


DAMAGED = {
    "only its beginning": b"\x1f\x8b",
    "no gzip after all": b"\x1f\x8bnonsense that is no gzip",
    "cut short": gzip.compress(b"{}" * 999, mtime=0)[:-9],
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_compressed_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ratings.json.gz"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="damaged or cut short") as refusal:
        call_command("rank_data", path, stdout=StringIO())
    assert refusal.value.returncode == 2


def test_full_disk_leaves_no_half_of_a_ranking(file: Path, tmp_path: Path) -> None:
    """A process that may write no file of more than 1,000 bytes meets the end of its space in the middle."""
    out = tmp_path / "ranking.json"
    program = (
        "import resource, sys\n"
        "from django.core.management import execute_from_command_line\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "execute_from_command_line(sys.argv)\n"
    )
    arguments = [sys.executable, "-B", "-c", program, "rank_data", str(file), "--out", str(out)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "cannot be written: File too large." in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
