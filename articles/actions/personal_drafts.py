"""Keeping what is typed before it is saved, for its writer alone.

Nothing here is logged or makes a version: to the newsroom it has not been written yet.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, PersonalDraft, Presence, User
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb
from articles.text import richtext

# All fields of a form together: the body may be as long as an article's, the rest as well.
MAX_CHARACTERS = 2 * richtext.MAX_CHARACTERS
# Texts that one person may have open and unsaved at the same time.
MAX_DRAFTS = 100


class TooMuchToKeep(Exception):
    """The text is too long, or there are too many. The text is for the user."""


@transaction.atomic
def keep(
    fields: Mapping[str, str],
    *,
    user: User,
    article: Article | None,
    token: str,
    version_number: int,
    at: datetime,
) -> PersonalDraft:
    """Keep what a form holds in place of what was kept of the same form before.

    Raises `NotAllowed` where the user could not save it, and `TooMuchToKeep`.
    """
    if article is not None:
        permissions.require(user, Verb.CHANGE, article, at)
    elif not user.has_perm("articles.add_article"):
        raise NotAllowed(_("You may not write articles."))
    if sum(len(name) + len(value) for name, value in fields.items()) > MAX_CHARACTERS:
        raise TooMuchToKeep(_("The text is too long to be kept."))
    own = PersonalDraft.objects.filter(user=user)
    if own.exclude(token=token).count() >= MAX_DRAFTS:
        raise TooMuchToKeep(
            _("You have too many texts that are not saved. Please save or throw away some.")
        )
    draft, _made = PersonalDraft.objects.update_or_create(
        user=user,
        token=token,
        defaults={
            "article": article,
            "fields": dict(fields),
            "version_number": version_number,
            "saved_at": at,
        },
    )
    return draft


def discard(*, user: User, token: str) -> None:
    """Forget what was kept of one form of a user."""
    PersonalDraft.objects.filter(user=user, token=token).delete()


def purge_drafts(at: datetime) -> int:
    """Forget texts that nobody came back for, and who was at which article; tell how many texts.

    For the background: running it late, twice or never breaks nothing.
    """
    Presence.objects.expired(at).delete()
    _rows, by_model = PersonalDraft.objects.forgotten(at).delete()
    return by_model.get(PersonalDraft._meta.label, 0)
