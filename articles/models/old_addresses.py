"""Addresses of old sites, and the articles that they lead to now."""

import re
from typing import Self
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from articles.models.photos import Photo

MAX_ADDRESS = 500
SAFE = "/~!$&'()*+,;=:@-._"
# Added on the way by whoever passes an address on; they name no page.
PASSED_ON = {
    *("from", "isappinstalled", "scene", "subscene", "spm", "nsukey", "timestamp", "wxfrom"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "share_token"),
}
# What is typed as it is read, where an address on its way has escapes.
WIDE = re.compile("[^\x00-\xff]+")


def normalised(address: str) -> str:
    """Give the path and query of an address, spelled in one way; nothing if it cannot be kept.

    The host does not count, nor the case of escapes, the order of parameters and what messengers
    add. `http://a.edu/info/1/2.htm?b=%e4&a=` gives `/info/1/2.htm?a=&b=%E4`.
    """
    try:
        there = urlsplit(WIDE.sub(lambda wide: quote(wide[0]), address.strip()))
        # As bytes: old sites escaped in GBK as well.
        pairs = parse_qsl(
            there.query, keep_blank_values=True, encoding="latin-1", max_num_fields=50
        )
    except ValueError:
        return ""
    path = quote(unquote_to_bytes(there.path), safe=SAFE)
    kept = sorted((name, value) for name, value in pairs if name.lower() not in PASSED_ON)
    query = urlencode(kept, encoding="latin-1", errors="replace")
    found = f"/{path.lstrip('/')}" + (f"?{query}" if query else "")
    return found if len(found) <= MAX_ADDRESS and found != "/" else ""


class OldAddressQuerySet(models.QuerySet["OldAddress"]):
    def of(self, address: str) -> Self:
        """Find what an address leads to: with its query, else without."""
        whole = normalised(address)
        if not whole:
            return self.none()
        both = {whole, whole.partition("?")[0]}
        # The longer one is the more exact one.
        return self.filter(address__in=both).order_by(Length("address").desc())


class OldAddress(models.Model):
    """An address that led to an article on an old site; here it leads to the article's page.

    With `photo` it was a picture of the article, with `document` an attachment: it leads to the
    photo while readers see it, or to the document of that file in the live edition.
    """

    address = models.CharField(
        _("old address"),
        max_length=MAX_ADDRESS,
        unique=True,
        help_text=_("With or without the host, such as /info/1001/2345.htm."),
    )
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="old_addresses",
    )
    photo = models.ForeignKey(
        Photo,
        verbose_name=_("photo"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    document = models.CharField(
        _("name of the stored file"), max_length=200, blank=True, editable=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    added_at = models.DateTimeField(_("added at"), editable=False)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ("address",)

    def __str__(self) -> str:
        return self.address

    def clean(self) -> None:
        super().clean()
        address = normalised(self.address)
        if not address:
            raise ValidationError({"address": _("This is no address of a page.")})
        self.address = address
