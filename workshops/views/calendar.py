from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def calendar_feed(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def workshop_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "base.html")
