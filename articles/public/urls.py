"""Addresses of the newspaper's pages; `newsroom.urls` puts the language before them."""

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter, StringConverter

from articles.public import archive, topics, views
from articles.public.article import reporting, sharing
from articles.public.machines import api, feeds, service


class Number(IntConverter):
    regex = "[0-9]{1,18}"  # what a database can count to


class Word(StringConverter):
    regex = r"[-\w]+"  # a slug in any script


register_converter(Number, "number")
register_converter(Word, "word")

app_name = "articles"
urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("articles/<number:number>/error/", reporting.report_error, name="report_error"),
    path("articles/<number:number>/", views.article, name="article"),
    path("articles/<number:number>/<word:slug>/", views.article, name="article"),
    path("articles/<number:number>/error/sent/", reporting.error_reported, name="error_reported"),
    path("articles/<number:number>/qr.svg", sharing.qr_code, name="qr_code"),
    path(
        "articles/<number:number>/attachments/<number:place>/",
        service.attachment,
        name="attachment",
    ),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("tags/<word:slug>/", views.tag, name="tag"),
    path("units/<slug:slug>/", views.unit, name="unit"),
    path("people/<number:number>/", views.person, name="person"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("archive/", archive.archive, name="archive"),
    re_path(
        r"^archive/(?P<year>[12][0-9]{3})/(?P<month>0[1-9]|1[0-2])/$",
        archive.month,
        name="month",
    ),
    re_path(
        r"^archive/(?P<year>[12][0-9]{3})/(?P<month>0[1-9]|1[0-2])/(?P<day>[0-3][0-9])/$",
        archive.day,
        name="day",
    ),
    path("search/", views.search, name="search"),
    path("opensearch.xml", views.search_description, name="search_description"),
    *feeds.addresses(),
    path("api/articles/", api.articles, name="api_articles"),
    path("api/articles/<number:number>/", api.article, name="api_article"),
    path("api/openapi.json", api.description, name="api_description"),
    path("oembed/", sharing.oembed, name="oembed"),
]
