from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def assessment_edit(request: HttpRequest, slug: str, measure_slug: str) -> HttpResponse:
    return render(request, "base.html")
