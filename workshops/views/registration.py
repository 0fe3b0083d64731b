from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def registration_create(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "base.html")


def registration_manage(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "base.html")
