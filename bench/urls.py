from django.urls import path

from bench.views import calibration, insert
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_addresses

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/calibration/", calibration),
    path("bench/insert/<slug:slug>/", insert),
    *portal_addresses,
]
