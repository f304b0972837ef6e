"""The admin site that editors work in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    site_title = site_header = _("Newsroom desk")
    index_title = _("My desk")
