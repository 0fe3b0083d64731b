import pytest

from stakeholders.templatetags.browser import browser

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome auf Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/140.0.0.0", "Edge auf Windows"),
        (f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {CHROME}", "Chrome auf Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox auf Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
            "Safari auf iPhone",
        ),
        ("curl/8.5", "curl/8.5"),
        ("", "Unbekannter Browser"),
    ],
)
def test_browser_is_named_as_its_owner_would(user_agent: str, shown: str) -> None:
    assert browser(user_agent) == shown


def test_a_long_name_is_cut() -> None:
    assert len(browser("x" * 200)) == 80
