from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from theses.domain.follow import end_digest, follow, resume_digest, unfollow
from theses.follow_links import find_digest_reader, find_following
from theses.models import DigestEnd, Thesis


@require_POST
def thesis_follow(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thesis = get_object_or_404(Thesis.objects.visible_to(request.user), pk=pk)
    if not request.user.is_authenticated:
        return redirect_to_login(thesis.get_absolute_url())
    try:
        if request.POST.get("value") == "0":
            unfollow(thesis=thesis, person=current(request))
            messages.success(request, _("Sie folgen dieser These nicht mehr."))
        else:
            follow(thesis=thesis, person=current(request))
            text = _(
                "Sie folgen dieser These. Neue Beiträge bekommen Sie höchstens einmal am Tag per E-Mail, Antworten des "
                "Projektbüros sofort."
            )
            messages.success(request, text)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(f"{thesis.get_absolute_url()}#folgen")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_end(request: HttpRequest, token: str) -> HttpResponse:
    """The signed link is the permission: mail programs post here without cookie and form (RFC 8058), and follow no
    redirect. Opening it changes nothing, because programs that scan mails open links."""
    following = find_following(token)
    if following is None:
        return render(request, "theses/follow_link_unknown.html", status=404)
    if request.method == "POST" and following.follow:
        unfollow(thesis=following.thesis, person=following.follow.person)
        following = replace(following, follow=None)
    return render(request, "theses/follow_end.html", {"following": following, "thesis": following.thesis})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest_choice(request: HttpRequest, token: str) -> HttpResponse:
    """As `follow_end`, for the whole daily summary; the button that takes it up again sends `value`."""
    person = find_digest_reader(token)
    if person is None:
        return render(request, "theses/follow_link_unknown.html", status=404)
    if request.method == "POST" and request.POST.get("value") == "1":
        resume_digest(person=person)
    elif request.method == "POST":
        end_digest(person=person)
    context = {"ended": DigestEnd.objects.filter(person=person).exists()}
    return render(request, "theses/digest_choice.html", context)
