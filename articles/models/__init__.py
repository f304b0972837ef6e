"""The nouns of the newsroom. The public side imports `editions` and what it points at."""

from articles.models.articles import (
    Article,
    ArticlePhoto,
    ArticleUnit,
    Attachment,
    Comment,
    Correction,
    Credit,
    Form,
    Importance,
    Language,
    Origin,
    Part,
    Role,
    StageMark,
)
from articles.models.checks import CheckRule, ListedWord, Scan, ScanFinding, Waiver
from articles.models.credit_format import CreditFormat, house_format
from articles.models.doubtful import DoubtfulLine
from articles.models.editions import (
    Edition,
    EditionCredit,
    EditionPhoto,
    EditionTag,
    EditionUnit,
    Withdrawal,
)
from articles.models.error_reports import ErrorReport
from articles.models.evidence import EvidenceIsPermanent
from articles.models.forced import ForcedAnswer, ForcedPublication
from articles.models.fronts import FrontBlock, Placement
from articles.models.heartbeats import Beat
from articles.models.imports import ImportedArticle, ImportRow, ImportRun
from articles.models.log import LogEntry
from articles.models.notices import Mailing, Notice, NoticeKind, NoticeSetting
from articles.models.old_addresses import OldAddress
from articles.models.outbox import Errand
from articles.models.pages import EditionPage
from articles.models.people import Deputy, Membership, Person, PersonAlias, User
from articles.models.personal_drafts import PersonalDraft
from articles.models.photos import EarlierFile, Photo
from articles.models.policies import PolicyRule, ReviewPolicy, ReviewStage
from articles.models.presence import Presence
from articles.models.proofreading import ProofSignature, TypoFix
from articles.models.reasons import VerdictReason
from articles.models.related import EditionRelation
from articles.models.reviews import Readmission, ReviewDecision, ReviewRound, ReviewSeat
from articles.models.seals import LogSeal
from articles.models.search import EditionWords, PrintedName
from articles.models.sections import Section
from articles.models.site import FooterLink, MemorialPeriod, SiteSettings
from articles.models.topics import Topic, TopicSlug
from articles.models.translations import Translation
from articles.models.units import Unit, UnitGroup, UnitName
from articles.models.versions import Version
from articles.models.working_hours import CalendarDay, Weekday, WorkingHours

__all__ = [
    "Article",
    "ArticlePhoto",
    "ArticleUnit",
    "Attachment",
    "Beat",
    "CalendarDay",
    "CheckRule",
    "Comment",
    "Correction",
    "Credit",
    "CreditFormat",
    "Deputy",
    "DoubtfulLine",
    "EarlierFile",
    "Edition",
    "EditionCredit",
    "EditionPage",
    "EditionPhoto",
    "EditionRelation",
    "EditionTag",
    "EditionUnit",
    "EditionWords",
    "Errand",
    "ErrorReport",
    "EvidenceIsPermanent",
    "FooterLink",
    "ForcedAnswer",
    "ForcedPublication",
    "Form",
    "FrontBlock",
    "ImportRow",
    "ImportRun",
    "Importance",
    "ImportedArticle",
    "Language",
    "ListedWord",
    "LogEntry",
    "LogSeal",
    "Mailing",
    "Membership",
    "MemorialPeriod",
    "Notice",
    "NoticeKind",
    "NoticeSetting",
    "OldAddress",
    "Origin",
    "Part",
    "Person",
    "PersonAlias",
    "PersonalDraft",
    "Photo",
    "Placement",
    "PolicyRule",
    "Presence",
    "PrintedName",
    "ProofSignature",
    "Readmission",
    "ReviewDecision",
    "ReviewPolicy",
    "ReviewRound",
    "ReviewSeat",
    "ReviewStage",
    "Role",
    "Scan",
    "ScanFinding",
    "Section",
    "SiteSettings",
    "StageMark",
    "Topic",
    "TopicSlug",
    "Translation",
    "TypoFix",
    "Unit",
    "UnitGroup",
    "UnitName",
    "User",
    "VerdictReason",
    "Version",
    "Waiver",
    "Weekday",
    "Withdrawal",
    "WorkingHours",
    "house_format",
]
