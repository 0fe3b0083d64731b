import re
import struct
import zlib

import pytest

from publishing.qr_code import PIXELS, QUIET_ZONE, modules, png, svg

ADDRESS = "https://portal.example.org/veranstaltungen/einlass/4711.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ/"
FINDER = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
"""The square in three corners by which a camera finds a code (ISO/IEC 18004, 6.3.3)."""


def corner(rows: list[list[bool]], top: int, left: int) -> list[str]:
    return ["".join(str(int(module)) for module in row[left : left + 7]) for row in rows[top : top + 7]]


def pixels(data: bytes) -> list[list[bool]]:
    """What a program that shows the picture sees: True is black. Checks every chunk on the way."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colour, rest) == (1, 0, [0, 0, 0])
    lines = zlib.decompress(chunks[b"IDAT"])
    step = (width + 7) // 8 + 1
    assert len(lines) == step * height
    rows = []
    for start in range(0, len(lines), step):
        assert lines[start] == 0, "no filter"
        bits = "".join(f"{byte:08b}" for byte in lines[start + 1 : start + step])
        rows.append([bit == "0" for bit in bits[:width]])
    return rows


def test_code_has_its_finders_and_white_around_it() -> None:
    rows = modules(ADDRESS)
    side = len(rows)
    assert all(len(row) == side for row in rows)
    far = side - QUIET_ZONE - 7
    for top, left in ((QUIET_ZONE, QUIET_ZONE), (QUIET_ZONE, far), (far, QUIET_ZONE)):
        assert corner(rows, top, left) == FINDER
    edge = range(QUIET_ZONE)
    assert not any(rows[y][x] or rows[x][y] or rows[side - 1 - y][x] for y in edge for x in range(side))


@pytest.mark.parametrize("text", [ADDRESS, "a", "Grüße aus Görlitz " * 20])
def test_png_shows_every_module_as_a_square(text: str) -> None:
    rows = modules(text)
    shown = pixels(png(text))
    assert len(shown) == len(rows) * PIXELS
    assert shown == [[dark for dark in row for _ in range(PIXELS)] for row in rows for _ in range(PIXELS)]


def test_svg_draws_the_same_modules_and_reads_its_label() -> None:
    rows = modules(ADDRESS)
    drawn = svg(ADDRESS, 'Code für "A & B"')
    found = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn)}
    assert found == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert 'aria-label="Code für &quot;A &amp; B&quot;"' in drawn
    assert "style" not in drawn


def test_another_text_is_another_code() -> None:
    assert modules(ADDRESS) != modules(ADDRESS.replace("4711", "4712"))
