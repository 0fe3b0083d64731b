"""The page in the administration where an issue of the newsletter is looked at and sent."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from publishing.markdown import render_markdown
from stakeholders.domain.newsletter import send_newsletter, send_test
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Newsletter, Subscription
from stakeholders.permissions import current


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Looking sends nothing; one button sends to oneself, the other to everybody who confirmed."""
    newsletter = get_object_or_404(Newsletter, pk=pk)
    if request.method == "POST":
        carry_out(request, newsletter)
        return redirect("admin:stakeholders_newsletter_desk", pk)
    versions = [("de", newsletter.subject, newsletter.body), ("en", newsletter.subject_en, newsletter.body_en)]
    context = {
        **admin.site.each_context(request),
        "title": _("Rundbrief ansehen und senden"),
        "opts": Newsletter._meta,
        "newsletter": newsletter,
        "versions": [(code, subject, render_markdown(body)) for code, subject, body in versions if body],
        "confirmed": Subscription.objects.confirmed().count(),
        "states": Newsletter.State,
    }
    return render(request, "stakeholders/admin/newsletter_desk.html", context)


def carry_out(request: HttpRequest, newsletter: Newsletter) -> None:
    try:
        if request.POST.get("action") == "test":
            send_test(newsletter=newsletter, actor=current(request))
            messages.success(request, _("Die Testnachricht ist unterwegs zu Ihnen."))
        elif request.POST.get("action") == "send":
            number = send_newsletter(newsletter=newsletter, actor=current(request))
            sentence = ngettext("Der Rundbrief geht an %(n)d Adresse.", "Der Rundbrief geht an %(n)d Adressen.", number)
            messages.success(request, sentence % {"n": number})
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
