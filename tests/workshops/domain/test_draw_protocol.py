"""Protocols of draws, and manage.py draw_panel FILE, which draws again from one."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import ManagementUtility, call_command

from tests.architecture.test_sizes import ROOT
from workshops.domain.draw_protocol import ProtocolError, protocol_of, read_protocol, replay
from workshops.domain.fair_selection import Person, Quota, draw, lottery


def protocol(seed: int = 11) -> dict[str, Any]:
    groups = "aaaaaaaabbbbbccc"
    people = [Person(number, {"group": group, "district": str(number % 3)}) for number, group in enumerate(groups, 1)]
    quotas = [Quota("group", "a", 1, 2), Quota("group", "c", 1, 3), Quota("district", "0", 2, 3)]
    found = lottery(people, quotas, 6)
    return protocol_of(people, quotas, 6, seed, found, draw(found, seed))


def written(folder: Path, content: object) -> Path:
    file = folder / "protokoll.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_a_draw_is_repeated_from_its_protocol(tmp_path: Path) -> None:
    for seed in range(20):
        given = protocol(seed)
        assert replay(read_protocol(written(tmp_path, given))) == given["drawn"]


def test_what_stands_in_the_protocol_as_drawn_is_not_believed() -> None:
    given = protocol()
    assert replay({**given, "drawn": []}) == given["drawn"]


def test_another_process_with_another_hash_seed_draws_the_same(tmp_path: Path) -> None:
    given = protocol()
    file = written(tmp_path, given)
    for seed, threads in (("0", "1"), ("4711", "2")):
        done = subprocess.run(
            [sys.executable, "manage.py", "draw_panel", file],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
            text=True,
        )
        assert json.loads(done.stdout) == given["drawn"]


def test_the_command_prints_numbers_only(tmp_path: Path) -> None:
    out = StringIO()
    given = protocol()
    call_command("draw_panel", written(tmp_path, given), stdout=out)
    assert json.loads(out.getvalue()) == given["drawn"]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"schema": "ranking/1"}, "The entry 'schema' must be 'fair-selection/1'."),
    ({"places": 0}, "'places' must be a whole number from 1"),
    ({"places": True}, "'places' must be a whole number"),
    ({"places": 17}, "fewer people in the pool than places"),
    ({"seed": "x"}, "'seed' must be a whole number"),
    ({"pool": {}}, "The entry 'pool' must be a list."),
    ({"pool": [1]}, r"pool\[0\] must be an object."),
    ({"pool": [{"number": 1}]}, r"pool\[0\].values must be an object."),
    ({"pool": [{"number": 1, "values": {"group": 3}}]}, "'group' must be a text"),
    ({"pool": [{"number": 1, "values": {}}] * 2, "places": 1, "quotas": []}, "stands in the pool twice"),
    ({"quotas": [{"category": "group", "value": "a", "low": 3, "high": 2}]}, r"quotas\[0\]: the entry 'low' is larger"),
    ({"quotas": [{"category": "group", "value": "c", "low": 4, "high": 5}]}, "The quotas cannot be met by the pool."),
    ({"quotas": [{"value": "a", "low": 1, "high": 2}]}, "'category' must be a text"),
]


@pytest.mark.parametrize(("changed", "sentence"), FAULTS)
def test_a_faulty_protocol_is_refused_with_the_place(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ProtocolError, match=sentence):
        replay({**protocol(), **changed})


@pytest.mark.parametrize("text", ["", "[" * 100_000, '{"places": NaN}', f'{{"seed": {"9" * 5000}}}', "[]", "\udcff"])
def test_a_malformed_file_ends_with_status_2_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "protokoll.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SystemExit) as end:
        ManagementUtility(["manage.py", "draw_panel", str(file)]).execute()
    assert end.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("CommandError: The file")
    assert len(captured.err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="cannot be read: No such file"):
        read_protocol(tmp_path / "absent.json")
