"""The pages over many articles, and where they are."""

from django.contrib import admin
from django.urls import URLPattern

from articles.admin.base import addresses
from articles.admin.desk import (
    archive,
    board,
    bulk,
    calendar,
    composing,
    notices,
    previewing,
    sign_ins,
)

PAGES = (
    *archive.PAGES,
    *board.PAGES,
    *calendar.PAGES,
    *composing.PAGES,
    *previewing.PAGES,
    *bulk.PAGES,
    *notices.PAGES,
    *sign_ins.PAGES,
)


def urls(site: admin.AdminSite) -> list[URLPattern]:
    return addresses(site, PAGES)
