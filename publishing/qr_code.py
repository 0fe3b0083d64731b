"""QR codes (ISO/IEC 18004) as SVG for pages and as PNG for mails, black on white whatever the theme."""

import struct
import zlib

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_ZONE = 4
"""Modules of white around the code that the standard asks for."""
PIXELS = 5
"""Width of a module in the PNG; printed from a mail it is still read by phones."""


def modules(text: str) -> list[list[bool]]:
    """Rows of modules, True is dark, with the quiet zone; readable with 15 % of it damaged."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(text: str, label: str) -> SafeString:
    """`label` is what is read out; the picture itself carries no colour but by its class."""
    rows = modules(text)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr-code" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path d="{}"/></svg>',
        label,
        len(rows),
        len(rows),
        path,
    )


def png(text: str) -> bytes:
    """One bit per pixel, 0 is black (PNG, second edition, colour type 0)."""
    rows = modules(text)
    side = len(rows) * PIXELS
    lines = b"".join(_line(row) * PIXELS for row in rows)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _line(row: list[bool]) -> bytes:
    """Filter 0, then the pixels of one line, the first in the highest bit; the last byte is filled with white."""
    bits = "".join(("0" if dark else "1") * PIXELS for dark in row)
    bits += "1" * (-len(bits) % 8)
    return b"\x00" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
