"""Every address behind the login, for every role: who is let in, and who is not.

A pattern that is not in the tables fails the walk, so a new page cannot be forgotten.
"""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from taggit.models import Tag

from analytics.models import Adjustment, Click, Gap, ScoringRule, Statement
from articles.actions import crediting, forcing, publishing, writing
from articles.models import (
    Article,
    CalendarDay,
    CheckRule,
    CreditFormat,
    Deputy,
    ErrorReport,
    ImportedArticle,
    ImportRun,
    ListedWord,
    Membership,
    OldAddress,
    PersonalDraft,
    PolicyRule,
    ProofSignature,
    ReviewPolicy,
    SiteSettings,
    TypoFix,
    User,
    VerdictReason,
    Waiver,
    WorkingHours,
)
from tests import factories
from tests.addresses import addresses
from tests.factories import NOON

pytestmark = pytest.mark.django_db

UNIT = {"correspondent", "unit reviewer"}
DESK = {"desk editor", "chief editor"}
ADMIN = {"administrator"}
# Whoever may see the articles of this unit. A stranger is a correspondent of another one.
PROOF = {"proof-reader"}
SEE = UNIT | DESK | {"head"} | ADMIN | PROOF
STAFF = SEE | {"stranger"}
# Proof-readers have no part in the statistics.
BOARDS = STAFF - PROOF
# Who keeps the list of words.
LIST = {"chief editor"} | ADMIN
NONE: set[str] = set()

# Model -> who opens the list, one row (and its history), and who may add, change and delete.
MODELS = {
    "adjustment": (BOARDS, BOARDS, NONE, NONE, NONE),
    "article": (STAFF, SEE, UNIT | DESK | {"stranger"}, DESK, NONE),
    "calendarday": ({"head"} | ADMIN, {"head"} | ADMIN, ADMIN, ADMIN, ADMIN),
    "checkrule": (DESK | {"head"} | ADMIN, DESK | {"head"} | ADMIN, NONE, ADMIN, NONE),
    "click": (NONE, NONE, NONE, NONE, NONE),
    "correction": (STAFF, SEE, NONE, NONE, NONE),
    "creditformat": ({"head"} | ADMIN, {"head"} | ADMIN, NONE, ADMIN, ADMIN),
    "deputy": (
        {"unit reviewer", "head"} | DESK | ADMIN,
        {"head"} | ADMIN,
        {"unit reviewer"} | DESK | ADMIN,
        NONE,
        NONE,
    ),
    "edition": (STAFF, SEE, NONE, NONE, NONE),
    "errorreport": (STAFF, SEE, NONE, NONE, NONE),
    "errand": (SEE - UNIT - PROOF, SEE - UNIT - PROOF, NONE, NONE, NONE),
    "forcedpublication": (SEE - UNIT - PROOF, SEE - UNIT - PROOF, NONE, NONE, NONE),
    "gap": (SEE - UNIT - PROOF, SEE - UNIT - PROOF, NONE, NONE, NONE),
    "group": (NONE, NONE, NONE, NONE, NONE),
    "importedarticle": (SEE - UNIT - PROOF, SEE - UNIT - PROOF, NONE, NONE, NONE),
    "importrun": (LIST | {"head"}, LIST | {"head"}, LIST, NONE, NONE),
    "listedword": (DESK | {"head"} | ADMIN, DESK | {"head"} | ADMIN, LIST, LIST, LIST),
    "logentry": (STAFF, SEE, NONE, NONE, NONE),
    "membership": (ADMIN, ADMIN, ADMIN, ADMIN, ADMIN),
    "oldaddress": (SEE - UNIT - PROOF, SEE - UNIT - PROOF, LIST, LIST, LIST),
    "person": (STAFF, STAFF, DESK | ADMIN, DESK | ADMIN, ADMIN),
    "photo": (STAFF, SEE, STAFF - {"head"} - ADMIN - PROOF, DESK, NONE),  # of no unit
    "placement": (SEE - UNIT, SEE - UNIT, NONE, NONE, NONE),
    "policyrule": ({"head"} | ADMIN, {"head"} | ADMIN, ADMIN, ADMIN, ADMIN),
    "proofsignature": (STAFF, SEE, NONE, NONE, NONE),
    "reviewdecision": (STAFF, SEE, NONE, NONE, NONE),
    "reviewpolicy": ({"head"} | ADMIN, {"head"} | ADMIN, ADMIN, ADMIN, ADMIN),
    "reviewround": (STAFF, SEE, NONE, NONE, NONE),
    "scoringrule": (BOARDS, BOARDS, {"head"} | ADMIN, NONE, NONE),
    "section": (STAFF, STAFF, ADMIN, ADMIN, ADMIN),
    "sitesettings": (ADMIN, ADMIN, NONE, ADMIN, NONE),
    "statement": (BOARDS, BOARDS, NONE, NONE, NONE),
    "tag": (NONE, NONE, NONE, NONE, NONE),
    "topic": (SEE - UNIT, SEE - UNIT, DESK | ADMIN, DESK | ADMIN, DESK | ADMIN),
    "typofix": (STAFF, SEE, NONE, NONE, NONE),
    "unit": (STAFF, STAFF, ADMIN, ADMIN, ADMIN),
    "unitgroup": (ADMIN, ADMIN, ADMIN, ADMIN, ADMIN),
    "user": (ADMIN, ADMIN, ADMIN, ADMIN, NONE),
    "verdictreason": ({"head"} | ADMIN, {"head"} | ADMIN, ADMIN, ADMIN, ADMIN),
    "version": (STAFF, SEE, NONE, NONE, NONE),
    "waiver": (DESK | {"head"} | ADMIN, DESK | {"head"} | ADMIN, NONE, NONE, LIST),
    "withdrawal": (SEE - UNIT, SEE - UNIT, NONE, NONE, NONE),
    "workinghours": ({"head"} | ADMIN, {"head"} | ADMIN, ADMIN, ADMIN, ADMIN),
}

# The other pages, by name -> who opens them. The sample's article is withdrawn.
PAGES = {
    "admin:app_list": NONE,
    "admin:articles_article_appoint": NONE,
    "admin:articles_article_approve": NONE,
    "admin:articles_article_as_of": SEE,
    "admin:articles_article_attachment": SEE,
    "admin:articles_article_autosave": NONE,  # wants a POST
    "admin:articles_article_checks": NONE,  # wants a POST
    "admin:articles_article_claim": NONE,
    "admin:articles_article_comment": UNIT | DESK | PROOF,
    "admin:articles_article_compare": SEE,
    "admin:articles_comment_open": NONE,  # wants a POST
    "admin:articles_comment_settle": NONE,
    "admin:articles_article_confirm": NONE,
    "admin:articles_article_correct": NONE,
    "admin:articles_article_credit_line": NONE,  # wants a POST
    "admin:articles_article_doubtful_line": DESK,  # who may change the article
    "admin:articles_article_doubtful_lines": UNIT | DESK | {"stranger"},
    "admin:articles_article_forget_name": NONE,  # wants a POST
    "admin:articles_article_learned_names": UNIT | DESK | ADMIN | {"stranger"},
    "admin:articles_article_join": NONE,
    "admin:articles_article_part": NONE,
    "admin:articles_article_force": NONE,
    "admin:articles_article_object": NONE,
    "admin:articles_article_proofread": NONE,
    "admin:articles_article_document": NONE,  # wants a POST
    "admin:articles_article_embargo": DESK,
    "admin:articles_article_lift_embargo": NONE,
    "admin:articles_article_library": UNIT | DESK | {"stranger"},  # of a new article
    "admin:articles_article_picture_words": UNIT | DESK | {"stranger"},  # of a new article
    "admin:articles_article_photographers": NONE,  # wants a POST
    "admin:articles_article_paste": NONE,  # wants a POST
    "admin:articles_article_pin": NONE,
    "admin:articles_article_unpin": NONE,
    "admin:articles_article_kept_text": NONE,  # its writer's alone
    "admin:articles_article_kept_texts": STAFF,
    "admin:articles_article_hand_over": NONE,
    "admin:articles_article_publish": NONE,
    "admin:articles_article_put_aside": NONE,  # nothing is found here
    "admin:articles_article_readmit": NONE,
    "admin:articles_article_reject": NONE,
    "admin:articles_article_release": NONE,
    "admin:articles_article_reschedule": NONE,
    "admin:articles_article_restore": {"chief editor"},
    "admin:articles_article_restore_version": DESK,
    "admin:articles_article_return": NONE,
    "admin:articles_article_sheet": SEE,
    "admin:articles_article_sheet_pdf": SEE,
    "admin:articles_article_submit": NONE,
    "admin:articles_article_take_back": NONE,
    "admin:articles_article_take_up": NONE,  # wants a POST
    "admin:articles_article_throw_away": NONE,  # wants a POST
    "admin:articles_article_tidy": NONE,  # its writer's alone
    "admin:articles_article_tidy_begin": NONE,  # wants a POST
    "admin:articles_article_tidy_preview": NONE,
    "admin:articles_article_translate": DESK,  # who may change the article
    "admin:articles_article_unschedule": NONE,
    "admin:articles_article_version": SEE,
    "admin:articles_article_withdraw": NONE,
    "admin:articles_errand_retry": NONE,  # wants a POST
    "admin:articles_edition_as_of": STAFF,
    "admin:articles_errorreport_settle": NONE,  # wants a POST
    "admin:articles_importrun_do": NONE,  # wants a POST
    "admin:articles_importrun_outcomes": NONE,  # wants a POST
    "admin:articles_importrun_go_on": NONE,  # wants a POST
    "admin:articles_importrun_stop": NONE,  # wants a POST
    "admin:articles_listedword_import": LIST,
    "admin:articles_photo_captions": STAFF,  # nothing is chosen
    "admin:articles_photo_contact_sheet": STAFF,
    "admin:articles_photo_crop": DESK,
    "admin:articles_photo_original": SEE,
    "admin:articles_photo_upload": STAFF - {"head"} - ADMIN - PROOF,
    "admin:articles_photo_whole": SEE,
    "admin:articles_policyrule_table": {"head"} | ADMIN,
    "admin:auth_user_password_change": ADMIN,
    "admin:autocomplete": NONE,  # wants a field, see below
    "admin:desk_archive": DESK | {"head"} | ADMIN | PROOF,
    "admin:desk_board": STAFF,
    "admin:desk_bulk_approve": {"unit reviewer"} | DESK,
    "admin:desk_bulk_publish": DESK,
    "admin:desk_bulk_return": {"unit reviewer"} | DESK,
    "admin:desk_bulk_section": UNIT | DESK | {"stranger"},
    "admin:desk_bulk_submit": UNIT | DESK | {"stranger"},
    "admin:desk_bulk_tag": UNIT | DESK | {"stranger"},
    "admin:desk_calendar": STAFF,
    "admin:desk_calendar_move": NONE,  # wants a POST
    "admin:desk_compose": SEE - UNIT,
    "admin:desk_compose_section": SEE - UNIT,
    "admin:desk_compose_topic": SEE - UNIT,
    "admin:desk_preview": SEE - UNIT,
    "admin:desk_preview_section": SEE - UNIT,
    "admin:desk_preview_topic": SEE - UNIT,
    "admin:index": STAFF,
    "admin:jsi18n": STAFF,
    "admin:login": {"nobody"},
    "admin:logout": NONE,  # wants a POST
    "admin:notice": NONE,  # nobody has any here
    "admin:notice_settings": STAFF,
    "admin:notices": STAFF,
    "admin:notices_read": NONE,  # wants a POST
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:sign_ins": STAFF,
    "boards:export": NONE,  # wants a POST
    "boards:freeze": NONE,  # wants a POST
    "boards:leaderboards": BOARDS,
    "boards:photographer": SEE - UNIT,
    "boards:photographer_export": SEE - UNIT,
    "boards:photographers": SEE - UNIT,
}
# What takes a POST alone -> who is let in, with the number of the sample's article alone.
POSTS = {
    "admin:articles_article_autosave": NONE,  # wants to know who types
    "admin:articles_article_checks": SEE,
    "admin:articles_article_credit_line": DESK,  # who may change the article, here and below
    "admin:articles_article_document": NONE,  # wants a file
    "admin:articles_article_forget_name": NONE,  # nobody was taught one
    "admin:articles_article_paste": DESK,
    "admin:articles_article_photographers": DESK,
    "admin:articles_article_take_up": NONE,  # a waiver of another
    "admin:articles_article_throw_away": NONE,  # its writer's alone
    "admin:articles_article_tidy_begin": NONE,  # wants a text
    "admin:articles_article_tidy_preview": DESK,
    "admin:articles_comment_open": NONE,  # there is none
    "admin:articles_comment_settle": NONE,
    "admin:articles_errorreport_settle": DESK,
    "admin:articles_importrun_do": NONE,
    "admin:articles_importrun_go_on": NONE,
    "admin:articles_importrun_stop": NONE,  # it is over
    "admin:desk_calendar_move": SEE,  # answers with why not
    "admin:notices_read": STAFF,
    "boards:export": BOARDS,
}
VIEWS = ("changelist", "history", "add", "change", "delete")
ROLES = ("nobody", "stranger", *sorted(SEE))


def make_people(unit) -> dict[str, Client]:
    users: dict[str, User | None] = {"nobody": None}
    other = factories.make_unit("别的单位")
    users["stranger"] = factories.make_user("correspondent", unit=other, is_staff=True)
    for role in SEE:
        own = unit if role in ("correspondent", "unit reviewer") else None
        users[role] = factories.make_user(role, unit=own, is_staff=True)
    clients = {}
    for role, user in users.items():
        clients[role] = Client(raise_request_exception=False)
        if user:
            clients[role].force_login(user)
    return clients


def make_objects() -> dict[str, object]:
    """Make one of everything, on one withdrawn article of one unit."""
    article = factories.make_article("本单位的稿", tags=("校庆",))
    article.photos.create(photo=factories.make_photo())
    writing.finish_change(article, author=article.created_by, at=NOON)
    factories.publish(article)
    chief = factories.make_user("chief editor")
    later = NOON + timedelta(hours=1)
    writing.correct(article, editor=chief, text="更正", at=later)
    publishing.withdraw(article, user=chief, reason="核实", at=later)
    policy = ReviewPolicy.objects.get()
    imported = ImportedArticle.objects.create(
        article=article, key="a", digest="0" * 64, sha256="0" * 64, imported_by=chief,
        imported_by_name="主编", imported_at=NOON,
        run=ImportRun.objects.create(
            name="old.csv", started_by=chief, started_at=NOON, finished_at=NOON
        ),
    )  # fmt: skip
    other = factories.make_article("强制发布的稿", unit=article.unit)
    forced = forcing.force_publish(other, user=chief, seen_version=1, reason="急", at=NOON)
    return {
        "article": article,
        "attachment": factories.attach(article),
        "calendarday": CalendarDay.objects.create(day="2026-10-01"),
        "checkrule": CheckRule.objects.first(),
        "correction": article.corrections.get(),
        "draft": PersonalDraft.objects.create(
            user=article.created_by,
            article=article,
            token="kept-text",
            fields={},
            version_number=1,
            saved_at=NOON,
        ),
        "creditformat": CreditFormat.objects.create(),
        "doubtfulline": crediting.doubt(article, line="文：周远", remarks=[], at=NOON),
        "deputy": Deputy.objects.create(
            represented=chief,
            deputy=factories.make_user("chief editor"),
            valid_from=NOON.date(),
            valid_until=later.date() + timedelta(days=1),
            named_by=chief,
            named_at=NOON,
        ),
        "edition": article.editions.get(),
        "errorreport": ErrorReport.objects.create(
            edition=article.editions.get(), text="错字", key="1", sent_at=NOON
        ),
        "errand": article.errands.create(kind="ping hub", key="1", due_at=NOON, next_at=NOON),
        "forcedpublication": forced,
        "group": Group.objects.get(name="head"),
        "importrun": imported.run,
        "importedarticle": imported,
        "oldaddress": OldAddress.objects.create(
            address="/1.htm", article=article, added_by=chief, added_at=NOON
        ),
        "listedword": ListedWord.objects.create(text="残废"),
        "logentry": article.log_entries.first(),
        "membership": Membership.objects.get(user=article.created_by),
        "person": factories.make_person(),
        "photo": article.photos.get().photo,
        "placement": article.placements.create(slot="lead", live_from=NOON),
        "policyrule": PolicyRule.objects.create(policy=policy),
        "proofsignature": ProofSignature.objects.create(
            round=article.rounds.get(),
            version=article.versions.first(),
            version_number=1,
            sha256="0" * 64,
            proofreader=chief,
            proofreader_name="校对",
            signed_at=NOON,
        ),
        "reviewdecision": article.rounds.get().decisions.first(),
        "reviewpolicy": policy,
        "reviewround": article.rounds.get(),
        "section": article.section,
        "sitesettings": SiteSettings.objects.get(),
        "tag": Tag.objects.get(),
        "topic": factories.make_topic(shown_from=None),
        "typofix": TypoFix.objects.create(
            round=article.rounds.get(),
            approved=article.versions.first(),
            version_number=1,
            approved_sha256="0" * 64,
            version=article.versions.first(),
            sha256="0" * 64,
            characters=2,
            limit=8,
            changes=[],
            made_by=chief,
            made_by_name="校对",
            made_at=NOON,
        ),
        "unit": article.unit,
        "unitgroup": article.unit.group,
        "user": article.created_by,
        "verdictreason": VerdictReason.objects.first(),
        "version": article.versions.first(),
        "waiver": Waiver.objects.create(
            key="mobile:0", check_code="mobile", put_by=chief, put_at=NOON, reason="热线"
        ),
        "withdrawal": article.withdrawals.get(),
        "workinghours": WorkingHours.objects.first(),
    }


def make_analytics(article: Article) -> dict[str, object]:
    day = date(2026, 11, 20)
    return {
        "adjustment": Adjustment.objects.create(
            unit=article.unit, article_id=article.pk, headline="稿", booked_in="2026-11",
            concerns="2026-10", count="-1", points="-1", reason="撤稿", booked_at=NOON,
        ),
        "click": Click.objects.create(
            key="0" * 32, article_id=article.pk, at=NOON, day=day, visitor=1, source="js"
        ),
        "gap": Gap.objects.create(noticed_at=NOON, file="spool", offset=0, detail="断"),
        "scoringrule": ScoringRule.objects.get_or_create(effective_from=day)[0],
        "statement": Statement.objects.create(
            board="monthly-units", period="2026-10", zone="Asia/Shanghai", rule={}, rows=[],
            entries=[], article_ids=[], frozen_at=NOON, frozen_by_name="主任",
            frozen_by=article.created_by,
        ),
    }  # fmt: skip


def path_of(route: str, objects: dict[str, object]) -> str:
    """Put the sample's numbers into a pattern."""
    model = route.split("/")[2] if route.count("/") > 2 else ""
    own = getattr(objects.get(model), "pk", "")
    article, attachment = objects["article"], objects["attachment"]
    values = {
        "<path:object_id>": own,
        "<id>": own,
        "<int:article_id>": article.pk,
        "<int:errand_id>": objects["errand"].pk,
        "<int:report_id>": objects["errorreport"].pk,
        "<int:photo_id>": objects["photo"].pk,
        "<int:section_id>": objects["section"].pk,
        "<int:topic_id>": objects["topic"].pk,
        "<int:person>": objects["person"].pk,
        "<int:attachment_id>": attachment.pk,
        "<int:draft_id>": objects["draft"].pk,
        "<int:number>": 1,
        "<int:comment_id>": 1,
        "<int:waiver_id>": 1,
        "<int:notice_id>": 1,
        "<str:kind>": "csv",
        "<kind_of_file:kind>": "csv",
    }
    for name, value in values.items():
        route = route.replace(name, str(value))
    return "/" + route + ("?old=1&new=2" if route.endswith("/compare/") else "")


def app_of(model: str) -> str:
    return next(
        one._meta.app_label for one in admin.site._registry if one._meta.model_name == model
    )


def let_in(
    people: dict[str, Client],
    path: str,
    *,
    post: bool = False,
    about: dict[str, int] | None = None,
) -> set[str]:
    """Give the roles that see a page. An empty POST asks for the right to write, and no more."""
    answers = {
        role: client.post(path, about) if post else client.get(path)
        for role, client in people.items()
    }
    welcome = {
        role
        for role, answer in answers.items()
        # 409: who may write is told that nothing says which version was seen; 422: that no file
        # came.
        if answer.status_code in (200, 409, 422)
        # Nothing was missing, so it was saved; the way to the login page looks alike.
        or (post and answer.status_code == 302 and "/login/" not in answer.headers["Location"])
    }
    turned_away = {answers[role].status_code for role in answers.keys() - welcome}
    assert turned_away <= {302, 403, 404, 405}, path
    return welcome


def test_every_page_behind_the_login_for_every_role(settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    objects = make_objects()
    objects |= make_analytics(objects["article"])
    people = make_people(objects["unit"])
    found: dict[str, object] = {}

    for address in addresses("admin/") + addresses("staff/"):
        model, _, view = address.name.rpartition("_")
        model = model.rpartition("_")[2]
        if address.name == "admin":
            continue  # the address of a row without its view: it leads to the row
        path = path_of(address.route, objects)
        if view == "export":
            found[address.name] = let_in(people, path, post=True)
            assert not let_in(people, path), "an export wants a button"
        elif view in VIEWS and model in MODELS:
            post = view in ("add", "change", "delete")
            found[f"{model} {view}"] = let_in(people, path, post=post)
        else:
            found[address.name] = let_in(people, path)

    rows = {
        f"{model} {view}": who
        for model, rights in MODELS.items()
        for view, who in zip(VIEWS, rights, strict=True)
    }
    # Whoever sees a list takes it along, except for the log.
    exports = {
        f"admin:{app_of(model)}_{model}_export": rights[0] for model, rights in MODELS.items()
    } | {"admin:articles_logentry_export": {"head"} | ADMIN}
    assert found == rows | exports | PAGES


def test_every_address_that_takes_a_post_alone_for_every_role(settings, tmp_path):
    """The others that want a POST refuse a stranger's GET before they say so."""
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    objects = make_objects()
    people = make_people(objects["unit"])
    about = {"article": objects["article"].pk}
    found = {}
    for address in addresses("admin/") + addresses("staff/"):
        path = path_of(address.route, objects)
        # Exports are walked above, and signing out is for everybody.
        is_elsewhere = address.name.endswith("_export") or address.name == "admin:logout"
        if not is_elsewhere and people["stranger"].get(path).status_code == 405:
            found[address.name] = let_in(people, path, post=True, about=about)

    assert found == POSTS
