"""What colleagues say to each other about an article. Readers never see it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles import outbox
from articles.models import Article, Comment, User
from articles.rights import permissions
from articles.rights.permissions import NotAllowed, Verb
from articles.text import richtext

# A name follows the sign at once; the longest one that somebody has is meant.
MENTION = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠](?=(\w[\w·]{0,29}))")
# What of an article is read beside its text.
HEADINGS = ("kicker", "headline", "subhead", "summary")
MAX_NAMES = 20
MAX_OFFERED = 50


class WhoIsMeant(NotAllowed):
    """A name stands for several colleagues. `people` are those; nothing was written."""

    def __init__(self, name: str, people: list[User]) -> None:
        self.people = people
        super().__init__(
            _("%(number)d colleagues are called %(name)s. Please tick whom you mean.")
            % {"number": len(people), "name": name}
        )


class NobodyIsMeant(NotAllowed):
    """What follows the sign begins with nobody's name; nothing was written."""

    def __init__(self, words: str) -> None:
        super().__init__(
            _("“@%(words)s” begins with the name of nobody who may read this article.")
            % {"words": words}
        )


class PassageIsNotThere(NotAllowed):
    """The words that a comment is about are not in the article as it is saved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "These words are not in the article as it is saved. Copy them from the text, "
                "save the text first, or leave this empty."
            )
        )


@transaction.atomic
def comment(
    article: Article,
    *,
    author: User,
    text: str,
    at: datetime,
    passage: str = "",
    reply_to: Comment | None = None,
    tell: Iterable[User] = (),
) -> Comment:
    """Say something about an article as it is now; whom `@name` or `tell` names is told.

    An answer to an answer belongs to the thread of the first. Raises `WhoIsMeant` where a
    name could be several people and `tell` has none of them, `NobodyIsMeant` where it is
    nobody's, and `PassageIsNotThere`.
    """
    permissions.require(author, Verb.COMMENT, article, at)
    if not text.strip():
        raise NotAllowed(_("Please write something."))
    if reply_to is not None and reply_to.article_id != article.pk:
        raise NotAllowed(_("There is no such comment."))
    if not stands_in(article, [passage])[0]:
        raise PassageIsNotThere
    chosen = [user for user in tell if _may_see(user, article, at)]
    named = _named_in(text, article, chosen, at)
    written = article.comments.create(
        version_number=article.version_number,
        author=author,
        text=text.strip(),
        passage=passage.strip(),
        reply_to=reply_to.root if reply_to else None,
        written_at=at,
    )
    written.mentioned.set({user.pk for user in (*chosen, *named)} - {author.pk})
    outbox.put(
        "tell of comment",
        f"comment/{written.pk}",
        due_at=at,
        payload={"comment": written.pk},
        article=article,
    )
    return written


def stands_in(article: Article, passages: Iterable[str]) -> list[bool]:
    """Say of some passages whether their words are in an article, however they are spaced."""
    said = [getattr(article, name) for name in HEADINGS]
    words = _squeezed(" ".join((*said, richtext.plain_text(article.body))))
    return [_squeezed(passage) in words for passage in passages]


@transaction.atomic
def settle(comment: Comment, *, user: User, at: datetime) -> Comment:
    """Close a thread: what it asked for is done."""
    root = _locked(comment, user, at)
    root.settled_at, root.settled_by = at, user
    root.save(update_fields=["settled_at", "settled_by"])
    return root


@transaction.atomic
def open_again(comment: Comment, *, user: User, at: datetime) -> Comment:
    root = _locked(comment, user, at)
    root.settled_at = root.settled_by = None
    root.save(update_fields=["settled_at", "settled_by"])
    return root


def people_around(article: Article, user: User, at: datetime) -> list[User]:
    """Give the colleagues with a part in an article, as far as they may see it."""
    people = User.objects.filter(is_active=True).exclude(pk=user.pk)
    around = (
        people.filter(created_articles=article)
        | people.filter(submitted_rounds__article=article)
        | people.filter(decisions__round__article=article)
        | people.filter(claimed_rounds__article=article)
        | people.filter(article_comments__article=article)
        | people.filter(versions__article=article)
    )
    return [one for one in around.distinct().order_by("name") if _may_see(one, article, at)]


def people_named(numbers: Iterable[int], article: Article, at: datetime) -> list[User]:
    """Give those of some accounts who may see an article; a few, for each is asked about."""
    people = User.objects.filter(is_active=True, pk__in=list(numbers)[:MAX_OFFERED])
    return [one for one in people.order_by("name") if _may_see(one, article, at)]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _locked(comment: Comment, user: User, at: datetime) -> Comment:
    root: Comment = Comment.objects.select_for_update().get(pk=comment.root.pk)
    permissions.require(user, Verb.COMMENT, root.article, at)
    return root


def _may_see(user: User, article: Article, at: datetime) -> bool:
    return Article.objects.visible_to(user, at).filter(pk=article.pk).exists()


def _named_in(text: str, article: Article, chosen: list[User], at: datetime) -> list[User]:
    said = dict.fromkeys(mention[1] for mention in MENTION.finditer(text))
    if len(said) > MAX_NAMES:
        raise NotAllowed(
            _("A comment may name up to %(number)d colleagues.") % {"number": MAX_NAMES}
        )
    by_name = _who_may_see(said, article, at)
    found = []
    for words in said:
        name = max(filter(words.startswith, by_name), key=len, default="")
        people = by_name.get(name, [])
        if not people:
            raise NobodyIsMeant(words)
        if len(people) > 1:
            people = [user for user in people if user in chosen] or people
        if len(people) > 1:
            raise WhoIsMeant(name, people)
        found += people
    return found


def _who_may_see(said: Iterable[str], article: Article, at: datetime) -> dict[str, list[User]]:
    """Give by name those who may see the article, of all that a text may begin with."""
    beginnings = {words[:length] for words in said for length in range(1, len(words) + 1)}
    by_name: dict[str, list[User]] = defaultdict(list)
    for user in User.objects.filter(is_active=True, name__in=beginnings).order_by("pk"):
        if _may_see(user, article, at):
            by_name[user.name].append(user)
    return by_name
