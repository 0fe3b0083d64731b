"""A provider of OpenID Connect in a process of its own: allauth's, on a database in one file.

    python -m tests.identity_provider PORT FOLDER ADDRESS_OF_THE_PORTAL

Its people sign in with PASSWORD. Prints "ready" when it listens.
"""

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

CLIENT_ID, CLIENT_SECRET = "portal", "geheimnis-des-portals"
PASSWORD = "kennwort-beim-anbieter"
PEOPLE = {"vera": True, "ulf": False}
"""Names with an address under ORGANISATION, and whether the provider has verified it."""
ORGANISATION = "verband.example"
CALLBACK = "/konto/oidc/zentral/login/callback/"


def configure(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.configure(
        SECRET_KEY="anbieter" * 8,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.identity_provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ACCOUNT_EMAIL_VERIFICATION="none",
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        USE_TZ=True,
    )
    django.setup()


def fill(portal: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    call_command("migrate", verbosity=0)
    client = Client(id=CLIENT_ID, name="Portal", skip_consent=True, scopes="openid\nprofile\nemail")
    client.set_secret(CLIENT_SECRET)
    client.set_redirect_uris([portal + CALLBACK])
    client.save()
    for name, verified in PEOPLE.items():
        email = f"{name}@{ORGANISATION}"
        person = User.objects.create_user(name, email, PASSWORD, first_name=name.title(), last_name="Verband")
        EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        pass


def main(port: int, folder: Path, portal: str) -> None:
    configure(folder)
    fill(portal)
    with make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
