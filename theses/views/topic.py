from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Topic
from stakeholders.paging import page_of
from stakeholders.permissions import complete_profile_required, current
from theses.domain.topic_proposal import propose_topic
from theses.forms.topic_proposal import TopicProposalForm
from theses.models import Thesis


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """Every topic with the number of published theses that stand under it."""
    listed = Count("theses", filter=Q(theses__state__in=Thesis.LISTED_STATES))
    topics = Topic.objects.annotate(number=listed).order_by("position", "name")
    return render(request, "theses/topic_list.html", {"page_obj": page_of(topics, request.GET.get("page"))})


@require_http_methods(["GET", "HEAD", "POST"])
@complete_profile_required
def topic_propose(request: HttpRequest) -> HttpResponse:
    form = TopicProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            propose_topic(author=current(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Danke. Das Projektbüro prüft Ihren Vorschlag und antwortet Ihnen per E-Mail."))
            return redirect("theses:topic_list")
    return render(request, "theses/topic_propose.html", {"form": form}, status=422 if form.errors else 200)
