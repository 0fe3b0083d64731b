"""The settings of production, with one more address: the calibration view."""

from portal.settings import *  # noqa: F403
from portal.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
