"""One settings file. What differs between machines comes from the environment (docs/running.md)."""

import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

from admin_office import broker
from admin_office.environment import Environment, trial_secret

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()

# -- what kind of machine this is ---------------------------------------------------------------
PRODUCTION = env.yes("PRODUCTION", default=False)
DEBUG = env.yes("DEBUG", default=False)
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", default=8000, least=1, most=65535)
SITE_URL = env.web_address("SITE_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname, "localhost", "127.0.0.1"] if PRODUCTION else ["*"]
)
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [SITE_URL])
if PRODUCTION:
    SECRET_KEY = env.text("SECRET_KEY")
    SALT_KEY = env.words("SALT_KEY", [])
    env.required("SECRET_KEY", "50 random characters or more, the same for web, worker and beat.")
    env.required("SALT_KEY", "32 random characters or more; without it encrypted phone numbers are lost.")
    env.required(
        "DATABASE_URL", "the office's records live in PostgreSQL: postgres://user:password@host/name."
    )
    env.required("REDIS_URL", "web, worker and beat meet there: redis://host:6379/0.")
    env.required("SITE_URL", "the address people open, such as https://office.example.com.")
else:
    SECRET_KEY = env.text("SECRET_KEY") or trial_secret(VAR_DIR / "secrets", "secret_key")
    SALT_KEY = env.words("SALT_KEY", []) or [trial_secret(VAR_DIR / "secrets", "salt_key")]
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])

# -- apps, bottom to top -------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "import_export",
    "rules",
    "auditlog",
    "csp",
    "pages",
    "organization",
    "notices",
    "sla",
    "supplies",
    "procurement",
    "reception",
    "admin_office",
    "django.contrib.admin.apps.SimpleAdminConfig",  # urls.py discovers; workers and beat need no admin
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "admin_office.middleware.ExportPageStyles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pages.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pages.middleware.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]

ROOT_URLCONF = "admin_office.urls"
WSGI_APPLICATION = "admin_office.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# -- database ------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'admin_office.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Older SQLite can corrupt a WAL that two processes checkpoint at once (fixed in 3.51.3).
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal};PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}

# -- broker and cache ----------------------------------------------------------------------------
BROKER_SOCKET = broker.socket_path(VAR_DIR)
REDIS_URL = env.broker("REDIS_URL")
CELERY_BROKER_URL, CACHE_URL = broker.urls(REDIS_URL, BROKER_SOCKET)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # however long the broker is away
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False  # nobody at the desk waits for a broker: the next tick finds what is due
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Two queues, each with workers of its own: a mail server that hangs must not hold up the clock.
CELERY_TASK_DEFAULT_QUEUE = "post"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("post", "clock")]
CELERY_TASK_ROUTES = {name: {"queue": "clock"} for name in ("sla.sweep", "sla.open-duties")}
# Ticks leave nothing behind that beat would have to remember, so it needs no schedule file. They expire
# late, not within their period, because `expires` is compared with the worker's own clock: with a worker
# half a minute ahead of beat no tick would ever count. After an outage at most two minutes' worth wait.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sla.sweep": {"task": "sla.sweep", "schedule": 1.0, "options": {"expires": 120}},
    "sla.check-invariants": {
        "task": "sla.check-invariants",
        "schedule": 30.0,
        "options": {"expires": 120},
    },
    "sla.make-scorecards": {
        "task": "sla.make-scorecards",
        "schedule": 5.0,  # whoever asks for one sees it begin
        "options": {"expires": 120},
    },
    "sla.open-duties": {"task": "sla.open-duties", "schedule": 5.0, "options": {"expires": 120}},
    "sla.lay-out-duties": {"task": "sla.lay-out-duties", "schedule": 60.0, "options": {"expires": 120}},
    "sla.follow-calendars": {"task": "sla.follow-calendars", "schedule": 5.0, "options": {"expires": 120}},
    "sla.roll-up": {"task": "sla.roll-up", "schedule": 5.0, "options": {"expires": 120}},
    "supplies.sweep-stock": {"task": "supplies.sweep-stock", "schedule": 30.0, "options": {"expires": 25}},
    "supplies.import-items": {
        "task": "supplies.import-items",
        "schedule": 3.0,  # whoever confirms a list sees it begin
        "options": {"expires": 120},
    },
    "procurement.watch-budgets": {
        "task": "procurement.watch-budgets",
        "schedule": crontab(minute=5),
        "options": {"expires": 1800},
    },
    "notices.drain": {"task": "notices.drain", "schedule": 1.0, "options": {"expires": 120}},
    "notices.purge": {"task": "notices.purge", "schedule": crontab(minute=20, hour=3)},
}
CACHES = {
    "default": {
        "BACKEND": "pages.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": env.text("CACHE_PREFIX", "admin-office"),
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# -- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organization.User"
AUTHENTICATION_BACKENDS = [
    "organization.backends.RoleBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "organization.adapters.AccountAdapter"  # no self sign-up
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# -- language and time: Asia/Shanghai is set here and nowhere else ----------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CELERY_TIMEZONE = "Asia/Shanghai"

# -- files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("All")

# -- telling people ------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", "consolemail://" if PRODUCTION else "filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = EMAIL_CONFIG["EMAIL_FILE_PATH"] or str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "行政办公室 <admin-office@example.com>")
NOTICES_KEPT_DAYS = 180  # read and sent notices are thrown away after that
NOTICES_PRIVATE_NETWORKS = True  # webhooks may reach addresses inside the office

# -- security ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "pages.errors.csrf_failed"
if PRODUCTION:
    HTTPS = env.yes("HTTPS", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
    SECURE_SSL_REDIRECT = HTTPS
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without the proxy
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS

AUDITLOG_INCLUDE_TRACKING_MODELS = ()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    # A tick a second is not news.
    "loggers": {
        name: {"level": "WARNING"} for name in ("celery.app.trace", "celery.worker.strategy", "celery.beat")
    },
}

# -- single sign-on (OpenID Connect), where the company has it -------------------------------------
if env.together("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    OIDC_SERVER_URL = env.text("OIDC_SERVER_URL")
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": env.text("OIDC_NAME", "SSO"),
                    "client_id": env.text("OIDC_CLIENT_ID"),
                    "secret": env.text("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
        }
    }
    # Staff are matched by the e-mail address that the company's own server vouches for.
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [
        "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))
    ]

env.refuse()
