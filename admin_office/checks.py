"""Settings that can be read but would not work: each gets a sentence that says what to do.

What cannot be read at all is refused earlier, in the same manner, by `environment`.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.security)
def secrets_are_strong(app_configs, **kwargs) -> list:
    if not settings.PRODUCTION:
        return []
    found = []
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        found.append(
            Error(
                "SECRET_KEY is too easy to guess.",
                hint="Set it to 50 random characters or more, and keep the old one in SECRET_KEY_FALLBACKS.",
                id="admin_office.E001",
            )
        )
    if any(len(key) < 32 for key in settings.SALT_KEY):
        found.append(
            Error(
                "SALT_KEY is too short to protect the phone numbers that are stored encrypted.",
                hint="Put a new one of 32 random characters or more first: SALT_KEY=new,old.",
                id="admin_office.E002",
            )
        )
    return found


@register(Tags.security)
def nothing_of_the_workshop_is_left(app_configs, **kwargs) -> list:
    found = []
    if settings.PRODUCTION and settings.DEBUG:
        found.append(
            Error(
                "DEBUG shows the office's records to whoever meets an error.",
                hint="Remove DEBUG from the environment.",
                id="admin_office.E003",
            )
        )
    if settings.PRODUCTION and "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS accepts every name, so links in e-mails can be forged.",
                hint="Remove it: the name in SITE_URL is allowed by itself.",
                id="admin_office.E004",
            )
        )
    return found


@register()
def records_are_kept_in_postgresql(app_configs, **kwargs) -> list:
    if not settings.PRODUCTION or settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    return [
        Error(
            "SQLite is for trying the office out on one machine.",
            hint="Set DATABASE_URL to postgres://user:password@host/name.",
            id="admin_office.E005",
        )
    ]


@register()
def the_address_suits_the_way_it_is_served(app_configs, **kwargs) -> list:
    if not settings.PRODUCTION or urlsplit(settings.SITE_URL).scheme == (
        "https" if settings.HTTPS else "http"
    ):
        return []
    return [
        Error(
            f"SITE_URL is {settings.SITE_URL}, but HTTPS is {'on' if settings.HTTPS else 'off'}.",
            hint="Let SITE_URL begin with https://, or set HTTPS=0 where people really open plain http.",
            id="admin_office.E006",
        )
    ]


@register()
def mail_leaves_the_house(app_configs, **kwargs) -> list:
    if not settings.PRODUCTION or settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return []
    return [
        Warning(
            "No mail server is set: escalations reach people in the inbox and by robot only.",
            hint="Set EMAIL_URL, for instance smtp+tls://user:password@smtp.example.com:587.",
            id="admin_office.W001",
        )
    ]
