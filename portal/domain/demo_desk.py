"""What the project office of the demonstration works with: contacts that never answered, targets, tags, a selection."""

from typing import Any

import numpy as np

from stakeholders.domain.coverage_target import set_targets, state_of
from stakeholders.domain.note import write_note
from stakeholders.domain.saved_selection import save_selection
from stakeholders.domain.tag import add_tag
from stakeholders.models import District, LegalBasis, Organisation, Stakeholder, StakeholderGroup

CONTACTS = 40
SOURCE = "Adressliste der Auftaktkonferenz (Demonstration)"


def load_demo_desk(data: dict[str, Any], *, actor: Stakeholder, chance: np.random.Generator) -> None:
    contacts = load_contacts(data, chance)
    load_targets(actor, chance)
    for person in contacts[:12]:
        add_tag(about=person, name="Auftaktkonferenz", actor=actor)
    write_note(about=contacts[0], text="Möchte im Herbst angesprochen werden, am besten telefonisch.", author=actor)
    criteria = {"zugang": ["offen"], "schlagwort": ["Auftaktkonferenz"]}
    save_selection(name="Auftaktkonferenz, noch nicht dabei", criteria=criteria, actor=actor)


def load_contacts(data: dict[str, Any], chance: np.random.Generator) -> list[Stakeholder]:
    """From a list of addresses: known by name, but they have never used the portal; some have no e-mail address."""
    organisations = list(Organisation.objects.filter(demo=True))
    districts = list(District.objects.all())
    first, last = data["first_names"], data["last_names"]
    chosen = chance.integers(len(organisations), size=CONTACTS)
    contacts: list[Stakeholder] = Stakeholder.objects.bulk_create(
        Stakeholder(
            email=f"kontakt{number:02d}@demo.example" if number % 8 else None,
            first_name=first[(number * 7) % len(first)],
            last_name=last[(number * 3 + 5) % len(last)],
            group=organisations[place].group,
            district=districts[number % len(districts)],
            organisation=organisations[place] if number % 3 else None,
            origin=Stakeholder.Origin.IMPORT,
            legal_basis=LegalBasis.PUBLIC_TASK,
            source=SOURCE,
            demo=True,
        )
        for number, place in enumerate(chosen)
    )
    return contacts


def load_targets(actor: Stakeholder, chance: np.random.Generator) -> None:
    """One to six active people for most pairs of group and district."""
    districts = list(District.objects.exclude(nuts="").values_list("key", flat=True))
    targets = {
        (group, district): int(chance.integers(1, 7))
        for group in StakeholderGroup.objects.values_list("key", flat=True)
        for district in districts
        if chance.random() < 0.8
    }
    set_targets(targets=targets, seen=state_of({}), actor=actor)
