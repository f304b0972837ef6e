"""One copy for everybody: what it may depend on, and how long it lasts."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from articles import freshness
from articles.actions import publishing
from articles.public import caching
from tests.articles.public.helpers import text
from tests.factories import make_edition, make_user


@pytest.fixture(autouse=True)
def _no_copies():
    caching.pages.clear()


@pytest.fixture
def clock(monkeypatch):
    """Give a clock that the cache reads and the test turns."""
    hands = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(freshness, "monotonic", lambda: hands.now)
    return hands


@pytest.fixture
def counted():
    """Give a page that tells how often it was made."""
    made = []

    @caching.public_page
    def page(request):
        made.append(request)
        return HttpResponse(f"made {len(made)}")

    return caching.PageCopiesMiddleware(page)


def kept(view):
    return caching.PageCopiesMiddleware(caching.public_page(view))


def get(page, address="/page/", **headers):
    return page(RequestFactory().get(address, headers=headers))


def test_page_is_made_once_a_second(counted, settings, clock):
    settings.PAGE_CACHE_SECONDS = 1

    first, again = get(counted), get(counted)
    clock.now += 1.01
    later = get(counted)

    answers = [answer.content for answer in (first, again, later)]
    assert answers == [b"made 1", b"made 1", b"made 2"]
    assert dict(first.headers) == dict(again.headers)


def test_one_reader_waits_for_a_new_copy_and_the_others_do_not(settings, clock):
    settings.PAGE_CACHE_SECONDS = 1
    answers = []

    @caching.public_page
    def page(request):
        if answers:  # while it is made anew
            answers.append(get(page).content)
        return HttpResponse(f"at {clock.now}")

    page = caching.PageCopiesMiddleware(page)
    for seconds in (0, 0.5, 0.375, 0.0625):
        clock.now += seconds
        answers.append(get(page).content)

    # Due after three quarters of its time; the next one lasts a second again.
    assert answers == [b"at 1000.0", b"at 1000.0", b"at 1000.0", b"at 1000.875", b"at 1000.875"]


def test_nobody_gets_a_copy_that_has_expired(settings, clock):
    settings.PAGE_CACHE_SECONDS = 1
    made = []

    @caching.public_page
    def page(request):
        made.append(request)
        if len(made) == 2:
            clock.now += 0.2
            assert get(page).content == b"made 3"
        return HttpResponse(f"made {len(made)}")

    page = caching.PageCopiesMiddleware(page)
    get(page)
    clock.now += 0.9
    get(page)

    assert len(made) == 3


def test_page_is_kept_no_longer_than_what_it_was_made_of(settings, clock):
    settings.PAGE_CACHE_SECONDS = 1
    boards = freshness.Copies()

    def page(_request):
        return HttpResponse(boards.give("boards", 1, lambda: f"at {clock.now}"))

    page, answers = kept(page), []
    get(page, "/before/")
    for seconds in (0.5, 0.375, 0.0625, 0.0625):
        clock.now += seconds
        answers.append(get(page).content)

    # The page is due after three quarters of the half second that its boards had left.
    assert answers == [b"at 1000.0", b"at 1000.875", b"at 1000.875", b"at 1000.875"]


def test_frame_is_kept_for_its_own_time_and_shortens_no_other(settings, clock):
    settings.PAGE_CACHE_SECONDS = 1
    names, frames = freshness.Copies(), freshness.Copies(frames=True)

    def framed() -> str:
        return f"{names.give('name', 1, str)} of {clock.now}"

    page = kept(
        lambda _request: HttpResponse(f"{frames.give('frame', 10, framed)} at {clock.now}")
    )
    answers = []
    for seconds in (0, 7.25, 0.5):
        clock.now += seconds
        answers.append(get(page).content)

    assert answers == [
        b" of 1000.0 at 1000.0",
        b" of 1000.0 at 1007.25",
        b" of 1000.0 at 1007.25",
    ]


def test_time_that_it_takes_to_make_a_page_counts(settings, clock):
    settings.PAGE_CACHE_SECONDS = 1
    made = []

    def slow(_request):
        made.append(clock.now)
        clock.now += 0.75
        return HttpResponse()

    page = kept(slow)
    get(page)
    clock.now += 0.25
    get(page)

    assert made == [1000.0, 1001.0]


def test_page_is_made_each_time_without_the_cache(counted, settings):
    settings.PAGE_CACHE_SECONDS = 0

    assert [get(counted).content for _ in range(2)] == [b"made 1", b"made 2"]
    assert len(caching.pages) == 0


def test_every_address_has_its_own_copy(counted, settings):
    settings.PAGE_CACHE_SECONDS = 60

    addresses = ("/page/", "/page/?before=1", "/en/page/", "/page/")

    assert [get(counted, a).content for a in addresses] == [
        b"made 1",
        b"made 2",
        b"made 3",
        b"made 1",
    ]


def test_copies_are_bounded(counted, settings, monkeypatch):
    settings.PAGE_CACHE_SECONDS = 60
    monkeypatch.setattr(freshness, "MOST_COPIES", 3)

    for number in range(10):
        get(counted, f"/page/?n={number}")

    assert len(caching.pages) <= 3


def test_copies_are_bounded_by_what_they_weigh(settings, monkeypatch):
    settings.PAGE_CACHE_SECONDS = 60
    monkeypatch.setattr(freshness, "MOST_BYTES", 2500)
    page = kept(lambda _request: HttpResponse("x" * 1000))

    numbers = []
    for number in range(5):
        get(page, f"/page/?n={number}")
        numbers.append(len(caching.pages))

    assert numbers == [1, 2, 1, 2, 1]


def test_unchanged_page_is_not_sent_again(settings):
    page = kept(lambda _request: HttpResponse("same"))
    etag = get(page)["ETag"]

    again = get(page, **{"If-None-Match": etag})
    other = get(page, **{"If-None-Match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, other.content) == (200, b"same")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_pages_can_only_be_read(counted, method):
    answer = counted(getattr(RequestFactory(), method)("/page/"))

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("status", [301, 404, 410])
def test_only_pages_are_kept(settings, status):
    settings.PAGE_CACHE_SECONDS = 60

    answer = get(kept(lambda _request: HttpResponse(status=status)))

    assert answer["Cache-Control"] == "no-cache"
    assert len(caching.pages) == 0


def test_http_and_https_have_their_own_copies(counted, settings):
    settings.PAGE_CACHE_SECONDS = 60

    answers = [counted(RequestFactory().get("/page/", secure=secure)) for secure in (False, True)]

    assert [answer.content for answer in answers] == [b"made 1", b"made 2"]


def test_page_that_sets_a_cookie_is_not_kept(settings):
    settings.PAGE_CACHE_SECONDS = 60

    @caching.public_page
    def page(_request):
        return HttpResponse("same")

    def with_cookie(request):
        response = page(request)
        response.set_cookie("who", "somebody")
        return response

    answer = get(caching.PageCopiesMiddleware(with_cookie))

    assert answer.cookies["who"].value == "somebody"
    assert len(caching.pages) == 0


@pytest.mark.django_db
def test_copy_has_every_header_of_the_page_and_asks_nothing(
    client, settings, django_assert_num_queries
):
    settings.PAGE_CACHE_SECONDS = 60
    address = make_edition(at=timezone.now()).get_absolute_url()
    made = client.get(address)

    with django_assert_num_queries(0):
        copy = client.get(address)
        unchanged = client.get(address, headers={"If-None-Match": made["ETag"]})

    assert dict(copy.headers) == dict(made.headers)
    assert copy.content == made.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.django_db
def test_withdrawn_article_is_gone_within_a_second(client, settings, clock):
    settings.PAGE_CACHE_SECONDS = 1
    edition = make_edition(at=timezone.now())
    before = client.get(edition.get_absolute_url())
    publishing.withdraw(
        edition.article, user=make_user("chief editor"), reason="错误", at=timezone.now()
    )
    clock.now += 1.01
    after = client.get(edition.get_absolute_url(), headers={"If-None-Match": before["ETag"]})

    assert [before.status_code, after.status_code] == [200, 410]
    assert before["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.django_db
def test_session_of_a_reader_changes_nothing(client):
    edition = make_edition("同一份", at=timezone.now())
    address = edition.get_absolute_url()
    anonymous = client.get(address)
    client.force_login(make_user("administrator", is_staff=True, is_superuser=True))

    signed_in = client.get(address, headers={"Accept-Language": "de", "DNT": "1"})

    assert text(signed_in) == text(anonymous)
    assert dict(signed_in.headers) == dict(anonymous.headers)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/archive/", "/search/", "/en/", "/no-such-page/"])
def test_public_page_is_closed_and_sets_no_cookie(client, path):
    answer = client.get(path)

    policy = answer["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy + text(answer)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Permissions-Policy"]
    assert dict(answer.cookies) == {}
    assert "Vary" not in answer
