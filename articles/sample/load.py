"""Puts the sample newsroom into an empty database, by the same actions that people use.

Everything happens at its own time in the past, so the history reads as if the newsroom had
been at work for four months.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, time, timedelta
from multiprocessing import get_context
from typing import Any

from django.contrib.auth.models import Group as UserGroup
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from articles import inbox, log
from articles.actions import (
    commenting,
    composing,
    error_reports,
    forcing,
    photos,
    proofreading,
    publishing,
    reviewing,
    site_settings,
    topics,
    translating,
    writing,
)
from articles.actions.photographers import Choice
from articles.log import wording
from articles.models import (
    Article,
    ArticlePhoto,
    Comment,
    Edition,
    ErrorReport,
    Importance,
    LogEntry,
    Membership,
    Part,
    Person,
    PolicyRule,
    ReviewPolicy,
    ReviewStage,
    Section,
    SiteSettings,
    Topic,
    Unit,
    UnitGroup,
    User,
    VerdictReason,
)
from articles.models import Photo as StoredPhoto
from articles.models.error_reports import State
from articles.models.tagging import find_or_make
from articles.rights.permissions import Verb, can
from articles.sample import site
from articles.sample.accounts import MAIL_DOMAIN, PERSONAS, password_of
from articles.sample.drawings import draw
from articles.sample.people import PEOPLE
from articles.sample.reports import REPORTS
from articles.sample.sections import SECTIONS
from articles.sample.shapes import Photo, Story
from articles.sample.stories import STORIES
from articles.sample.topics import TOPICS
from articles.sample.units import GROUPS, UNITS
from articles.text import richtext

DESK_EDITORS = ("方晓棠", "卢承安")
CHIEF_EDITORS = ("许知行", "闻一川")
HEAD = "贺兰舟"
PROOF_READER = "简静"
# Looks at what is sensitive before the final approval.
SECOND_LOOK = CHIEF_EDITORS[1]
PHOTO_SIZE = (1280, 854)
# They stand where they do since a few hours ago.
LATELY = (
    "draft",
    "first_review",
    "final_review",
    "returned",
    "rejected",
    "approved",
    "scheduled",
    "forced",
)
# Their own units look at these first.
REVIEWED_BY_UNITS = ("campus", "academic")


def load(now: datetime, tell: Callable[[str], None]) -> None:
    """Fill the database. `tell` hears what is being done."""
    # The painter works in a process of its own, ahead of what is stored here.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as painter:
        pieces = sorted(
            ((goes_out(story, number, now), story) for number, story in enumerate(STORIES)),
            key=lambda piece: piece[0],
        )
        wanted = [photo for _at, story in pieces for photo in story.photos]
        paintings = painter.map(
            draw,
            [photo.scene for photo in wanted],
            range(len(wanted)),
            [PHOTO_SIZE] * len(wanted),
            chunksize=4,
        )
        tell(_("Units, people and sections"))
        newsroom = Newsroom(now)
        newsroom.found()
        for number, (at, story) in enumerate(pieces, 1):
            newsroom.cover(story, at, paintings)
            if number % 15 == 0 or number == len(pieces):
                tell(
                    _("%(done)s of %(all)s articles, with their photos, reviews and editions")
                    % {"done": number, "all": len(pieces)}
                )
        newsroom.lay_out_front_page()
        newsroom.hear_readers()
        newsroom.open_topics()


def goes_out(story: Story, number: int, now: datetime) -> datetime:
    """Say when a story appears, or when something last happened to one that has not yet.

    Most that would appear on a weekend do so on the Friday before.
    """
    if story.state in LATELY:
        return now - timedelta(hours=3 + 5 * story.days_ago)
    day = timezone.localdate(now) - timedelta(days=story.days_ago)
    if day.weekday() >= 5 and number % 4:
        day -= timedelta(days=day.weekday() - 4)
    at = timezone.make_aware(datetime.combine(day, time(story.hour, number * 7 % 60)))
    return min(at, now - timedelta(minutes=20))


def room_for_photo(body: str, position: int, photos: int) -> int:
    """Spread photos over the text, the first above it, and none below a heading or a list."""
    blocks = body.split("\n")
    ends = [number for number, block in enumerate(blocks, 1) if block.startswith("<p>")]
    return ends[position * len(ends) // photos - 1] if position else 0


class Newsroom:
    """Who and what there is, by the names that the stories use."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.units: dict[str, Unit] = {}
        self.sections: dict[str, Section] = {}
        self.people: dict[tuple[str, str], Person] = {}
        self.accounts: dict[str, User] = {}
        self.reviewers: dict[str, list[User]] = {}
        self.correspondents: dict[str, list[User]] = {}

    # The house

    @transaction.atomic
    def found(self) -> None:
        groups = {
            group.slug: UnitGroup.objects.create(
                slug=group.slug, name=group.name, name_en=group.name_en, position=position
            )
            for position, group in enumerate(GROUPS)
        }
        for position, unit in enumerate(UNITS):
            stored = Unit.objects.create(
                slug=unit.slug,
                name=unit.name,
                name_en=unit.name_en,
                group=groups[unit.group],
                ranked=unit.ranked,
                position=position,
            )
            for alias in unit.aliases:
                stored.names.create(name=alias)
            self.units[unit.slug] = stored
        for position, section in enumerate(SECTIONS):
            self.sections[section.slug] = Section.objects.create(
                slug=section.slug,
                name=section.name,
                name_en=section.name_en,
                kind=section.kind,
                counts_for_leaderboard=section.counts_for_leaderboard,
                position=position,
            )
        self.set_policies()
        self.hire()
        self.introduce_itself()
        self.proofread_what_is_important()
        self.guard_what_is_sensitive()

    def set_policies(self) -> None:
        policy = ReviewPolicy.objects.create(name="单位初审的三级审核")
        group = UserGroup.objects.get
        stages = (
            ("单位初审", "Review by the unit", None),
            ("编辑复审", "Review by the desk", group(name="desk editor")),
            ("终审", "Final review", group(name="chief editor")),
        )
        for position, (name, name_en, decider) in enumerate(stages, 1):
            policy.stages.create(
                position=position,
                name=name,
                name_en=name_en,
                decider=ReviewStage.Decider.GROUP
                if decider
                else ReviewStage.Decider.UNIT_REVIEWERS,
                group=decider,
            )
        for slug in REVIEWED_BY_UNITS:
            PolicyRule.objects.create(
                section=self.sections[slug], importance=Importance.ORDINARY, policy=policy
            )

    def proofread_what_is_important(self) -> None:
        """Let a proof-reader sign important articles of every section before the final approval."""
        policy = ReviewPolicy.objects.create(name="重要稿件的审核与校对")
        group = UserGroup.objects.get
        policy.stages.create(
            position=1, name="初审", name_en="First", group=group(name="desk editor")
        )
        policy.stages.create(
            position=2,
            name="终审",
            name_en="Final",
            group=group(name="chief editor"),
            wants_proofreader=True,
        )
        PolicyRule.objects.create(importance=Importance.IMPORTANT, policy=policy)

    def guard_what_is_sensitive(self) -> None:
        """Let sensitive articles of every section pass four stages, one by a person by name."""
        policy = ReviewPolicy.objects.create(name="敏感稿件的四级审核")
        desk, chief = (
            UserGroup.objects.get(name=name) for name in ("desk editor", "chief editor")
        )
        decider = ReviewStage.Decider
        stages: tuple[dict[str, Any], ...] = (
            {"name": "单位审核", "name_en": "Unit", "decider": decider.UNIT_REVIEWERS},
            {"name": "初审", "name_en": "First", "group": desk, "escalates_to": chief},
            {"name": "复审", "name_en": "Second", "decider": decider.PEOPLE, "deadline_hours": 4},
            {"name": "终审", "name_en": "Final", "group": chief},
        )
        for position, stage in enumerate(stages, 1):
            made = policy.stages.create(position=position, **stage)
            if made.decider == decider.PEOPLE:
                made.people.add(self.accounts[SECOND_LOOK])
        PolicyRule.objects.create(importance=Importance.SENSITIVE, policy=policy)

    def hire(self) -> None:
        for person in PEOPLE:
            account = self.account(person.name)
            self.people[person.name, person.unit] = Person.objects.create(
                name=person.name,
                home_unit=self.units[person.unit],
                is_student=person.student,
                user=account,
            )
            if person.name in (*DESK_EDITORS, *CHIEF_EDITORS, HEAD, PROOF_READER):
                continue
            first = person.unit not in self.correspondents
            alone = sum(p.unit == person.unit and not p.student for p in PEOPLE) == 1
            if person.student or (first and not alone):
                self.enlist(account, person.unit, Membership.Role.CORRESPONDENT)
            else:
                self.enlist(account, person.unit, Membership.Role.REVIEWER)
        for names, group in (
            (DESK_EDITORS, "desk editor"),
            (CHIEF_EDITORS, "chief editor"),
            ((HEAD,), "head"),
            ((PROOF_READER,), "proof-reader"),
        ):
            for name in names:
                self.accounts[name].groups.add(UserGroup.objects.get(name=group))
        keeper = self.account("系统管理员", username="admin")
        keeper.groups.add(UserGroup.objects.get(name="administrator"))

    def introduce_itself(self) -> None:
        """Let the site say who it is. What it is called the server has said."""
        row = SiteSettings.objects.get()
        for name, value in site.SETTINGS.items():
            setattr(row, name, value)
        row.statement = richtext.clean(row.statement)
        row.statement_en = richtext.clean(row.statement_en)
        row.full_clean()
        row.save()
        for position, (title, title_en, address) in enumerate(site.LINKS):
            row.footer_links.create(
                position=position, title=title, title_en=title_en, address=address
            )
        with log.in_site_language():
            detail = wording.row(row)
        keeper = self.accounts["系统管理员"]
        site_settings.put_in_force(row, user=keeper, at=self.now, detail=detail)
        for persona in PERSONAS:
            account = User.objects.get(username=persona.username)
            account.set_password(password_of(persona.username))
            account.save(update_fields=["password"])

    def account(self, name: str, username: str = "") -> User:
        username = username or slugify("".join(lazy_pinyin(name)))
        homonyms = User.objects.filter(username__startswith=username).count()
        username += str(homonyms + 1) if homonyms else ""
        account = User(username=username, name=name, email=username + MAIL_DOMAIN, is_staff=True)
        account.set_unusable_password()
        account.save()
        self.accounts[name] = account
        return account

    def enlist(self, account: User, unit: str, role: Membership.Role) -> None:
        account.memberships.create(
            unit=self.units[unit],
            role=role,
            valid_from=timezone.localdate(self.now) - timedelta(days=400),
        )
        if role == Membership.Role.REVIEWER:
            account.groups.add(UserGroup.objects.get(name="unit reviewer"))
            self.reviewers.setdefault(unit, []).append(account)
        else:
            account.groups.add(UserGroup.objects.get(name="correspondent"))
            self.correspondents.setdefault(unit, []).append(account)

    # The work

    @transaction.atomic
    def cover(self, story: Story, at: datetime, paintings: Iterator[bytes]) -> None:
        """Take one story from its first draft to where it stands now."""
        article = self.write(story, at - timedelta(hours=26), paintings)
        if story.translation_of:
            translating.tie(
                article,
                original=Article.objects.get(headline=story.translation_of),
                user=self.accounts[DESK_EDITORS[0]],
                at=at - timedelta(hours=26),
            )
        if story.state != "draft":
            reviewing.submit(article, user=self.writer(story), at=at - timedelta(hours=6))
        for remark in story.remarks:
            self.remark(article, remark.by, remark.text, remark.passage, remark.settled, at)
        match story.state:
            case "draft" | "first_review":
                return
            case "final_review":
                self.pass_on(article, at, stages_left=1)
            case "returned" | "rejected":
                self.pass_on(article, at, stages_left=2)
                returned = story.state == "returned"
                decide = reviewing.return_for_changes if returned else reviewing.reject
                decide(
                    article,
                    reviewer=self.accounts[DESK_EDITORS[0]],
                    seen_version=self.version_of(article),
                    at=at,
                    remark=story.note,
                    reasons=VerdictReason.objects.filter(text__in=story.reasons),
                )
            case "approved":
                self.pass_on(article, at)
            case "forced" | "forced_confirmed":
                self.force(story, article, at)
            case _:
                self.pass_on(article, at)
                self.publish(story, article, at)

    def write(self, story: Story, at: datetime, paintings: Iterator[bytes]) -> Article:
        writer = self.writer(story)
        body = story.body.replace(*story.misprint) if story.misprint[0] else story.body
        day = timezone.localdate(at)
        said = f"{day:%B} {day.day}" if story.language == "en" else f"{day.month}月{day.day}日"
        article = writing.create(
            Article(
                kicker=story.kicker,
                headline=story.headline,
                subhead=story.subhead,
                summary=story.summary.replace("{day}", said),
                body=richtext.clean(body.replace("{day}", said)),
                section=self.sections[story.section],
                form=story.form,
                origin=story.origin,
                source_url=story.source_url,
                source=story.source,
                language=story.language,
                importance=story.importance,
                event_date=day,
                unit=self.units[story.unit],
            ),
            author=writer,
            at=at,
        )
        for position, slug in enumerate(story.units):
            part = Part.CO if position else Part.LEAD
            article.units.create(unit=self.units[slug], part=part, position=position)
        for position, credit in enumerate(story.credits):
            article.credits.create(
                role=credit.role,
                person=self.people.get((credit.person, credit.unit)),
                name=credit.person,
                unit=self.units.get(credit.unit),
                stage=credit.stage,
                note=credit.note,
                position=position,
            )
        if not any(credit.role in ("author", "photographer") for credit in story.credits):
            unit = self.units[story.unit]
            article.credits.create(role="author", unit=unit, position=len(story.credits))
        for position, photo in enumerate(story.photos):
            stored = self.take_in(photo, next(paintings), writer, at)
            paragraph = room_for_photo(article.body, position, len(story.photos))
            article.photos.create(photo=stored, position=position, paragraph=paragraph)
        article.tags.set(story.tags)
        writing.finish_change(article, author=writer, at=at, photographers=Choice())
        return article

    def take_in(self, photo: Photo, painting: bytes, user: User, at: datetime) -> StoredPhoto:
        return photos.take_in(
            painting,
            user=user,
            at=at,
            caption=photo.caption,
            alt=photo.caption,
            photographer=self.people[photo.photographer, photo.unit],
            unit=self.units[photo.unit],
        )

    def publish(self, story: Story, article: Article, at: datetime) -> None:
        editor = self.accounts[DESK_EDITORS[0]]
        if story.state == "scheduled":
            tomorrow = timezone.localtime(self.now) + timedelta(days=1)
            live_from = tomorrow.replace(hour=8, minute=0, second=0, microsecond=0)
            publishing.publish(article, user=editor, at=at, live_from=live_from)
            return
        publishing.publish(article, user=editor, at=at)
        later = at + timedelta(hours=30)
        match story.state:
            case "corrected":
                self.put_right(story, article, later, editor)
                writing.correct(article, editor=editor, text=story.note, at=later)
                reviewing.submit(article, user=editor, at=later)
                self.pass_on(article, later + timedelta(hours=6))
                publishing.publish(article, user=editor, at=later + timedelta(hours=6))
            case "changing":
                other = self.accounts[DESK_EDITORS[1]]
                later = self.now - timedelta(hours=5)
                self.put_right(story, article, later, other)
                reviewing.submit(article, user=other, at=later)
                self.pass_on(article, self.now - timedelta(hours=1), stages_left=2)
            case "withdrawn":
                publishing.withdraw(
                    article,
                    user=self.accounts[CHIEF_EDITORS[0]],
                    reason=story.note,
                    at=later,
                    public_note="文中内容有待核实。",
                )

    def force(self, story: Story, article: Article, at: datetime) -> None:
        """Publish past review; the head answers, or has not come to it yet."""
        forced = forcing.force_publish(
            article,
            user=self.accounts[CHIEF_EDITORS[0]],
            seen_version=self.version_of(article),
            reason=story.note,
            at=at,
        )
        if story.state == "forced_confirmed":
            forcing.confirm(
                article,
                user=self.accounts[HEAD],
                seen_edition=forced.edition.number,
                at=at + timedelta(hours=2),
                remark="情况属实，处置及时。",
            )

    def put_right(self, story: Story, article: Article, at: datetime, editor: User) -> None:
        """Change a published article: the readers go on seeing what it said."""
        right, wrong = story.misprint
        article = writing.begin_change(
            article, seen_version=self.version_of(article), author=editor, at=at
        )
        article.body = article.body.replace(wrong, right)
        article.save(update_fields=["body"])
        writing.finish_change(article, author=editor, at=at, reason=story.note[:200])

    def pass_on(self, article: Article, at: datetime, *, stages_left: int = 0) -> None:
        """Let the right people approve, until that many stages are left."""
        article.refresh_from_db()
        review = article.rounds.get(outcome="open")
        for left in range(len(review.stages) - review.stage - 1, stages_left - 1, -1):
            moment = at - timedelta(minutes=30 + 70 * left)
            if review.wants_proofreader(len(review.stages) - 1 - left):
                self.sign(article, moment - timedelta(minutes=20))
            reviewer = self.who_may_approve(article, moment)
            seen = self.version_of(article)
            reviewing.approve(article, reviewer=reviewer, seen_version=seen, at=moment)

    def sign(self, article: Article, at: datetime) -> None:
        proofreading.sign(
            article,
            proofreader=self.accounts[PROOF_READER],
            seen_version=self.version_of(article),
            at=at,
            remark="已通读，人名与数字已核对。",
        )

    def who_may_approve(self, article: Article, at: datetime) -> User:
        unit = next(slug for slug, unit in self.units.items() if unit.pk == article.unit_id)
        desk = [self.accounts[name] for name in (*DESK_EDITORS, *CHIEF_EDITORS)]
        candidates = (*self.reviewers.get(unit, ()), *desk)
        return next(user for user in candidates if can(user, Verb.APPROVE, article, at))

    def remark(
        self, article: Article, by: str, text: str, passage: str, settled: bool, at: datetime
    ) -> None:
        author = self.accounts[by]
        moment = at - timedelta(hours=4)
        comment = commenting.comment(article, author=author, text=text, at=moment, passage=passage)
        if settled:
            Comment.objects.filter(pk=comment.pk).update(
                settled_by=author, settled_at=moment + timedelta(minutes=40)
            )

    def lay_out_front_page(self) -> None:
        """Place a lead for each language, and among the headlines what is going to be published."""
        words: dict[str, Any] = {"user": self.accounts[DESK_EDITORS[0]], "page": None}
        first = Article.objects.filter(headline=STORIES[0].headline)
        english = Edition.objects.live(self.now).filter(language="en").newest_first()[:1]
        for lead in (*first, *(edition.article for edition in english)):
            composing.place(lead, key="lead", at=self.now - timedelta(hours=6), **words)
        for edition in Edition.objects.planned(self.now).select_related("article"):
            begin = edition.live_from
            composing.place(edition.article, key="heads", live_from=begin, at=self.now, **words)

    def hear_readers(self) -> None:
        """Let readers report errors; one of them is settled."""
        for report in REPORTS:
            edition = Edition.objects.live(self.now).get(headline=report.headline)
            at = self.now - timedelta(hours=report.hours_ago)
            number = edition.article_id
            said = inbox.Said(report.passage, report.text, report.contact)
            form = inbox.new_form(number, at - timedelta(minutes=2))
            inbox.take_in(said, form=form, article=number, edition=edition.pk, headers={}, at=at)
            error_reports.tell(at=at)
            if report.settled:
                error_reports.settle(
                    ErrorReport.objects.get(edition=edition),
                    State.NO_ERROR,
                    remark=report.settled,
                    seen=State.NEW,
                    user=self.accounts[DESK_EDITORS[0]],
                    at=at + timedelta(hours=1),
                )

    @transaction.atomic
    def open_topics(self) -> None:
        """Make the topics, and compose what does not fill itself."""
        editor = self.accounts[DESK_EDITORS[0]]
        for planned in reversed(TOPICS):
            began = self.now - timedelta(days=planned.began)
            [tag] = find_or_make([planned.tag]).values()
            pictures = ArticlePhoto.objects.filter(article__headline=planned.photo_of)
            topic = Topic(
                slug=planned.slug,
                title=planned.title,
                title_en=planned.title_en,
                introduction=richtext.clean(planned.introduction),
                introduction_en=richtext.clean(planned.introduction_en),
                tag=tag.slug,
                photo=pictures.select_related("photo").earliest("position").photo,
                shown_from=began,
                concluded_at=self.now - timedelta(days=planned.concluded)
                if planned.concluded
                else None,
            )
            topics.save(topic, user=editor, at=began)
            log.note(LogEntry.Action.ADDED, actor=editor, at=began, about=topic)
            words: dict[str, Any] = {"user": editor, "page": topic, "at": self.now}
            for title, title_en, filled_by in planned.headings:
                said: dict[str, Any] = {"title": title, "title_en": title_en, "tag": filled_by}
                composing.add_block(kind="group", **said, **words)
            if any(key == "strip" for key, _headline in planned.placed):
                composing.add_block(kind="strip", most=4, **words)
            for key, headline in planned.placed:
                article = Article.objects.get(headline=headline)
                composing.place(article, key=key, **words)

    def writer(self, story: Story) -> User:
        """Give the author's own account where it may write for the unit, else a colleague's."""
        members = (*self.correspondents[story.unit], *self.reviewers.get(story.unit, ()))
        authors = {credit.person for credit in story.credits if credit.role == "author"}
        return next((user for user in members if user.name in authors), members[0])

    def version_of(self, article: Article) -> int:
        return Article.objects.values_list("version_number", flat=True).get(pk=article.pk)
