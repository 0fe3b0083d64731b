from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def thesis_list(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def thesis_submit(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def thesis_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return render(request, "base.html")


def thesis_revise(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return render(request, "base.html")
