"""What would happen to each row of a list of contacts. Reads the database and writes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.domain.contact_columns import COLUMNS, LONGEST_TAG, label
from stakeholders.domain.contact_file import ContactRow
from stakeholders.domain.contact_organisations import Organisations, read_organisations
from stakeholders.domain.contact_words import (
    Misfit,
    Vocabulary,
    day_of,
    interests_of,
    language_of,
    parts,
    read_vocabulary,
)
from stakeholders.domain.table_file import quoted
from stakeholders.models import LegalBasis, Stakeholder

TEXTS = ("first_name", "last_name", "form_of_address", "function")
FILLED = ("first_name", "form_of_address", "function", "organisation", "group", "district")
"""What a known person who has not used the account yet gets where nothing stands so far."""


class Outcome(models.TextChoices):
    CREATED = "created", gettext_lazy("neu")
    MATCHED = "matched", gettext_lazy("bekannt, wird ergänzt")
    UNCHANGED = "unchanged", gettext_lazy("bekannt, nichts Neues")
    REFUSED = "refused", gettext_lazy("abgelehnt")


@dataclass
class Plan:
    """One row as it would be written. `fills` are the keys of what an already known `person` would get."""

    line: int
    outcome: Outcome = Outcome.REFUSED
    reasons: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    email: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    organisation_name: str = ""
    organisation: int | None = None
    group: int | None = None
    district: int | None = None
    language: str = "de"
    tags: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()
    interests: tuple[str, ...] = ()
    consent_on: date | None = None
    person: Stakeholder | None = None
    fills: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    people: dict[str, Stakeholder]
    words: Vocabulary
    organisations: Organisations


def plan_rows(
    rows: list[ContactRow],
    *,
    basis: str,
    suggest: bool = True,
    lock: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
    remarks: list[str] | None = None,
) -> list[Plan]:
    """In the order of the rows; the number of queries does not grow with them. `remarks` gets those on the whole list.

    With `lock` the known people stay as they are until the transaction ends; `suggest` looks for organisations that
    are written alike.
    """
    emails = [row.values.get("email", "").lower() for row in rows]
    names = {row.values["organisation"] for row in rows if "organisation" in row.values}
    known = _Known(_people(emails, lock=lock), read_vocabulary(), read_organisations(names, suggest=suggest))
    if known.organisations.unasked and remarks is not None:
        sentence = _("Bei %(number)d neuen Organisationen wurde nicht nach ähnlichen Namen gesucht: Es sind zu viele.")
        remarks.append(sentence % {"number": known.organisations.unasked})
    first_lines: dict[str, int] = {}
    plans = []
    for number, (row, email) in enumerate(zip(rows, emails, strict=True), start=1):
        plan = _plan(row, email, basis, known)
        if email and email in first_lines:
            plan.reasons.append(_("Diese E-Mail-Adresse steht schon in Zeile %(line)d.") % {"line": first_lines[email]})
        first_lines.setdefault(email, row.line)
        _conclude(plan, known)
        plans.append(plan)
        if number % 500 == 0:
            progress(number)
    return plans


def _people(emails: list[str], *, lock: bool) -> dict[str, Stakeholder]:
    """By every address that is proved to be theirs."""
    wanted = sorted({email for email in emails if email})
    proved = EmailAddress.objects.filter(verified=True).alias(lower=Lower("email")).filter(lower__in=wanted)
    others = {email.lower(): number for email, number in proved.values_list("email", "user_id")}
    people = Stakeholder.objects.alias(lower=Lower("email"))
    found = people.filter(models.Q(lower__in=wanted) | models.Q(pk__in=set(others.values()))).order_by("pk")
    found = found.prefetch_related("tags", "topics").select_related("organisation", "group", "district")
    by_number = {person.pk: person for person in (found.select_for_update(of=("self",)) if lock else found)}
    by_email = {person.mail_address.lower(): person for person in by_number.values() if person.email}
    return {**{email: by_number[number] for email, number in others.items()}, **by_email}


def _plan(row: ContactRow, email: str, basis: str, known: _Known) -> Plan:
    values = row.values
    plan = Plan(row.line, reasons=list(row.faults), email=email)
    plan.texts = {key: values.get(key, "") for key in TEXTS}
    _check_identity(plan)
    _check_basis(plan, values, basis)
    for column, read in (
        ("group", lambda text: known.words.one("group", text)),
        ("district", lambda text: known.words.one("district", text)),
        ("language", language_of),
        ("topics", known.words.several_topics),
        ("interests", interests_of),
        ("tags", _tags),
        ("consent_on", day_of),
    ):
        try:
            setattr(plan, column, read(values.get(column, "")))
        except Misfit as misfit:
            plan.reasons.append(str(misfit))
    plan.organisation_name = values.get("organisation", "")
    plan.organisation = known.organisations.number(plan.organisation_name)
    return plan


def _check_identity(plan: Plan) -> None:
    if not plan.texts["last_name"]:
        plan.reasons.append(_("Der Nachname fehlt."))
    if not plan.email:
        plan.reasons.append(
            _("Die E-Mail-Adresse fehlt. Personen ohne Adresse erfassen Sie einzeln unter »Person erfassen«.")
        )
        return
    try:
        validate_email(plan.email)
    except ValidationError:
        plan.reasons.append(_("»%(value)s« ist keine E-Mail-Adresse.") % {"value": plan.email[:80]})


def _check_basis(plan: Plan, values: dict[str, str], basis: str) -> None:
    """What the legal basis of the list does not cover is not taken over, and so is its row."""
    if basis == LegalBasis.CONSENT:
        if not values.get("consent_on"):
            plan.reasons.append(_("»Einwilligung am« fehlt. Ohne den Tag lässt sich die Einwilligung nicht belegen."))
        return
    uncovered = [column.label for column in COLUMNS if column.needs_consent and values.get(column.key)]
    if uncovered:
        plan.reasons.append(
            _("%(columns)s: nur mit Einwilligung. Die gewählte Rechtsgrundlage deckt das nicht.")
            % {"columns": quoted(uncovered)}
        )


def _tags(text: str) -> tuple[str, ...]:
    names = parts(text)
    if any(len(name) > LONGEST_TAG for name in names):
        raise Misfit(_("Ein Schlagwort ist zu lang. Möglich sind %(length)d Zeichen.") % {"length": LONGEST_TAG})
    return tuple(names)


def _conclude(plan: Plan, known: _Known) -> None:
    """What happens, once everything that stands against it is known."""
    plan.person = known.people.get(plan.email)
    person = plan.person
    if person and not person.is_active:
        plan.reasons.append(_("Das Konto mit dieser E-Mail-Adresse ist gesperrt."))
    if plan.reasons:
        return
    plan.fills = _fills(plan, person) if person else ()
    if person is None:
        plan.outcome = Outcome.CREATED
    elif plan.fills:
        plan.outcome = Outcome.MATCHED
        plan.remarks.append(_("Ergänzt: %(names)s.") % {"names": quoted(label(key) for key in plan.fills)})
    else:
        plan.outcome = Outcome.UNCHANGED
    similar = known.organisations.similar(plan.organisation_name)
    if similar and needs_organisation(plan):
        remark = _("Die Organisation wird neu angelegt. Ähnlich heißt: »%(name)s«.")
        plan.remarks.append(remark % {"name": similar})


def needs_organisation(plan: Plan) -> bool:
    """Whether writing this row would create an organisation."""
    is_used = plan.outcome == Outcome.CREATED or "organisation" in plan.fills
    return bool(is_used and plan.organisation_name and plan.organisation is None)


def _fills(plan: Plan, person: Stakeholder) -> tuple[str, ...]:
    """What is empty so far; of somebody who uses the account only the office's own words, the rest is theirs to say."""
    tags = ("tags",) if set(plan.tags) - {tag.name for tag in person.tags.all()} else ()
    if person.is_claimed or person.role != Stakeholder.Role.STAKEHOLDER:
        plan.remarks.append(_("Die Person nutzt ihren Zugang selbst. Übernommen werden nur Schlagwörter."))
        return tags
    offered = {**plan.texts, "organisation": plan.organisation_name, "group": plan.group, "district": plan.district}
    fills = [key for key in FILLED if offered[key] and not getattr(person, key)]
    kept = [label(key) for key in ("last_name", *FILLED) if _differs(plan, person, key)]
    if kept:
        plan.remarks.append(_("Bleibt, wie es ist: %(names)s.") % {"names": quoted(kept)})
    if set(plan.topics) - {topic.pk for topic in person.topics.all()}:
        fills.append("topics")
    if any(name for name in plan.interests if not getattr(person, name, False)):
        fills.append("interests")
    return (*fills, *tags)


def _differs(plan: Plan, person: Stakeholder, key: str) -> bool:
    """Whether the list says something else than what is stored."""
    if key in ("group", "district", "organisation"):
        offered, stored = getattr(plan, key), getattr(person, f"{key}_id")
        is_new = key == "organisation" and bool(plan.organisation_name) and offered is None
        return bool(stored) and (is_new or (offered is not None and offered != stored))
    return bool(getattr(person, key)) and bool(plan.texts[key]) and getattr(person, key) != plan.texts[key]
