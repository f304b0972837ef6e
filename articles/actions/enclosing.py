"""Pictures that come with a text, from a clipboard or a document, taken into the library."""

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions import photos
from articles.models import Photo, Unit, User
from articles.pictures import PictureRefused, apart
from articles.rights import photos as rights
from articles.rights.permissions import NotAllowed
from articles.text import richtext
from articles.text.pasting import LIBRARY, Picture

MOST = 40
# Where a text says which of the enclosed files it means.
ENCLOSED = "clipboard:"
DATA = re.compile(r"data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)
SIGN = re.compile(r'<img data-file="([0-9]+)"(?: src="[^"]*")?')


class Enclosed:
    """Puts pictures into the library one by one, and remembers why one was not taken.

    Nothing is fetched: a picture whose bytes did not come along has no place here.
    """

    def __init__(
        self,
        *,
        user: User,
        at: datetime,
        unit: Unit | None = None,
        files: Sequence[bytes | PictureRefused] = (),
    ) -> None:
        self.user, self.at, self.unit, self.files = user, at, unit, files
        self.taken: list[Photo] = []
        self.tried = 0
        self.problems: list[str] = []

    def place(self, picture: Picture) -> int | None:
        """Give the number of a picture in the library, where the user may have it in a text."""
        photo = self._known(picture.address)
        if photo is not None:
            return photo.pk
        content = self._content(picture.address)
        return self._take_in(content, picture.alt) if content is not None else None

    def caption(self, html: str) -> None:
        """Give the new photos the words that stand below them in the text."""
        captions = richtext.captions(html)
        for photo in self.taken:
            words = captions.get(photo.pk, "")[:300]
            is_own = photo.uploaded_by_id == self.user.pk
            if not words or photo.caption or not is_own:
                continue
            # It may have been on file before, and be the desk's or the readers' by now.
            if rights.change(self.user, photo, self.at) is None:
                photo.caption = words
                photo.save(update_fields=["caption"])

    def _take_in(self, content: bytes | PictureRefused, alt: str) -> int | None:
        if self._is_full():
            return None
        self.tried += 1
        try:
            refused = rights.add(self.user)
            if refused is not None:
                raise NotAllowed(refused)  # noqa: TRY301
            if isinstance(content, PictureRefused):
                raise content
            taken = apart.take_in(content)
            with transaction.atomic():
                photo = photos.take_in(
                    content,
                    user=self.user,
                    at=self.at,
                    alt=alt[:300],
                    unit=self.unit,
                    taken=taken,
                )
        except (PictureRefused, NotAllowed) as problem:
            self.problems.append(str(problem))
            return None
        self.taken.append(photo)
        return photo.pk

    def _is_full(self) -> bool:
        """Tell whether as many were tried as may come, refused ones included, and say so."""
        if self.tried < MOST:
            return False
        self.problems.append(
            _("Up to %(most)d pictures come with a text; upload the others.") % {"most": MOST}
        )
        return True

    def _known(self, address: str) -> Photo | None:
        """Find a photo of ours that the user may see, by its number or by one of its files."""
        visible = Photo.objects.visible_to(self.user, self.at)
        number = address.removeprefix(LIBRARY)
        if number != address:
            return visible.filter(pk=number).first() if len(number) < 19 else None
        file = unquote(address).removeprefix(settings.SITE_URL).removeprefix(settings.MEDIA_URL)
        match = re.fullmatch(r"(photos/[0-9a-f]{32})(?:\.jpg|/[0-9]+\.[a-z]+)", file)
        return visible.filter(image=f"{match[1]}.jpg").first() if match else None

    def _content(self, address: str) -> bytes | PictureRefused | None:
        number = address.removeprefix(ENCLOSED)
        if number != address:
            index = int(number) if re.fullmatch("[0-9]{1,3}", number) else len(self.files)
            return self.files[index] if index < len(self.files) else None
        if match := DATA.match(address):
            try:
                return base64.b64decode(address[match.end() :])
            except binascii.Error:
                return None
        return None


def with_addresses(html: str) -> str:
    """Say in cleaned text where each photo is seen now, as an editor shows it."""
    numbers = [int(found[1]) for found in SIGN.finditer(html)]
    found = Photo.objects.in_bulk(numbers) if numbers else {}

    def sign(match: re.Match[str]) -> str:
        photo = found.get(int(match[1]))
        where = f' src="{photo.image.url}"' if photo else ""
        return f'<img data-file="{match[1]}"{where}'

    return SIGN.sub(sign, html)
