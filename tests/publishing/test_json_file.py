import json

import pytest

from publishing.json_file import canonical_json, document_json
from tests.publishing import samples


def test_equal_data_are_equal_bytes() -> None:
    assert canonical_json({"b": 1, "a": [0.1, "ä"]}) == canonical_json({"a": [0.1, "ä"], "b": 1})
    assert "ä".encode() in canonical_json("ä")


def test_doubles_survive_exactly() -> None:
    values = [0.1 + 0.2, 1 / 3, 1e-300, 71.23456789012345]
    assert json.loads(canonical_json(values)) == values


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(value)


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="no place in JSON"):
        canonical_json(object())


def test_document_tells_its_schema_sections_and_columns() -> None:
    content = json.loads(document_json(samples.sample_document()))
    assert content["schema"] == "document/1"
    assert content["date"] == "2027-03-09"
    assert content["sections"][0]["tables"] == ["participation"]
    assert content["sections"][1]["tables"] == ["ranking"]
    assert content["tables"]["ranking"]["columns"][2] == {"key": "score", "kind": "decimal", "label": "Wert"}
