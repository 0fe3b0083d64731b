import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# What is loaded by now stays until the process ends: nobody need look through it for garbage again and again.
get_resolver().url_patterns  # noqa: B018 (loads all views)
gc.collect()
gc.freeze()
