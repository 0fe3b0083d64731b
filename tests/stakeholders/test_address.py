from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from stakeholders.address import address


def test_address_follows_the_language_of_the_page() -> None:
    for language in ("de", "en", "de"):
        with override(language):
            assert address("measures:measure_detail", "tgz") == reverse("measures:measure_detail", args=["tgz"])
            assert address("measures:measure_detail", slug="tgz") == address("measures:measure_detail", "tgz")
    with override("de"):
        german = address("measures:measure_detail", "tgz")
    with override("en"):
        assert address("measures:measure_detail", "tgz") != german


def test_address_follows_the_folder_that_the_portal_is_served_from() -> None:
    with override("de"):
        before = address("measures:measure_list")
        set_script_prefix("/portal/")
        try:
            assert address("measures:measure_list") == f"/portal{before}"
        finally:
            set_script_prefix("/")
        assert address("measures:measure_list") == before
