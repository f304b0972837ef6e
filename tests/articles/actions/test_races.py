"""One person acts while another has all but finished: in either order one clear result.

Each race names both orders and what each comes to; what readers see is an approved version or
nothing, and what somebody did stands in the log.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from articles.actions import (
    cropping,
    forcing,
    joining,
    photos,
    proofreading,
    publishing,
    putting_away,
    reviewing,
    writing,
)
from articles.models import Article, ForcedAnswer, LogEntry, ReviewPolicy, TypoFix, User
from articles.pictures.crops import Crop
from tests import factories
from tests.articles.pictures.test_crops import two_halves
from tests.at_once import in_one, one_then_other
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MINUTE = timedelta(minutes=1)
LATER = NOON + 60 * MINUTE
ORDERS = pytest.mark.parametrize("is_first", [True, False], ids=["first", "second"])


def race(one, other, *, is_first: bool) -> tuple[str, str]:
    """Let one of two go first, and give what became of the one and of the other."""
    if is_first:
        return one_then_other(one, other)
    outcomes = one_then_other(other, one)
    return outcomes[1], outcomes[0]


def seen_by_readers(article: Article, at=LATER + MINUTE) -> list[int]:
    return list(article.editions.live(at).values_list("version__number", flat=True))


def logged(article: Article) -> list[str]:
    entries = LogEntry.objects.filter(article=article).order_by("pk")
    return list(entries.values_list("action", flat=True))


def save(article, user, headline="改过的标题", at=LATER):
    return in_one(lambda: factories.change(article, by=user, at=at, headline=headline))


def publish(article, user, at=LATER, **times):
    return lambda: publishing.publish(article, user=user, at=at, **times)


def close_account(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def leave_group(user):
    user.groups.remove(Group.objects.get(name="desk editor"))


@ORDERS
def test_publishing_while_somebody_withdraws(is_first):
    chief = factories.make_user("chief editor")
    article = factories.publish(factories.make_article(author=chief)).article
    save(article, chief, at=NOON + MINUTE)()
    factories.approve(article, at=NOON + MINUTE)

    outcomes = race(
        publish(article, factories.make_user("desk editor")),
        lambda: publishing.withdraw(article, user=chief, reason="有误", at=LATER),
        is_first=is_first,
    )

    article.refresh_from_db()
    assert outcomes == ("done" if is_first else "NotAllowed", "done")
    assert (article.status, seen_by_readers(article)) == ("withdrawn", [])
    assert article.withdrawals.count() == 1
    assert logged(article).count("published") == (2 if is_first else 1)


@ORDERS
def test_publishing_while_somebody_saves(is_first):
    article = factories.approve(factories.make_article())

    outcomes = race(
        publish(article, factories.make_user("chief editor")),
        save(article, factories.make_user("desk editor")),
        is_first=is_first,
    )

    article.refresh_from_db()
    assert article.version_number == 2
    if is_first:
        assert outcomes == ("done", "done")
        assert (article.status, seen_by_readers(article)) == ("draft", [1])
    else:
        assert outcomes == ("NotAllowed", "done")
        assert (article.status, seen_by_readers(article)) == ("in_review", [])


def test_whoever_began_before_a_publication_looks_at_it_again():
    article = factories.approve(factories.make_article())
    editor, chief = factories.make_user("desk editor"), factories.make_user("chief editor")

    # Their request came in first and waited; what went out meanwhile is no plan to be dropped.
    outcomes = one_then_other(
        publish(article, chief, at=LATER), save(article, editor, at=LATER - MINUTE)
    )

    article.refresh_from_db()
    assert outcomes == ("done", "NotAllowed")
    assert (article.status, article.version_number) == ("published", 1)
    assert seen_by_readers(article) == [1]


@ORDERS
@pytest.mark.parametrize("away", ["return", "take back"])
def test_final_approval_and_publication_while_it_goes_back(is_first, away):
    article = factories.submit(factories.make_article())
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
    )
    one, other = factories.make_user("chief editor"), factories.make_user("chief editor")

    def clear_and_publish():
        reviewing.approve(article, reviewer=one, seen_version=1, at=LATER)
        publishing.publish(article, user=one, at=LATER)

    def go_back():
        if away == "return":
            reviewing.return_for_changes(
                article, reviewer=other, seen_version=1, remark="请改", at=LATER
            )
        else:
            reviewing.take_back(article, user=article.created_by, at=LATER)

    outcomes = race(in_one(clear_and_publish), go_back, is_first=is_first)

    article.refresh_from_db()
    if is_first:
        assert outcomes == ("done", "NotAllowed")
        assert (article.status, seen_by_readers(article)) == ("published", [1])
    else:
        assert outcomes == ("NotAllowed", "done")
        status = "returned" if away == "return" else "draft"
        assert (article.status, seen_by_readers(article)) == (status, [])
    assert (
        article.rounds.get().outcome
        == {
            "published": "approved",
            "returned": "returned",
            "draft": "taken_back",
        }[article.status]
    )


@ORDERS
def test_two_publish_for_different_times(is_first):
    article = factories.approve(factories.make_article())
    one, other = factories.make_user("chief editor"), factories.make_user("chief editor")

    outcomes = race(
        publish(article, one),
        publish(article, other, live_from=LATER + 60 * MINUTE),
        is_first=is_first,
    )

    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert article.editions.count() == 1
    assert seen_by_readers(article) == ([1] if is_first else [])


@ORDERS
def test_forcing_while_the_last_stage_approves(is_first):
    article = factories.submit(factories.make_article())
    reviewing.approve(
        article, reviewer=factories.make_user("desk editor"), seen_version=1, at=NOON
    )
    one, other = factories.make_user("chief editor"), factories.make_user("chief editor")

    outcomes = race(
        lambda: forcing.force_publish(
            article, user=one, seen_version=1, reason="等不及", at=LATER
        ),
        lambda: reviewing.approve(article, reviewer=other, seen_version=1, at=LATER),
        is_first=is_first,
    )

    article.refresh_from_db()
    assert outcomes == ("done", "NotAllowed" if is_first else "done")
    assert (article.status, seen_by_readers(article)) == ("published", [1])
    assert article.rounds.get().outcome == ("forced" if is_first else "approved")


@ORDERS
@pytest.mark.parametrize("second_says", ["confirm", "object"])
def test_two_answer_a_forced_publication(is_first, second_says):
    article = factories.make_article()
    forcing.force_publish(
        article,
        user=factories.make_user("chief editor"),
        seen_version=1,
        reason="等不及",
        at=NOON,
    )
    one = factories.make_user("head")
    # A head who is chief editor as well withdraws by objecting.
    other = factories.make_user("head", "chief editor")

    def answer():
        if second_says == "confirm":
            return forcing.confirm(article, user=other, seen_edition=1, at=LATER)
        return forcing.object_to(article, user=other, seen_edition=1, remark="不妥", at=LATER)

    outcomes = race(
        lambda: forcing.confirm(article, user=one, seen_edition=1, at=LATER),
        answer,
        is_first=is_first,
    )

    verdicts = list(ForcedAnswer.objects.values_list("verdict", flat=True))
    is_objection = second_says == "object" and not is_first
    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert verdicts == ["objected" if is_objection else "confirmed"]
    assert seen_by_readers(article) == ([] if is_objection else [1])


@ORDERS
def test_two_mend_the_same_approved_text(is_first):
    article = factories.approve(factories.make_article("标题有误字"))
    one, other = factories.make_user("proof-reader"), factories.make_user("proof-reader")

    outcomes = race(
        save(article, one, "标题正误字"), save(article, other, "标题有错字"), is_first=is_first
    )

    article.refresh_from_db()
    assert outcomes == (("done", "StaleArticle") if is_first else ("StaleArticle", "done"))
    assert article.headline == ("标题正误字" if is_first else "标题有错字")
    assert (article.status, article.version_number) == ("approved", 2)
    assert TypoFix.objects.get().made_by == (one if is_first else other)


@ORDERS
def test_signing_while_somebody_saves(is_first):
    stage = ReviewPolicy.objects.get(is_default=True).stages.get(position=1)
    stage.wants_proofreader = True
    stage.save()
    article = factories.submit(factories.make_article())
    reader, editor = factories.make_user("proof-reader"), factories.make_user("desk editor")

    outcomes = race(
        lambda: proofreading.sign(article, proofreader=reader, seen_version=1, at=LATER),
        save(article, editor),
        is_first=is_first,
    )

    assert outcomes == ("done" if is_first else "VersionMoved", "done")
    review = article.rounds.get()
    assert list(review.signatures.values_list("version_number", flat=True)) == (
        [1] if is_first else []
    )
    # Whoever signed what is no longer the text has cleared nothing.
    with pytest.raises(reviewing.NotAllowed, match="sign this version first"):
        reviewing.approve(
            article, reviewer=factories.make_user("desk editor"), seen_version=2, at=LATER
        )


@ORDERS
def test_two_join_the_same_pair_in_opposite_directions(is_first):
    one, other = factories.make_article(), factories.make_article()
    here, there = factories.make_user("desk editor"), factories.make_user("desk editor")

    outcomes = race(
        lambda: joining.join(one, into=other, user=here, seen_version=1, at=LATER),
        lambda: joining.join(other, into=one, user=there, seen_version=1, at=LATER),
        is_first=is_first,
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert (one.joined_into, other.joined_into) == ((other, None) if is_first else (None, one))
    joint = other if is_first else one
    assert joint.version_number == 2
    assert joint.units.count() == 2


@ORDERS
def test_joining_while_somebody_saves_the_one_that_goes_on(is_first):
    one, other = factories.make_article(), factories.make_article()
    desk, editor = factories.make_user("desk editor"), factories.make_user("desk editor")

    outcomes = race(
        lambda: joining.join(one, into=other, user=desk, seen_version=1, at=LATER),
        save(other, editor),
        is_first=is_first,
    )

    one.refresh_from_db()
    other.refresh_from_db()
    assert outcomes == (("done", "StaleArticle") if is_first else ("StaleArticle", "done"))
    assert one.joined_into == (other if is_first else None)
    assert (other.version_number, other.headline == "改过的标题") == (2, not is_first)


@ORDERS
def test_rescheduling_while_somebody_takes_it_off_the_schedule(is_first):
    article = factories.make_article()
    plan = factories.publish(article, live_from=LATER + 60 * MINUTE)
    desk, chief = factories.make_user("desk editor"), factories.make_user("chief editor")

    outcomes = race(
        lambda: publishing.reschedule(
            article,
            user=desk,
            live_from=LATER + 90 * MINUTE,
            seen_edition=plan.pk,
            at=LATER,
        ),
        lambda: publishing.unschedule(article, user=chief, seen_edition=plan.pk, at=LATER),
        is_first=is_first,
    )

    article.refresh_from_db()
    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert article.status == ("published" if is_first else "approved")
    seen = [seen_by_readers(article, at=LATER + hours * 60 * MINUTE) for hours in (1, 3)]
    assert [len(rows) for rows in seen] == ([0, 1] if is_first else [0, 0])


@ORDERS
def test_two_claim_what_waits(is_first):
    article = factories.submit(factories.make_article())
    one, other = factories.make_user("desk editor"), factories.make_user("desk editor")

    outcomes = race(
        lambda: reviewing.claim(article, reviewer=one, at=LATER),
        lambda: reviewing.claim(article, reviewer=other, at=LATER),
        is_first=is_first,
    )

    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert article.rounds.get().claimed_by == (one if is_first else other)
    assert logged(article) == ["created", "submitted", "claimed"]


@pytest.mark.parametrize("lose", [close_account, leave_group])
def test_claim_of_somebody_who_lost_the_right_binds_nobody(lose):
    article = factories.submit(factories.make_article())
    gone, other = factories.make_user("desk editor"), factories.make_user("desk editor")
    reviewing.claim(article, reviewer=gone, at=NOON)

    lose(gone)
    reviewing.claim(article, reviewer=other, at=LATER)

    assert article.rounds.get().claimed_by == other


@ORDERS
def test_two_reviewers_hand_over_what_nobody_claimed(is_first):
    article = factories.submit(factories.make_article())
    one, other, third, fourth = (factories.make_user("desk editor") for _ in range(4))

    outcomes = race(
        lambda: reviewing.hand_over(article, reviewer=one, to=third, seen_holder=None, at=LATER),
        lambda: reviewing.hand_over(
            article, reviewer=other, to=fourth, seen_holder=None, at=LATER
        ),
        is_first=is_first,
    )

    # It is with somebody now: only they or a head hand it on.
    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert article.rounds.get().claimed_by == (third if is_first else fourth)


@ORDERS
def test_two_of_a_unit_submit(is_first):
    article = factories.make_article()
    writer = article.created_by
    colleague = factories.make_user("correspondent", unit=article.unit)

    outcomes = race(
        lambda: reviewing.submit(article, user=writer, at=LATER),
        lambda: reviewing.submit(article, user=colleague, at=LATER),
        is_first=is_first,
    )

    assert outcomes == (("done", "NotAllowed") if is_first else ("NotAllowed", "done"))
    assert article.rounds.get().submitted_by == (writer if is_first else colleague)
    assert logged(article) == ["created", "submitted"]


# Somebody loses what lets them decide.


@pytest.mark.parametrize("lose", [close_account, leave_group])
def test_reviewer_who_loses_the_right_while_the_decision_waits(lose):
    article = factories.submit(factories.make_article())
    reviewer = factories.make_user("desk editor")
    # What the sign-in read of them: they may.
    assert reviewer.has_perm("articles.review_article")

    def lose_it_beside_the_article():
        Article.objects.select_for_update().get(pk=article.pk)
        lose(User.objects.get(pk=reviewer.pk))

    outcomes = one_then_other(
        lose_it_beside_the_article,
        lambda: reviewing.approve(article, reviewer=reviewer, seen_version=1, at=LATER),
    )

    assert outcomes == ("done", "NotAllowed")
    assert not article.rounds.get().decisions.exists()


@ORDERS
def test_account_deleted_while_it_approves(is_first):
    article = factories.submit(factories.make_article())
    reviewer = factories.make_user("desk editor")

    outcomes = race(
        lambda: User.objects.get(pk=reviewer.pk).delete(),
        lambda: reviewing.approve(article, reviewer=reviewer, seen_version=1, at=LATER),
        is_first=is_first,
    )

    # The decision and its reviewer stay together, or neither is there.
    if is_first:
        assert outcomes == ("done", "NotAllowed")
        assert not article.rounds.get().decisions.exists()
    else:
        assert outcomes in {("IntegrityError", "done"), ("ProtectedError", "done")}
        assert article.rounds.get().decisions.get().reviewer == reviewer


@ORDERS
def test_two_give_one_photo_other_words(is_first):
    photo = factories.make_photo("原来的")
    one, other = factories.make_user("desk editor"), factories.make_user("desk editor")
    seen = photos.mark(photo, photos.WORDS)

    def reword(user, caption):
        return lambda: photos.reword(photo, caption=caption, seen=seen, user=user, at=LATER)

    outcomes = race(reword(one, "这一位的"), reword(other, "那一位的"), is_first=is_first)

    photo.refresh_from_db()
    assert (outcomes, photo.caption) == (
        (("done", "PhotoMoved"), "这一位的") if is_first else (("PhotoMoved", "done"), "那一位的")
    )


@ORDERS
def test_two_say_whose_one_photo_is(is_first):
    photo = factories.make_photo()
    one, other = factories.make_user("desk editor"), factories.make_user("desk editor")
    seen = photos.mark(photo, photos.WHOSE)

    def say(user, name):
        return lambda: photos.say_whose(
            photo, photographer=name, unit=None, seen=seen, user=user, at=LATER
        )

    outcomes = race(say(one, "林晓"), say(other, "孟小溪"), is_first=is_first)

    photo.refresh_from_db()
    assert (outcomes, photo.credit) == (
        (("done", "PhotoMoved"), "林晓") if is_first else (("PhotoMoved", "done"), "孟小溪")
    )


@ORDERS
def test_file_put_away_while_its_article_is_restored(is_first, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    chief = factories.make_user("chief editor")
    photo = photos.take_in(two_halves(), user=chief, at=NOON)
    article = factories.make_article()
    article.photos.create(photo=photo)
    writing.finish_change(article, author=article.created_by, at=NOON)
    factories.publish(article)
    cropping.crop(photo, Crop(60, 0, 40, 100), seen=photo.sha256, user=chief, at=NOON)
    publishing.withdraw(article, user=chief, reason="核实", at=NOON + MINUTE)

    outcomes = race(
        lambda: putting_away.settle(at=LATER),
        lambda: publishing.restore(article, user=chief, reason="无误", at=LATER),
        is_first=is_first,
    )

    # Readers have the picture at once, and not from the next minute on.
    assert outcomes == ("done", "done")
    assert seen_by_readers(article) == [2]
    assert (tmp_path / photo.image.name).exists()
