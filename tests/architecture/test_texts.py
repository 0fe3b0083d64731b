"""No text without its English translation, nothing that a strict Content-Security-Policy would stop."""

import re

import pytest

from portal.translations import found_messages, missing_messages
from tests.architecture.test_sizes import ROOT, tracked

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
ADDRESS = re.compile("://")


def test_texts_are_found() -> None:
    assert len(list(found_messages())) > 200


def test_every_text_has_an_english_translation() -> None:
    assert missing_messages() == []


def test_pages_have_no_inline_style_or_script() -> None:
    pages = [path for path in tracked("templates/*.html", "publishing/*.html") if "mails" not in path.parts]
    found = {str(path.relative_to(ROOT)): INLINE.findall(path.read_text(encoding="utf-8")) for path in pages}
    assert {name: what for name, what in found.items() if what} == {}


def test_pages_load_nothing_from_elsewhere() -> None:
    """Links may lead elsewhere; what the browser fetches by itself may not."""
    loading = re.compile(
        r"""(?:<(?:script|img|link|iframe|source)[^>]*(?:src|href)|url\()\s*=?\s*["']?https?://""", re.IGNORECASE
    )
    pages = tracked("templates/*.html", "static/css/*.css", "publishing/*.html")
    assert [str(path) for path in pages if loading.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", ["requirements/runtime.txt", "requirements/dev.txt", "requirements/peer.txt"])
def test_locks_name_no_host_and_hash_everything(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*(?:\n[^\n]*)?", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
