from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stakeholders.permissions import current
from theses.domain.shares import hide_shares
from theses.models import Thesis


@admin.action(description=_("Ergebnis für alle sofort zeigen"))
def show_shares(model_admin: admin.ModelAdmin[Thesis], request: HttpRequest, theses: QuerySet[Thesis]) -> None:
    _set(model_admin, request, theses, hides=False)


@admin.action(description=_("Ergebnis erst nach eigener Haltung zeigen"))
def show_shares_after_answer(
    model_admin: admin.ModelAdmin[Thesis], request: HttpRequest, theses: QuerySet[Thesis]
) -> None:
    _set(model_admin, request, theses, hides=True)


def _set(model_admin: admin.ModelAdmin[Thesis], request: HttpRequest, theses: QuerySet[Thesis], *, hides: bool) -> None:
    for thesis in theses:
        hide_shares(thesis=thesis, actor=current(request), hides=hides)
    text = ngettext("Bei %(number)d These gespeichert.", "Bei %(number)d Thesen gespeichert.", len(theses))
    model_admin.message_user(request, text % {"number": len(theses)}, messages.SUCCESS)
