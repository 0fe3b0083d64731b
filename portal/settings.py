"""Everything comes from the environment; a missing value refuses to start with a sentence that names it."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from portal.content_security import content_security_policy
from portal.identity_provider import form_targets, openid_connect
from portal.log import logging_to_console
from portal.periods import PERIODS
from portal.schedule import SCHEDULE

# Lets classes like ModelForm carry their type in brackets at run time too.
django_stubs_ext.monkeypatch()

# Many small matrices: threads of their own would cost more than they bring, beside several workers even more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()


def required(name: str, meaning: str) -> str:
    """A setting without a default, because a wrong guess would be unsafe."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"Die Umgebungsvariable {name} fehlt: {meaning}.")
    return value


SECRET_KEY = required("SECRET_KEY", "ein langer zufälliger Wert, der Sitzungen und Einladungslinks unterschreibt")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
SITE_URL = required("SITE_URL", "die öffentliche Adresse des Portals, zum Beispiel https://portal.example").rstrip("/")
REDIS_URL = required("REDIS_URL", "die Adresse von Valkey oder Redis")
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("PORTAL_DEMO", False)
PORTAL_HOME = Path(env.str("PORTAL_HOME", str(BASE_DIR / ".local"))).absolute()
SOFTWARE_VERSION = "0.1.0"

SECURE = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
# Browsers bind passkeys to a name and refuse a number: on one's own machine they work at http://localhost.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST, *(["localhost"] if SITE_HOST == "127.0.0.1" else [])])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])

INSTALLED_APPS = [
    "portal",
    "workshops",
    "theses",
    "measures",
    "stakeholders",
    "publishing",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.refusals",
    "portal.middleware.second_factor",
]

# Who changed what is kept with the history of a row; a page that is only read changes nothing.
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["kern"]
CRISPY_TEMPLATE_PACK = "kern"

DATABASES = {
    "default": {
        **dj_database_url.parse(
            required("DATABASE_URL", "die Adresse von PostgreSQL"),
            conn_max_age=60,
            conn_health_checks=True,
            # The choices of a form would else be fetched in three steps; nothing here is too large for one.
            disable_server_side_cursors=True,
        ),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "portal.cache.ForgivingRedisCache", "LOCATION": REDIS_URL, "OPTIONS": {"socket_timeout": 1}},
    # Parts of the frame that are the same on many pages; each process draws them once and keeps them until it ends.
    "frame": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

AUTH_USER_MODEL = "stakeholders.Stakeholder"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"

ACCOUNT_ADAPTER = "stakeholders.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "stakeholders.forms.signup.PrivacyNoticeForm"
ACCOUNT_FORMS = {"signup": "allauth.account.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "stakeholders.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "stakeholders.forms.second_factor.SecondFactorForm",
    "reauthenticate": "stakeholders.forms.second_factor.ConfirmingSecondFactorForm",
    "add_webauthn": "stakeholders.forms.second_factor.PasskeyForm",
    "signup_webauthn": "stakeholders.forms.second_factor.FirstPasskeyForm",
    "edit_webauthn": "stakeholders.forms.second_factor.PasskeyNameForm",
    "login_webauthn": "stakeholders.forms.second_factor.PasskeyLoginForm",
    "authenticate_webauthn": "stakeholders.forms.second_factor.PasskeySecondFactorForm",
    "reauthenticate_webauthn": "stakeholders.forms.second_factor.ConfirmingPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "ZukunftsWerkstatt INDUSTRIE"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_ADAPTER = "stakeholders.adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = openid_connect(env)
# The first sign-in shows the form with the privacy notice; an account is found by an address both sides have verified.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# Attempts are counted by the visitor's address, which is the last one that the proxy wrote into X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if SECURE else 0)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = PORTAL_HOME / "media"

EMAIL_URL = env.str("EMAIL_URL", f"file://{PORTAL_HOME / 'mail'}")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"ZukunftsWerkstatt INDUSTRIE <zukunftswerkstatt@{SITE_HOST}>")
# What comes back as undeliverable: a folder (Maildir) to read, a secret that opens the way in for a mail provider.
BOUNCE_FOLDER, BOUNCE_SECRET = env.str("BOUNCE_FOLDER", ""), env.str("BOUNCE_SECRET", "")
OUTBOX_BATCH = env.int("OUTBOX_BATCH", 50)
# A worker that dies gives back what it had claimed but not begun to send after this time.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", 60)

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = SCHEDULE
RETENTION = PERIODS

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = content_security_policy(form_targets(env))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "stakeholders.upload.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = logging_to_console(env.str("LOG_LEVEL", "INFO"))
