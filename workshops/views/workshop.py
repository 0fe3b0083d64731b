from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def workshop_list(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def workshop_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "base.html")
