from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def measure_list(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def measure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "base.html")
