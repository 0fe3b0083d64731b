"""Who may do what with rounds and rankings; one predicate per action."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse

from measures.models import AssessmentRound, Ranking, ReportLink
from stakeholders.models import Stakeholder
from stakeholders.permissions import View, complete_profile_required, is_project_office, may_read_reports, may_take_part


def is_rater(user: Stakeholder | AnonymousUser) -> bool:
    """Stakeholders rate; the project office and the ministry, who ask and who decide, do not."""
    return user.is_authenticated and not user.is_staff and user.role == Stakeholder.Role.STAKEHOLDER


def may_rate(user: Stakeholder | AnonymousUser, assessment_round: AssessmentRound) -> bool:
    return is_rater(user) and may_take_part(user) and assessment_round.is_open


def may_freeze(user: Stakeholder | AnonymousUser, assessment_round: AssessmentRound) -> bool:
    return is_project_office(user) and assessment_round.is_over


def may_have_ratings(user: Stakeholder | AnonymousUser, ranking: Ranking) -> bool:
    """The anonymised ratings behind a ranking: everybody only where they tell of no few people."""
    return may_read_reports(user) or (ranking.published and bool(ranking.labels.get("open_data")))


def may_end_link(user: Stakeholder | AnonymousUser, link: ReportLink) -> bool:
    """The ministry ends its own links, the project office all of them."""
    return is_project_office(user) or (may_read_reports(user) and link.created_by_id == user.pk)


def raters_only(view: View) -> View:
    """A guest is led to sign in, somebody without group or district to their profile; staff gets 404."""
    with_profile = complete_profile_required(view)

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_rater(request.user):
            raise Http404
        return with_profile(request, *args, **kwargs)

    return guarded
