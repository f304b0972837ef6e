"""Settings of the newsroom. One file; the environment decides.

Without any variable set, `manage.py demo` runs a sample site from the folder `var/`.
"""

import re
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env
from js_asset import static_lazy

from newsroom import database

env = Env()
env.read_env(str(Path(__file__).resolve().parent.parent / ".env"), recurse=False)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR: Path = env.path("VAR_DIR", BASE_DIR / "var")
# It holds the database and originals: nobody else on this machine may look into it.
VAR_DIR.mkdir(mode=0o700, exist_ok=True, parents=True)


def secret_key() -> str:
    """Give SECRET_KEY. A site on the embedded database makes one and keeps it beside it.

    Who names a database may run several machines, which have to agree on one key.
    """
    given: str = env.str("SECRET_KEY", "")
    if given:
        return given
    if env.str("DATABASE_URL", ""):
        message = "SECRET_KEY is not set. Set it to a long random text that stays the same."
        raise ImproperlyConfigured(message)
    made = VAR_DIR / "secret_key"
    if not made.exists():
        # Processes that start together all keep what the first one wrote.
        with NamedTemporaryFile("w", dir=VAR_DIR, encoding="utf-8") as new:
            new.write(get_random_secret_key())
            new.flush()
            with suppress(FileExistsError):
                made.hardlink_to(new.name)
    return made.read_text(encoding="utf-8").strip()


def mailer(address: str) -> dict[str, Any]:
    """Read `smtp://name:password@host:587/?tls=true` for Django.

    Other schemes: `smtps` (encrypted from the first byte), `consolemail`, `dummymail`.
    """
    parts = urlsplit(address)
    backends = {"smtp": "smtp", "smtps": "smtp", "consolemail": "console", "dummymail": "dummy"}
    if parts.scheme not in backends:
        message = f"EMAIL_URL begins with {parts.scheme}: instead of {', '.join(backends)}."
        raise ImproperlyConfigured(message)
    backend = f"django.core.mail.backends.{backends[parts.scheme]}.EmailBackend"
    if backends[parts.scheme] != "smtp":
        return {"BACKEND": backend}
    options = {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if parts.scheme == "smtps" else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parse_qs(parts.query).get("tls") == ["true"],
        "timeout": 20,
    }
    return {"BACKEND": backend, "OPTIONS": options}


SECRET_KEY = secret_key()
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL: str = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
# What a new site is called until somebody says so in its settings.
SITE_NAME: str = env.str("SITE_NAME", "青禾大学新闻网")
SITE_NAME_EN: str = env.str("SITE_NAME_EN", "Qinghe University News")

INSTALLED_APPS = [
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "js_asset",
    "django_prose_editor",
    "imagefield",
    "taggit",
    "articles",
    "analytics",
    "newsroom.apps.NewsroomConfig",
]

MIDDLEWARE = [
    "articles.public.caching.PageCopiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.middleware.SecurityHeadersMiddleware",
    "newsroom.middleware.UploadedFilesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.AddressLanguageMiddleware",
    "articles.public.traditional.TraditionalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "articles.public.old_addresses.OldAddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.site.context",
            ],
        },
    },
]

# Databases. SQLite waits for its turn instead of failing, and readers never wait for writers.
DATABASES: dict[str, Any] = {
    "default": env.dj_db_url(
        "DATABASE_URL", f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}", conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Opening the file and setting it up takes longer than a page does.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
        ),
    }
else:
    options = DATABASES["default"].setdefault("OPTIONS", {})
    # What `articles.public.prepared` asks is planned once; nothing else is prepared.
    if env.bool("DATABASE_PREPARE", True):
        options["prepare_threshold"] = 0
        given = options.get("options", "")
        # To compile a query takes longer than to answer any of ours.
        set_here = "-c plan_cache_mode=force_generic_plan -c jit=off"
        options["options"] = f"{given} {set_here}".strip()
    if env.bool("DATABASE_POOL", True) and "pytest" not in sys.modules:
        options["pool"] = {"check": database.check}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
# How long a process may show a public page that it has just made. One second is enough to
# carry a rush, and no reader meets a withdrawn article later than that.
PAGE_CACHE_SECONDS: float = env.float("PAGE_CACHE_SECONDS", 1.0)
# The same for the boards beside pages, and for what is around them: masthead, sections, footer.
RAIL_CACHE_SECONDS: float = env.float("RAIL_CACHE_SECONDS", 1.0)
FRAME_CACHE_SECONDS: float = env.float("FRAME_CACHE_SECONDS", 10.0)
# And for what the site says of itself: its name, its colours, what it shows to whom.
SITE_CACHE_SECONDS: float = env.float("SITE_CACHE_SECONDS", 1.0)

# Characters that a proof-reader may change after the approval, which then stands. 0: none.
TYPO_LIMIT: int = env.int("TYPO_LIMIT", 8)

# People who sign in
AUTH_USER_MODEL = "articles.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Language and clock
LANGUAGE_CODE: str = env.str("LANGUAGE_CODE", "zh-hans")
LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
    ("en", _("English")),
]
if LANGUAGE_CODE not in {"zh-hans", "en"}:
    # Traditional characters are made of the simplified pages, and the desk has none.
    raise ImproperlyConfigured("LANGUAGE_CODE is zh-hans or en.")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE: str = env.str("TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True

# Files. Originals of photos stay private; what the public sees is made from them.
STATIC_URL = "/static/"
STATIC_ROOT: Path = env.path("STATIC_ROOT", VAR_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT: Path = env.path("MEDIA_ROOT", VAR_DIR / "media")
PRIVATE_ROOT: Path = env.path("PRIVATE_ROOT", VAR_DIR / "private")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "newsroom.static_storage.HashedStaticFiles"},
}
# A host of its own for what people have uploaded, as https://files.news.example.edu: no cookie
# of the site ever goes there. Empty: the site's own host, whose files get no cookie to read.
DOWNLOADS_URL: str = env.str("DOWNLOADS_URL", "").rstrip("/")
if DOWNLOADS_URL:
    _there = urlsplit(DOWNLOADS_URL)
    if not _there.netloc or _there.scheme not in {"https", "http"} or _there.path:
        raise ImproperlyConfigured("DOWNLOADS_URL is to be an address such as https://a.b, alone.")
    if _there.netloc == urlsplit(SITE_URL).netloc:
        raise ImproperlyConfigured("DOWNLOADS_URL is to name another host than SITE_URL.")
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, str(_there.hostname)]
# Off where a web server in front serves the media folder itself.
SERVE_MEDIA: bool = env.bool("SERVE_MEDIA", True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
IMAGEFIELD_AUTOGENERATE = False
IMAGEFIELD_BIN_DEPTH = 2

# The text editor's modules of our own. What may stand in a text is for `richtext` to say.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [
            static_lazy("articles/js/pasting.js"),
            static_lazy("articles/js/figures.js"),
            static_lazy("articles/js/figure_tools.js"),
            static_lazy("articles/js/library.js"),
            static_lazy("articles/js/scopes.js"),
        ],
        "extensions": dict.fromkeys(
            ("FigureTools", "Library", "Pasting", "Scopes", "Video"), lambda *_words: None
        ),
    },
]

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.text.tags.split_tags"
TAGGIT_STRING_FROM_TAGS = "articles.text.tags.join_tags"

# Mail to colleagues. Without an address of a server it is printed on the console.
MAILERS: dict[str, Any] = {"default": mailer(env.str("EMAIL_URL", "consolemail://"))}
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "newsroom@localhost")

# Videos of other sites that articles may show. Of an address only the part called `id` is kept;
# a player stands in a page after a reader has asked for it, and its origin alone may.
VIDEO_PROVIDERS: list[dict[str, Any]] = [
    {
        "name": "哔哩哔哩",
        "addresses": [
            r"https?://(?:www\.|m\.)?bilibili\.com/video/(?P<id>BV[0-9A-Za-z]{10})(?:[/?#].*)?",
            (
                r"https?://player\.bilibili\.com/player\.html\?(?:.*&)?bvid=(?P<id>BV[0-9A-Za-z]{10})"
                r"(?:[&#].*)?"
            ),
        ],
        "page": "https://www.bilibili.com/video/{id}",
        "player": "https://player.bilibili.com/player.html?bvid={id}&autoplay=0",
    },
    {
        "name": "腾讯视频",
        "addresses": [
            (
                r"https?://(?:m\.)?v\.qq\.com/x/(?:page|cover/[0-9a-z]+)/(?P<id>[0-9a-z]{6,20})\.html"
                r"(?:[?#].*)?"
            ),
            (
                r"https?://v\.qq\.com/(?:txp/)?iframe/(?:player|preview)\.html\?(?:.*&)?"
                r"vid=(?P<id>[0-9a-z]{6,20})(?:[&#].*)?"
            ),
        ],
        "page": "https://v.qq.com/x/page/{id}.html",
        "player": "https://v.qq.com/txp/iframe/player.html?vid={id}",
    },
    {
        "name": "优酷",
        "addresses": [
            r"https?://v\.youku\.com/v_show/id_(?P<id>X[0-9A-Za-z=]{6,30})\.html(?:[?#].*)?",
            r"https?://player\.youku\.com/embed/(?P<id>X[0-9A-Za-z=]{6,30})(?:[?#].*)?",
        ],
        "page": "https://v.youku.com/v_show/id_{id}.html",
        "player": "https://player.youku.com/embed/{id}",
    },
    {
        "name": "央视网",
        "addresses": [
            (
                r"https?://tv\.cctv\.(?:com|cn)/(?P<id>[0-9]{4}/[0-9]{2}/[0-9]{2}/VIDE[0-9A-Za-z]{10,30})"
                r"\.shtml(?:[?#].*)?"
            ),
        ],
        "page": "https://tv.cctv.com/{id}.shtml",
    },
    {
        "name": "YouTube",
        "addresses": [
            (
                r"https?://(?:www\.|m\.)?youtube\.com/watch\?(?:.*&)?v=(?P<id>[0-9A-Za-z_-]{11})"
                r"(?:[&#].*)?"
            ),
            (
                r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts)/"
                r"(?P<id>[0-9A-Za-z_-]{11})(?:[?#].*)?"
            ),
            r"https?://youtu\.be/(?P<id>[0-9A-Za-z_-]{11})(?:[?#].*)?",
        ],
        "page": "https://www.youtube.com/watch?v={id}",
        "player": "https://www.youtube-nocookie.com/embed/{id}",
    },
]
# The campus's own, as https://video.example.edu.cn/v/{id} and https://video.example.edu.cn/e/{id}.
CAMPUS_VIDEO_PAGE: str = env.str("CAMPUS_VIDEO_PAGE", "")
CAMPUS_VIDEO_PLAYER: str = env.str("CAMPUS_VIDEO_PLAYER", "")
for address in filter(None, (CAMPUS_VIDEO_PAGE, CAMPUS_VIDEO_PLAYER)):
    if not address.startswith("https://") or address.count("{id}") != 1:
        message = "CAMPUS_VIDEO_PAGE and _PLAYER begin with https:// and have one {id}."
        raise ImproperlyConfigured(message)
if CAMPUS_VIDEO_PAGE:
    VIDEO_PROVIDERS.append(
        {
            "name": SITE_NAME,
            "addresses": [
                re.escape(address).replace(r"\{id\}", "(?P<id>[0-9A-Za-z_-]{1,60})")
                for address in filter(None, (CAMPUS_VIDEO_PAGE, CAMPUS_VIDEO_PLAYER))
            ],
            "page": CAMPUS_VIDEO_PAGE,
            "player": CAMPUS_VIDEO_PLAYER,
        }
    )

# Web security
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, *filter(None, [DOWNLOADS_URL])],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": sorted(
        {
            "{0.scheme}://{0.netloc}".format(urlsplit(provider["player"]))
            for provider in VIDEO_PROVIDERS
            if provider.get("player")
        }
    ),
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", SITE_URL.startswith("https://"))
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT
SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "articles.admin.csrf.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# Review. What is published past it wants the confirmation of somebody else by then.
FORCED_CONFIRMATION_HOURS: int = env.int("FORCED_CONFIRMATION_HOURS", 24)

# Counting. Only these proxies are believed about a reader's address.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])
RESPECT_GPC: str = env.str("RESPECT_GPC", "count", validate=None)
# Their clicks are not counted; campus networks where many readers look like one get a higher cap.
BLOCKED_NETWORKS: list[str] = env.list("BLOCKED_NETWORKS", [])
SHARED_NETWORKS: list[str] = env.list("SHARED_NETWORKS", [])
SPOOL_DIR: Path = env.path("SPOOL_DIR", VAR_DIR / "spool")
SPOOL_FSYNC_MS: int = env.int("SPOOL_FSYNC_MS", 50)

# For so many days is kept how to reach a reader who reported an error.
ERROR_REPORT_CONTACT_DAYS: int = env.int("ERROR_REPORT_CONTACT_DAYS", 90)
if ERROR_REPORT_CONTACT_DAYS < 1:
    raise ImproperlyConfigured("ERROR_REPORT_CONTACT_DAYS is to be 1 or more.")

# A WebSub hub that is told of every publication; no other host is ever asked. Empty: nobody is.
WEBSUB_HUB: str = env.str("WEBSUB_HUB", "")
if WEBSUB_HUB and not WEBSUB_HUB.startswith(("https://", "http://")):
    raise ImproperlyConfigured("WEBSUB_HUB is to be an address beginning with https://.")
# `/readyz` answers 503 when what runs in the background is later than this.
WORKER_LATE: timedelta = env.timedelta("WORKER_LATE_SECONDS", timedelta(minutes=10))
# Off where `manage.py worker` runs beside the web processes.
WORK_IN_WEB: bool = env.bool("WORK_IN_WEB", True)
# How often a process compares its clock with the database's; 0 trusts this machine's.
CLOCK_CHECK_SECONDS: int = env.int("CLOCK_CHECK_SECONDS", 60)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
