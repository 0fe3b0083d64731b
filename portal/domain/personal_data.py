"""What all apps together know about a person; each app answers for its own models in its privacy.py."""

from collections.abc import Callable

from measures import privacy as measures_privacy
from stakeholders import privacy as stakeholders_privacy
from stakeholders.domain.personal_data import Fact
from stakeholders.models import Stakeholder
from theses import privacy as theses_privacy
from workshops import privacy as workshops_privacy

PARTS = (workshops_privacy, theses_privacy, measures_privacy, stakeholders_privacy)
"""From above downwards: events lock first, and the person itself goes last."""


def collect(person: Stakeholder, *, tell: Callable[[int], None] | None = None) -> dict[str, object]:
    """The parts of all apps by the apps' names; `tell` hears after each how much is done, in per cent."""
    found: dict[str, object] = {}
    for place, part in enumerate(reversed(PARTS), start=1):
        found[part.__name__.split(".")[0]] = part.collect(person)
        if tell:
            tell(90 * place // len(PARTS))
    return found


def statement(person: Stakeholder) -> list[Fact]:
    """What a deletion does; only what there is, and what is deleted first."""
    facts = [fact for part in reversed(PARTS) for fact in part.statement(person) if fact.count]
    return sorted(facts, key=lambda fact: fact.kept)


def erase_everywhere(person: Stakeholder) -> None:
    """Inside one transaction; see `erasure.erase_account` for what must be asked before."""
    for part in PARTS:
        part.erase(person)
