"""Lists, searches, choices and the record: each shows what its reader may see, and no more."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions import forcing
from articles.admin.base import EvidenceAdmin
from articles.models import (
    Article,
    ArticlePhoto,
    ErrorReport,
    ImportedArticle,
    ImportRun,
    LogEntry,
    Person,
    Photo,
    ProofSignature,
    TypoFix,
    Unit,
    User,
)
from tests.factories import (
    approve,
    change,
    make_article,
    make_group,
    make_person,
    make_photo,
    make_unit,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

EVIDENCE = sorted(
    model._meta.model_name
    for model, page in admin.site._registry.items()
    if isinstance(page, EvidenceAdmin)
)
LISTS = sorted(
    f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    for model in admin.site._registry
    if model._meta.app_label in {"articles", "auth", "taggit"}
)


@pytest.fixture
def secret(unit):
    """An article with every kind of record, of a unit that the reader does not belong to."""
    theirs = make_unit("秘密单位之外")
    article = make_article("秘密标题", unit=theirs, kicker="秘密眉题", tags=("秘密标签",))
    photo = make_photo("秘密照片", unit=theirs)
    ArticlePhoto.objects.create(article=article, photo=photo)
    publish(article, at=timezone.now())
    article.corrections.create(
        text="秘密更正", written_by=article.created_by, written_at=timezone.now()
    )
    article.withdrawals.create(
        headline="秘密标题",
        reason="秘密原因",
        withdrawn_at=timezone.now(),
        withdrawn_by=article.created_by,
    )
    article.placements.create(slot="lead", live_from=timezone.now())
    signed, version, by = article.rounds.first(), article.versions.first(), article.created_by
    ProofSignature.objects.create(
        round=signed,
        version=version,
        version_number=1,
        sha256="0" * 64,
        proofreader=by,
        proofreader_name="秘密校对",
        signed_at=timezone.now(),
    )
    TypoFix.objects.create(
        round=signed,
        approved=version,
        version_number=1,
        approved_sha256="0" * 64,
        version=version,
        sha256="0" * 64,
        characters=2,
        limit=8,
        changes=[],
        made_by=by,
        made_by_name="秘密校对",
        made_at=timezone.now(),
    )
    ImportedArticle.objects.create(
        article=article,
        key="秘密标题",
        digest="0" * 64,
        sha256="0" * 64,
        run=ImportRun.objects.create(name="秘密", started_by=by, started_at=timezone.now()),
        imported_by=by,
        imported_by_name="秘密",
        imported_at=timezone.now(),
    )
    ErrorReport.objects.create(
        edition=article.editions.get(), text="秘密", key="1", sent_at=timezone.now()
    )
    forced = make_article("秘密标题", unit=theirs)
    forcing.force_publish(
        forced, user=make_user("chief editor"), seen_version=1, reason="秘密", at=timezone.now()
    )
    return article


@pytest.mark.parametrize("address", LISTS)
def test_list_opens_and_searches_for_a_superuser(client, secret, address):
    client.force_login(User.objects.create_superuser("root", name="超级", password="x"))

    assert client.get(address).status_code == 200
    assert client.get(address, {"q": "秘密"}).status_code in {200, 302}


@pytest.mark.parametrize("name", EVIDENCE)
def test_record_is_read_only_for_everybody_and_seen_by_its_unit(
    client, sign_in, secret, unit, name
):
    page = next(p for m, p in admin.site._registry.items() if m._meta.model_name == name)
    row = page.model.objects.first()
    client.force_login(User.objects.create_superuser("root", name="超级", password="x"))
    stranger, _user = sign_in("correspondent", unit=unit)
    base = f"/admin/articles/{name}/"

    assert client.get(f"{base}{row.pk}/change/").status_code == 200
    assert client.post(f"{base}{row.pk}/change/", {}).status_code == 403
    assert client.get(f"{base}{row.pk}/delete/").status_code == 403
    assert client.get(f"{base}add/").status_code == 403
    assert client.post(base, {"action": "delete_selected", "_selected_action": row.pk}).status_code
    assert page.model.objects.filter(pk=row.pk).exists()
    for address in (base, f"{base}?q=秘密", f"{base}{row.pk}/change/", f"{base}{row.pk}/history/"):
        answer = stranger.get(address)
        assert answer.status_code in {200, 403, 404}
        assert "秘密标题" not in answer.content.decode()


def test_nothing_of_another_unit_is_listed_or_found(sign_in, secret, unit):
    browser, _user = sign_in("correspondent", unit=unit)
    desk, _editor = sign_in("desk editor")
    choice = "/admin/autocomplete/?app_label=articles&model_name={}&field_name={}&term=秘密"
    addresses = [
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/?q=秘密",
        f"/admin/articles/article/?unit__id__exact={secret.unit_id}",
        f"/admin/articles/article/?status__exact={secret.status}",
        "/admin/articles/photo/?q=秘密照",
        choice.format("placement", "article"),
        choice.format("articlephoto", "photo"),
        choice.format("version", "article"),
        f"/admin/articles/article/{secret.pk}/history/",
        f"/admin/articles/article/{secret.pk}/versions/1/",
        f"/admin/articles/article/{secret.pk}/compare/?old=1&new=1",
        f"/admin/articles/photo/{secret.photos.get().photo_id}/change/",
        f"/admin/articles/photo/{secret.photos.get().photo_id}/original/",
        f"/admin/articles/photo/{secret.photos.get().photo_id}/history/",
    ]
    words = ("秘密标题", "秘密眉题", "秘密标签", "秘密照片", "秘密更正", "秘密原因")

    def named(client):
        pages = ""
        for address in addresses:
            answer = client.get(address)
            pages += (
                answer.getvalue().decode(errors="ignore")
                if answer.streaming
                else answer.content.decode()
            )
        return [word for word in words if f">{word}" in pages or word in pages]

    assert named(browser) == []
    assert named(desk) == ["秘密标题", "秘密眉题", "秘密标签", "秘密照片"]


def test_way_to_a_public_address_is_no_way_to_a_draft(sign_in, unit):
    draft = make_article(unit=make_unit(), slug="secret-slug")
    kind = ContentType.objects.get_for_model(Article)
    browser, _user = sign_in("correspondent", unit=unit)

    answer = browser.get(f"/admin/r/{kind.pk}/{draft.pk}/")

    assert answer.status_code == 404
    assert "secret-slug" not in str(answer.headers)


def test_article_list_asks_as_often_with_five_rows_as_with_one(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    address = "/admin/articles/article/"
    browser.get(address)
    make_article(author=user, unit=unit)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _ in range(4):
        make_article(author=user, unit=unit)
    with CaptureQueriesContext(connection) as five:
        browser.get(address)

    assert len(five) == len(one)


def test_foreign_parameter_does_not_reach_the_filter(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)

    answer = browser.get("/admin/articles/article/?created_by__password__startswith=md5")

    assert answer.status_code == 400


def test_history_compare_and_version(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article("旧题", author=user, unit=unit)
    change(
        article, by=user, at=timezone.now(), headline="新题", body="<p>正文第一段。</p><p>新</p>"
    )
    other = make_article(author=user, unit=unit)
    base = f"/admin/articles/article/{article.pk}"

    history = browser.get(f"{base}/history/").content.decode()
    compare = browser.get(f"{base}/compare/?old=2&new=1").content.decode()
    version = browser.get(f"{base}/versions/1/").content.decode()

    assert f"{base}/versions/2/" in history
    assert "[deleted: </span>旧<" in compare
    assert "[inserted: </span>新<" in compare
    assert "旧题" in version
    assert browser.get(f"/admin/articles/article/{other.pk}/versions/2/").status_code == 404
    assert browser.get(f"{base}/compare/?old=1&new=9").status_code == 404
    assert browser.get(f"{base}/compare/?old=1&new=x").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "article/{article}/compare/?old={digits}&new=1",
        "article/{article}/versions/{digits}/",
        "article/{digits}/history/",
        "article/{digits}/change/",
        "article/{digits}/approve/",
        "photo/{digits}/change/",
        "photo/{digits}/original/",
    ],
)
@pytest.mark.parametrize("digits", ["9" * 18, "9" * 20, "9" * 5_000])
def test_number_that_is_too_long_is_not_found(sign_in, unit, path, digits):
    browser, user = sign_in("correspondent", unit=unit)
    article = make_article(author=user, unit=unit)

    address = "/admin/articles/" + path.format(article=article.pk, digits=digits)
    answer = browser.get(address, follow=True)

    assert answer.status_code == 404


def test_photo_goes_into_the_library_from_the_popup(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    picture = make_photo(user=make_user("desk editor", unit=None)).original.read()

    Photo.objects.all().delete()
    answer = browser.post(
        "/admin/articles/photo/add/?_popup=1",
        {
            "_popup": "1",
            "picture": SimpleUploadedFile("a.png", picture),
            "caption": "揭牌",
            "unit": unit.pk,
        },
    )

    photo = Photo.objects.get()
    assert (photo.caption, photo.uploaded_by, photo.unit) == ("揭牌", user, unit)
    assert f"&quot;value&quot;: &quot;{photo.pk}&quot;" in answer.content.decode()


def test_file_that_is_no_picture_is_a_form_error(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)

    answer = browser.post(
        "/admin/articles/photo/add/",
        {"picture": SimpleUploadedFile("a.png", b"<svg/>"), "caption": "不丢的图说"},
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["picture"]
    assert "不丢的图说" in text
    assert not Photo.objects.exists()


def test_photo_page_names_only_articles_that_its_reader_may_see(sign_in, unit):
    browser, user = sign_in("correspondent", unit=unit)
    photo = make_photo(user=user)
    own, theirs = make_article("自己的稿", unit=unit), make_article("别人的稿", unit=make_unit())
    for article in (own, theirs):
        ArticlePhoto.objects.create(article=article, photo=photo)

    text = browser.get(f"/admin/articles/photo/{photo.pk}/change/").content.decode()

    assert "自己的稿" in text
    assert "别人的稿" not in text


def test_unit_is_found_by_an_old_name_in_either_script(sign_in):
    unit = make_unit("党委宣传部")
    unit.names.create(name="黨委新聞辦")
    browser, _user = sign_in("desk editor")

    found = browser.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": "article", "field_name": "unit", "term": "新闻办"},
    ).json()

    assert [row["text"] for row in found["results"]] == ["党委宣传部"]


def test_homonyms_are_told_apart_by_their_units(sign_in, unit):
    make_person("李萌", home_unit=unit)
    make_person("李萌")
    browser, _user = sign_in("correspondent", unit=unit)

    found = browser.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": "credit", "field_name": "person", "term": "李"},
    ).json()

    assert [row["text"] for row in found["results"]] == ["李萌（仪器学院）", "李萌"]


def test_administrator_makes_no_superuser_and_touches_none(sign_in):
    browser, _user = sign_in("administrator")
    root = User.objects.create_superuser("root", name="超级", password="x")
    colleague = make_user()
    data = {
        "username": colleague.username,
        "name": "新名字",
        "is_active": "on",
        "is_superuser": "on",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }

    changed = browser.post(f"/admin/articles/user/{colleague.pk}/change/", data)
    refused = browser.post(f"/admin/articles/user/{root.pk}/change/", data)
    password = browser.get(f"/admin/articles/user/{root.pk}/password/")

    colleague.refresh_from_db()
    assert (changed.status_code, colleague.name) == (302, "新名字")
    assert colleague.is_superuser is False
    assert [refused.status_code, password.status_code] == [403, 403]
    assert User.objects.get(pk=root.pk).name == "超级"


@pytest.fixture
def rights():
    """What an administrator could tick to give an account every right, and a unit."""
    return {
        "is_active": "on",
        "is_staff": "on",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-unit": make_unit().pk,
        "memberships-0-role": "reviewer",
        "memberships-0-valid_from": "2020-01-01",
    }


def test_administrator_gives_rights_to_others_and_not_to_themselves(sign_in, rights):
    browser, user = sign_in("administrator")
    colleague = make_user()

    for account in (user, colleague):
        browser.post(
            f"/admin/articles/user/{account.pk}/change/",
            {"username": account.username, "name": "新名字", **rights},
        )

    user, colleague = (User.objects.get(pk=row.pk) for row in (user, colleague))
    assert (user.name, colleague.name) == ("新名字", "新名字")
    assert [group.name for group in user.groups.all()] == ["administrator"]
    assert colleague.groups.count() == len(rights["groups"])
    assert (user.memberships.count(), colleague.memberships.count()) == (0, 1)
    assert colleague.is_staff is True


def test_superuser_gives_rights_to_their_own_account(client, rights):
    root = User.objects.create_superuser("root", name="超级", password="x")
    client.force_login(root)

    client.post(
        f"/admin/articles/user/{root.pk}/change/",
        {"username": "root", "name": "超级", "is_superuser": "on", **rights},
    )

    assert (root.groups.count(), root.memberships.count()) == (len(rights["groups"]), 1)


def test_administrator_makes_no_membership_of_their_own(sign_in, unit):
    browser, user = sign_in("administrator", unit=unit)
    colleague = make_user()
    own, other = user.memberships.get(), make_user(unit=unit).memberships.get()
    base = "/admin/articles/membership/"
    data = {"unit": make_unit().pk, "role": "reviewer", "valid_from": "2020-01-01"}

    browser.post(f"{base}add/", data | {"user": user.pk})
    browser.post(f"{base}add/", data | {"user": colleague.pk})
    browser.post(f"{base}{other.pk}/change/", data | {"user": user.pk})
    refused = browser.post(f"{base}{own.pk}/change/", data | {"user": user.pk})

    assert refused.status_code == 403
    assert list(user.memberships.values_list("unit", flat=True)) == [unit.pk]
    assert colleague.memberships.count() == 1


@pytest.mark.parametrize(
    ("groups", "active", "answer"),
    [
        (("chief editor",), True, 403),
        (("chief editor",), False, 403),
        (("unit reviewer",), True, 403),
        (("correspondent",), True, 302),
    ],
)
def test_administrator_sets_no_password_of_those_who_decide(sign_in, groups, active, answer):
    browser, _user = sign_in("administrator")
    account = make_user(*groups, is_active=active)
    words = "correct horse battery"
    data = {"usable_password": "true", "password1": words, "password2": words}

    given = browser.post(f"/admin/articles/user/{account.pk}/password/", data)

    assert given.status_code == answer
    assert User.objects.get(pk=account.pk).check_password(words) is (answer == 302)


def test_superuser_sets_the_password_of_those_who_decide(client):
    client.force_login(User.objects.create_superuser("root", name="超级", password="x"))

    page = client.get(f"/admin/articles/user/{make_user('chief editor').pk}/password/")

    assert page.status_code == 200


def test_new_account_gets_a_name_and_a_password(sign_in):
    browser, _user = sign_in("administrator")
    secret_words = "correct horse battery"

    answer = browser.post(
        "/admin/articles/user/add/",
        {
            "username": "new",
            "name": "新同事",
            "usable_password": "true",
            "password1": secret_words,
            "password2": secret_words,
        },
    )

    user = User.objects.get(username="new")
    assert (answer.status_code, user.name) == (302, "新同事")
    assert user.check_password(secret_words)


def test_policy_says_what_it_means(sign_in):
    browser, _user = sign_in("administrator")

    text = browser.get("/admin/articles/reviewpolicy/").content.decode()

    assert (
        "An article passes “初审” by desk editors within 8 working hours → "
        "“终审” by chief editors within 8 working hours." in text
    )


def test_unit_keeps_its_names_inline(sign_in):
    browser, _user = sign_in("administrator")
    group = make_group()

    browser.post(
        "/admin/articles/unit/add/",
        {
            "name": "新学院",
            "slug": "new-school",
            "group": group.pk,
            "position": "1",
            "ranked": "on",
            "names-TOTAL_FORMS": "1",
            "names-INITIAL_FORMS": "0",
            "names-0-name": "新院",
            "names-0-kind": "alias",
        },
    )

    unit = Unit.objects.get(slug="new-school")
    assert sorted(unit.names.values_list("name", flat=True)) == ["新学院", "新院"]


def test_person_page_hides_accounts_from_the_units(sign_in, unit):
    make_person("李明远", user=make_user(name="账号名"))
    browser, _user = sign_in("correspondent", unit=unit)

    desk, _admin = sign_in("administrator")

    page = browser.get("/admin/articles/person/")

    assert page.status_code == 200
    assert "账号名" not in page.content.decode()
    assert "账号名" in desk.get("/admin/articles/person/").content.decode()
    assert browser.post("/admin/articles/person/add/", {"name": "某人"}).status_code == 403


@pytest.mark.parametrize("group", ["correspondent", "desk editor"])
def test_person_and_account_are_not_brought_together_for_the_units(sign_in, unit, group):
    person = make_person("李明远", user=make_user(name="账号名"))
    browser, _user = sign_in(group, unit=unit)
    administrator, _user = sign_in("administrator")
    people = "/admin/articles/person/"

    pages = [b.get(f"{people}{person.pk}/change/") for b in (browser, administrator)]

    assert [page.status_code for page in pages] == [200, 200]
    assert ["账号名" in page.content.decode() for page in pages] == [False, True]
    for question in ("user=1", "user__isnull=0", "user__id__exact=1", "user__name=x"):
        assert browser.get(f"{people}?{question}").status_code == 400
    assert administrator.get(f"{people}?user__isnull=0").status_code == 200


def test_reason_is_given_on_a_page_of_the_desk(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)

    refused = browser.get("/admin/articles/user/")
    missing = browser.get("/admin/no/such/page/")

    assert (refused.status_code, missing.status_code) == (403, 404)
    assert "Your account has no right to do this." in refused.content.decode()
    assert "There is nothing here for you." in missing.content.decode()
    assert 'href="/admin/"' in missing.content.decode()


def test_navigation_groups_what_the_user_may_open(sign_in, unit):
    browser, _user = sign_in("correspondent", unit=unit)

    groups = browser.get("/admin/").context["available_apps"]

    found = [(str(g["name"]), [m["object_name"] for m in g["models"]]) for g in groups]
    assert [group for group in found if group[0] != "Statistics"] == [
        ("Articles", ["Article", "Edition", "Correction", "ErrorReport"]),
        ("Material", ["Photo"]),
        ("Sections", ["Section"]),
        ("Contributors", ["Unit", "Person"]),
        ("Review", ["ReviewRound", "ReviewDecision", "ProofSignature", "TypoFix", "Version"]),
        ("管理", ["LogEntry"]),
    ]


def test_desk_speaks_both_languages(sign_in):
    browser, _user = sign_in("desk editor")

    page = browser.get("/en/admin/articles/article/")

    assert page["Content-Language"] == "en"
    assert 'href="/admin/articles/article/"' in page.content.decode()
    assert 'href="/en/admin/articles/section/"' in page.content.decode()


def test_pages_carry_no_inline_code(sign_in, unit):
    browser, _user = sign_in("chief editor")
    article = approve(make_article(unit=unit))

    for address in (
        "/admin/",
        "/admin/articles/article/",
        f"/admin/articles/article/{article.pk}/change/",
        f"/admin/articles/article/{article.pk}/publish/",
        f"/admin/articles/article/{article.pk}/history/",
        "/admin/articles/photo/add/",
    ):
        answer = browser.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert " style=" not in text
        assert " onclick=" not in text
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        for script in text.split("<script")[1:]:
            assert "nonce=" in script.split(">")[0] or "importmap" in script.split(">")[0]


def test_administrator_who_decides_does_not_cut_the_tie_to_their_own_person(sign_in):
    browser, user = sign_in("administrator", "chief editor")
    own, other = make_person("王五", user=user), make_person("赵六")
    colleague = make_user()
    rows = {"home_unit": "", "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}

    def save(person, account):
        data = {"name": person.name, "user": account, **rows}
        browser.post(f"/admin/articles/person/{person.pk}/change/", data)

    save(own, "")
    save(other, user.pk)
    unchanged = Person.objects.get(pk=own.pk).user, Person.objects.get(pk=other.pk).user
    save(other, colleague.pk)
    deleted = browser.post(f"/admin/articles/person/{own.pk}/delete/", {"post": "yes"})

    assert unchanged == (user, None)
    assert Person.objects.get(pk=other.pk).user == colleague
    assert deleted.status_code == 403


def test_superuser_changes_which_person_they_are(client):
    root = User.objects.create_superuser("root", name="超级", password="x")
    client.force_login(root)
    person = make_person("王五", user=root)

    data = {"name": "王五", "user": "", "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    client.post(f"/admin/articles/person/{person.pk}/change/", data)

    assert Person.objects.get(pk=person.pk).user is None


SECRET = "correct horse battery"


def make_account(browser):
    words = {"usable_password": "true", "password1": SECRET, "password2": SECRET}
    browser.post("/admin/articles/user/add/", {"username": "new", "name": "新同事", **words})
    return User.objects.get(username="new")


def give(browser, account, group):
    data = {
        "username": account.username,
        "name": account.name,
        "is_active": "on",
        "is_staff": "on",
        "groups": [Group.objects.get(name=group).pk],
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    return browser.post(f"/admin/articles/user/{account.pk}/change/", data, follow=True)


def test_administrator_who_set_a_password_lets_nobody_decide_with_it(sign_in):
    browser, _user = sign_in("administrator")
    account = make_account(browser)

    before = give(browser, account, "correspondent"), User.objects.get(pk=account.pk)
    after = give(browser, account, "chief editor"), User.objects.get(pk=account.pk)

    assert before[1].check_password(SECRET)
    assert not after[1].has_usable_password()
    assert "a superuser sets a new one" in after[0].content.decode()
    assert LogEntry.objects.filter(action="password_changed", subject_id=account.pk).count() == 1


def test_colleague_and_superuser_let_an_account_decide_that_an_administrator_made(sign_in):
    for who in ({"groups": ("administrator",)}, {"groups": (), "is_superuser": True}):
        maker, _user = sign_in("administrator")
        account = make_account(maker)
        browser, _user = sign_in(*who["groups"], is_superuser=who.get("is_superuser", False))

        give(browser, account, "chief editor")

        account.refresh_from_db()
        assert account.check_password(SECRET)
        assert account.groups.get().name == "chief editor"
        User.objects.filter(pk=account.pk).update(username=f"new{account.pk}")
