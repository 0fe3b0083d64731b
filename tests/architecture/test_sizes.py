"""A file one can hold in the head: the caps of the house."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 300
FUNCTION_LINES = 50
VIEW_LINES = 25
TEMPLATE_LINES = 120
FRAME_LINES = 80


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_tree_is_read() -> None:
    assert len(python_files()) > 50


def test_no_python_file_is_longer_than_the_cap() -> None:
    long = {str(p.relative_to(ROOT)): n for p in python_files() if (n := len(p.read_text().splitlines())) > FILE_LINES}
    assert long == {}


def test_no_function_is_longer_than_the_cap() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": length(node)
        for path in python_files()
        for node in functions(path)
        if length(node) > FUNCTION_LINES
    }
    assert long == {}


def test_no_view_is_longer_than_the_cap() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": length(node)
        for path in tracked("*/views/*.py")
        for node in functions(path)
        if length(node) > VIEW_LINES
    }
    assert long == {}


def test_settings_fit_in_one_file() -> None:
    assert len((ROOT / "portal" / "settings.py").read_text().splitlines()) <= 250


def test_no_template_is_longer_than_the_cap() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("templates/*.html", "templates/*.txt")
        if (lines := len(path.read_text().splitlines())) > (FRAME_LINES if path.name == "base.html" else TEMPLATE_LINES)
    }
    assert long == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "base", "manager", "service", "handler"])
def test_no_room_without_a_meaning(name: str) -> None:
    assert [path for path in python_files() if path.stem == name or name in path.parent.parts[-2:]] == []
