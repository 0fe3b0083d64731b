from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "base.html")
