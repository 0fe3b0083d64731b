from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stance_take(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return render(request, "base.html")
