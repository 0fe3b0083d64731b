import re

import pytest

from embedded.home import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_names_no_host_and_hashes_every_package(lock: object) -> None:
    text = (ROOT / "requirements" / getattr(lock, "name", "")).read_text()
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9][^\n=]*==", text, flags=re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", text) if "==" in block)
