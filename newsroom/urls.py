"""Addresses. The site's own language has no prefix; English begins with /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from articles.public import sheet
from articles.public.machines import service, sitemaps
from newsroom import health

handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"

# What is asked for most stands first: beacons, then the pages of readers.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("analytics.clicks.urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("articles.public.urls")),
        path("", include("analytics.boards.urls")),
        prefix_default_language=False,
    ),
    path("healthz", service.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", service.security, name="security"),
    path("robots.txt", service.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-lists.xml", sitemaps.lists, name="sitemap_of_lists"),
    re_path(
        r"^sitemap-articles-(?P<block>[0-9]{1,9})\.xml$",
        sitemaps.articles,
        name="sitemap_of_articles",
    ),
    re_path(
        r"^site-(?P<colours>[0-9a-f]{6}-[0-9a-f]{6})-(?P<stamp>[0-9a-f]{12})\.css$",
        sheet.sheet,
        name="sheet",
    ),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
]
if settings.SERVE_MEDIA:
    urlpatterns += [path("media/<path:path>", service.media, name="media")]
