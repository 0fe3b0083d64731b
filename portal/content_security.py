from csp.constants import NONE, SELF


def content_security_policy(form_targets: list[str]) -> dict[str, dict[str, list[str]]]:
    """Nothing from elsewhere and nothing inline; `form_targets` are foreign origins to which a form may lead."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF, *form_targets],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
        }
    }
