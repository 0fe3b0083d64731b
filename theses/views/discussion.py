from collections.abc import Container

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from theses.domain.discussion import FURTHEST, GROUPS, ORDERS, part_of
from theses.models import Contribution, Follow, Thesis
from theses.permissions import may_answer, may_contribute, may_mark_helpful

FIRST_KIND = {
    "": Contribution.Kind.PRO,
    "fragen": Contribution.Kind.QUESTION,
    "erfahrungen": Contribution.Kind.EXPERIENCE,
}


def discussion(request: HttpRequest, thesis: Thesis) -> dict[str, object]:
    """What theses/discussion.html shows. The address names group, order and part; an unknown word is the first."""
    if not thesis.is_public:
        return {}
    user = request.user
    group = _known(request.GET.get("beitraege", ""), GROUPS)
    order = _known(request.GET.get("reihenfolge", ""), ORDERS)
    part = part_of(thesis, user, group=group, order=order, number=_number(request.GET.get("teil", "")))
    return {
        "part": part,
        "tabs": [
            {"label": label, "count": part.counts[name], "link": link(thesis, name, order), "here": name == group}
            for name, label in group_labels().items()
        ],
        "orders": [
            {"label": label, "link": link(thesis, group, name), "here": name == order}
            for name, label in order_labels().items()
        ],
        "group": group,
        "first_kind": FIRST_KIND[group],
        "more_link": link(thesis, group, order, part.number + 1) if part.has_more else "",
        "start_link": link(thesis, group, order),
        "follows": user.is_authenticated and Follow.objects.filter(thesis=thesis, person=user).exists(),
        **rights(request, thesis),
    }


def rights(request: HttpRequest, thesis: Thesis) -> dict[str, object]:
    """What stands beside a contribution for this visitor."""
    return {
        "may_contribute": may_contribute(request.user, thesis),
        "may_answer": may_answer(request.user, thesis),
        "may_mark": may_mark_helpful(request.user, thesis),
    }


def group_labels() -> dict[str, str]:
    return {"": _("Pro und Contra"), "fragen": _("Fragen"), "erfahrungen": _("Erfahrungen")}


def order_labels() -> dict[str, str]:
    return {"": _("neueste"), "hilfreich": _("hilfreichste"), "unbeantwortet": _("unbeantwortete")}


def link(thesis: Thesis, group: str, order: str = "", number: int = 1) -> str:
    """The shortest address of this view of the discussion."""
    named = {"beitraege": group, "reihenfolge": order, "teil": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{thesis.get_absolute_url()}{'?' if query else ''}{query}#diskussion"


def _known(word: str, words: Container[str]) -> str:
    return word if word in words else ""


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return 1
    return min(max(int(text), 1), FURTHEST)
