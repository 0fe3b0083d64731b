import pytest

from theses.domain.opinions import Answers
from theses.reports.ground import ground_of

NAMES = {1: "Industrie", 2: "Wissenschaft", 3: "Kammern"}


def test_ground_of_a_consensus_tells_the_floor() -> None:
    ground = ground_of({1: Answers(agree=20), 2: Answers(agree=19, passed=1)}, NAMES)
    assert ground.name == "Konsens: Zustimmung"
    assert "in jeder dieser Gruppen mindestens 80 % zu." in ground.sentences[1].replace("\xa0", " ").replace(
        "\u202f", " "
    )
    assert "bei Industrie (100" in ground.sentences[2]
    assert ground.sentences[3].endswith("kaum jemand auf der kleineren Seite.")


def test_ground_of_a_rejection_tells_how_many_reject() -> None:
    ground = ground_of({1: Answers(disagree=20), 2: Answers(disagree=20)}, NAMES)
    assert ground.name == "Konsens: Ablehnung"
    assert "lehnen in jeder" in ground.sentences[1]
    assert ground.sentences[2] == "Zwischen den Gruppen gibt es keinen Unterschied."


def test_ground_of_two_opposed_groups_names_both() -> None:
    ground = ground_of({1: Answers(agree=20), 2: Answers(disagree=20)}, NAMES)
    assert ground.name == "strittig zwischen Gruppen"
    assert "bei Industrie (100" in ground.sentences[1]
    assert "bei Wissenschaft (0" in ground.sentences[1]


@pytest.mark.parametrize(("agree", "disagree", "name"), [(10, 10, "strittig innerhalb der Gruppen"), (6, 2, "offen")])
def test_ground_of_groups_that_are_alike(agree: int, disagree: int, name: str) -> None:
    answers = Answers(agree=agree, disagree=disagree, neutral=12 - min(12, agree + disagree))
    assert ground_of({1: answers, 2: answers}, NAMES).name == name


def test_ground_of_few_answers_says_what_is_missing() -> None:
    ground = ground_of({1: Answers(agree=20), 2: Answers(agree=9), None: Answers(agree=30)}, NAMES)
    assert ground.name == "zu wenige Antworten"
    assert len(ground.sentences) == 1


def test_ground_of_a_group_with_a_small_cell_does_not_tell_it() -> None:
    shown: dict[int | None, Answers] = {1: Answers(agree=12), 2: Answers(agree=12)}
    assert ground_of({**shown, 3: Answers(disagree=4)}, NAMES) == ground_of(shown, NAMES)
