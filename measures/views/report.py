from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def results(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def report_list(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def report_detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    return render(request, "base.html")


def report_download(request: HttpRequest, slug: str, version: int, extension: str) -> HttpResponse:
    return render(request, "base.html")
