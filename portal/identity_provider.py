from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

PROVIDER_ID = "zentral"
"""Part of the addresses that are entered at the provider, `/konto/oidc/zentral/login/callback/`: it stays."""


def openid_connect(env: Env) -> dict[str, dict[str, Any]]:
    """What the environment says about a provider of OpenID Connect, as allauth reads it; empty without OIDC_ISSUER."""
    issuer = env.str("OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    client_id, secret = env.str("OIDC_CLIENT_ID", ""), env.str("OIDC_CLIENT_SECRET", "")
    if not client_id or not secret:
        raise ImproperlyConfigured("Mit OIDC_ISSUER müssen auch OIDC_CLIENT_ID und OIDC_CLIENT_SECRET gesetzt sein.")
    app = {
        "provider_id": PROVIDER_ID,
        "name": env.str("OIDC_NAME", "") or urlsplit(issuer).netloc,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def form_targets(env: Env) -> list[str]:
    """Where the button of the provider leads: browsers hold a form's redirects to the Content-Security-Policy too.

    OIDC_AUTHORIZATION_ORIGIN names a host for the page of sign-in that is not the issuer's.
    """
    addresses = (env.str("OIDC_ISSUER", ""), env.str("OIDC_AUTHORIZATION_ORIGIN", ""))
    return [f"{parts.scheme}://{parts.netloc}" for address in addresses if (parts := urlsplit(address)).netloc]
