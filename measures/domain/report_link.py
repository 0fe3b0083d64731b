"""Links by which a frozen version can be read without an account: made, found, counted, ended."""

import secrets
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Ranking, ReportLink
from measures.permissions import may_end_link
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder

USUAL_DAYS = 30
MOST_DAYS = 180


@transaction.atomic
def create_link(*, ranking: Ranking, actor: Stakeholder, purpose: str, last_day: date) -> tuple[ReportLink, str]:
    """The link and its secret part, which is kept nowhere: nobody can read it again. Valid until the day is over."""
    days = (last_day - timezone.localdate()).days
    if not 0 <= days <= MOST_DAYS:
        text = _("Der Link kann von heute an höchstens %(days)d Tage gelten. Wählen Sie einen Tag bis zum %(last)s.")
        last = timezone.localdate() + timedelta(days=MOST_DAYS)
        raise Refusal(text % {"days": MOST_DAYS, "last": f"{last:%d.%m.%Y}"}, "last_day")
    token = secrets.token_urlsafe(32)
    link = ReportLink.objects.create(
        ranking=ranking,
        token_hash=hash_of(token),
        purpose=purpose,
        created_by=actor,
        expires_at=timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min)),
    )
    facts: dict[str, object] = {"version": ranking.version, "link": link.pk, "last_day": last_day.isoformat()}
    record(MeasureVerb.REPORT_LINK_CREATED, actor=actor, target=ranking, facts=facts)
    return link, token


@transaction.atomic
def end_link(*, link: ReportLink, actor: Stakeholder) -> None:
    """From now on it opens nothing. Ending it again does nothing."""
    if not may_end_link(actor, link):
        raise Refusal(_("Diesen Link kann nur beenden, wer ihn angelegt hat, oder das Projektbüro."))
    if ReportLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        facts: dict[str, object] = {"version": link.ranking.version, "link": link.pk}
        record(MeasureVerb.REPORT_LINK_REVOKED, actor=actor, target=link.ranking, facts=facts)


def find_link(token: str) -> ReportLink | None:
    """Also one that is over, so that its reader can be told; None for what never was a link."""
    links = ReportLink.objects.select_related("ranking__round")
    heavy = ("ranking__data", "ranking__result", "ranking__labels")
    return links.defer(*heavy).filter(token_hash=hash_of(token)).first()


def note_use(link: ReportLink) -> None:
    """Two at once count as two."""
    ReportLink.objects.filter(pk=link.pk).update(used_count=F("used_count") + 1, used_at=timezone.now())


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
