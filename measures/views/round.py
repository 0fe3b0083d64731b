from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "base.html")
