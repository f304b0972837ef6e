"""The verbs as pages: one small form for each, which says what will happen and then asks.

Each hands over to an action. What the action refuses is shown where it was asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import (
    embargo,
    forcing,
    joining,
    pinning,
    proofreading,
    publishing,
    reviewing,
    writing,
)
from articles.admin.article.deciding import progress
from articles.admin.base import MomentField, whole_number
from articles.models import (
    Article,
    Edition,
    ReviewDecision,
    ReviewRound,
    User,
    VerdictReason,
)
from articles.rights import seats
from articles.rights.permissions import Verb
from articles.rights.publishing import FORCED_FROM

# As much as a decision needs, and a mail can carry.
LONGEST_REMARK = 2000


class SeenForm(forms.Form):
    """Carries the version that the user looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def about(self, article: Article, user: User, at: datetime) -> None:
        """Offer what depends on the article and on who asks."""


class RemarkForm(SeenForm):
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        required=False,
        help_text=gettext_lazy("The unit reads it with your decision."),
    )


class ReasonsField(forms.ModelMultipleChoiceField):
    """Reasons to tick. What is no number, or none that a column can hold, is no reason."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, required=False, **kwargs)

    def clean(self, value):
        for number in value or ():
            if whole_number(str(number)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"], params={"value": number}
                )
        return super().clean(value)


class ReasonsForm(SeenForm):
    """Asks why. Words of one's own are needed where no reason says it all."""

    def clean(self):
        super().clean()
        ticked = self.cleaned_data.get("reasons", ())
        if not self.cleaned_data.get("remark") and "remark" not in self.errors:
            if not ticked:
                self.add_error("remark", _("Tick a reason, or say why in your own words."))
            elif any(reason.wants_remark for reason in ticked):
                self.add_error("remark", _("This reason wants a few words of your own."))
        return self.cleaned_data


class ReturnForm(ReasonsForm):
    reasons = ReasonsField(
        label=gettext_lazy("Reasons"),
        queryset=VerdictReason.objects.offered_for(ReviewDecision.Verdict.RETURN),
    )
    remark = forms.CharField(
        label=gettext_lazy("What should change, and why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REMARK,
        required=False,
        help_text=gettext_lazy("The unit reads it with your decision."),
    )


class RejectionForm(ReasonsForm):
    reasons = ReasonsField(
        label=gettext_lazy("Reasons"),
        queryset=VerdictReason.objects.offered_for(ReviewDecision.Verdict.REJECT),
    )
    remark = forms.CharField(
        label=gettext_lazy("Why can it not be used?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REMARK,
        required=False,
        help_text=gettext_lazy("The unit reads it with your decision."),
    )
    not_again = forms.BooleanField(
        label=gettext_lazy("Not again"),
        required=False,
        help_text=gettext_lazy(
            "It can then not be changed or submitted any more, unless whoever decides at the "
            "last stage allows it again."
        ),
    )


class SignatureForm(SeenForm):
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        required=False,
        help_text=gettext_lazy("The reviewers read it with your signature."),
    )


class TakingBackForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("Why do you take it back?"), max_length=200, required=False
    )


class ReadmissionForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("Why may it come again?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
    )


class PublicationForm(SeenForm):
    live_from = MomentField(
        label=gettext_lazy("Goes live at"),
        required=False,
        help_text=gettext_lazy("Empty: at once."),
    )
    expires_at = MomentField(
        label=gettext_lazy("Ends at"),
        required=False,
        help_text=gettext_lazy("Empty: it stays."),
    )


class PlanForm(SeenForm):
    """Carries the plan that the user looked at."""

    planned = forms.IntegerField(widget=forms.HiddenInput)

    def about(self, article, user, at):
        edition = article.editions.planned(at).first()
        if edition is not None:
            self.initial.update(planned=edition.pk, live_from=edition.live_from)


class RescheduleForm(PlanForm):
    live_from = MomentField(label=gettext_lazy("Goes live at"))


class UnscheduleForm(PlanForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it taken off the schedule?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "It stands in the log. The article is approved again and can be published or "
            "scheduled at any time."
        ),
    )


class ForceForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("Why can it not wait for review?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REMARK,
        help_text=gettext_lazy("It stays on record, and whoever confirms this reads it."),
    )


class AnswerForm(SeenForm):
    """Carries the edition that was published by force, as the user saw it."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        required=False,
        help_text=gettext_lazy("It stays on record with your answer."),
    )


class ObjectionForm(AnswerForm):
    remark = forms.CharField(
        label=gettext_lazy("What speaks against it?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REMARK,
        help_text=gettext_lazy(
            "It stays on record. If you may withdraw articles, this one is withdrawn at once."
        ),
    )


class EmbargoForm(SeenForm):
    until = MomentField(
        label=gettext_lazy("Not before"),
        help_text=gettext_lazy("Nobody can publish it for an earlier moment."),
    )
    note = forms.CharField(
        label=gettext_lazy("Who asked for it, and why?"),
        max_length=200,
        help_text=gettext_lazy("For the desk."),
    )


class PinForm(SeenForm):
    HOME, SECTION = "home", "section"

    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=((HOME, gettext_lazy("home page")), (SECTION, gettext_lazy("its section"))),
    )
    until = MomentField(label=gettext_lazy("Until"))


class CorrectionForm(SeenForm):
    text = forms.CharField(
        label=gettext_lazy("Correction for the readers"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=gettext_lazy(
            "Say what was wrong and what is right. It appears with the text once that has "
            "passed review."
        ),
    )


class WithdrawalForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        help_text=gettext_lazy("For the desk."),
    )
    public_note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Shown at the address of the article."),
    )


class RestorationForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("Why does it come back?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        help_text=gettext_lazy("For the desk."),
    )


class ColleagueForm(SeenForm):
    """Asks for a colleague, and for a line to them."""

    to = forms.ModelChoiceField(label=gettext_lazy("To"), queryset=User.objects.none())
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
        help_text=gettext_lazy("It stands in the log."),
    )

    def offer(self, users: Iterable[User]) -> None:
        field = cast("forms.ModelChoiceField", self.fields["to"])
        field.queryset = User.objects.filter(pk__in=[user.pk for user in users]).order_by("name")


class ReleaseForm(SeenForm):
    """Carries who had the article when the user looked, too."""

    holder = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("It stands in the log."),
    )

    def about(self, article, user, at):
        review = progress.waiting_round(article)
        if review is not None:
            self.initial["holder"] = review.claimed_by_id


class HandOverForm(ColleagueForm):
    """Carries who had the article when the user looked, too."""

    holder = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def about(self, article, user, at):
        review = progress.waiting_round(article)
        if review is not None:
            self.initial["holder"] = review.claimed_by_id
            holder = review.claimed_by or user
            self.offer(
                other for other in seats.deciders([review], at)[review.pk] if other != holder
            )


class AppointmentForm(ColleagueForm):
    def about(self, article, user, at):
        review = progress.waiting_round(article)
        if review is not None:
            self.offer(seats.appointable(review))


type Do = Callable[[Article, User, datetime, dict[str, Any]], object]


@dataclass(frozen=True)
class Deed:
    """A verb on a page: its form, what its button says, and the action that does it."""

    verb: Verb
    form: type[SeenForm]
    title: str | Promise
    button: Callable[[Article, ReviewRound | None], str]
    do: Do
    done: str | Promise
    # Asked for in the state bar when the article is in one of these states.
    offered_in: tuple[str, ...]
    permission: str
    # The one next action of its state is drawn as such; the careful ones are not.
    is_next: bool = False
    leads_home: bool = False
    is_careful: bool = False
    # What its form offers to begin with.
    initial: Callable[[Article, datetime], dict[str, Any]] = lambda _article, _at: {}
    # What came of it, where `done` does not always say it: takes what `do` gave.
    outcome: Callable[[Any, datetime], str | None] = lambda _made, _at: None

    @property
    def address(self) -> str:
        """The name of its page's address."""
        return f"admin:articles_article_{self.verb}"


def _approve_button(article: Article, review: ReviewRound | None) -> str:
    if review is None:
        return _("Approve")
    if review.is_last_stage:
        return _("Approve “%(stage)s”, clear for publication") % {"stage": review.stage_name()}
    return _("Approve “%(stage)s”, pass on to “%(next)s”") % {
        "stage": review.stage_name(),
        "next": review.stage_name(review.stage + 1),
    }


def _submit_button(article: Article, review: ReviewRound | None) -> str:
    stage = progress.first_stage(article)
    if not stage:
        return _("Submit for review")
    return _("Submit for “%(stage)s”") % {"stage": stage}


def _says(text: str | Promise) -> Callable[[Article, ReviewRound | None], str]:
    return lambda _article, _review: str(text)


def scheduled(edition: Edition, at: datetime) -> str | None:
    if edition.live_from <= at:
        return None
    return _("Scheduled for %(time)s.") % {"time": progress.moment_text(edition.live_from)}


def _restored(edition: Edition | None, _at: datetime) -> str | None:
    if edition is not None:
        return None
    return _("Not withdrawn any more. No reader had seen it, so it is a draft again.")


def _pin(article: Article, user: User, at: datetime, given: dict[str, Any]) -> object:
    """Pin on the home page, or on the front of the section that readers find it in."""
    edition = article.editions.not_over(at).order_by("live_from").first()
    section = edition.section if edition and given["place"] == PinForm.SECTION else None
    return pinning.pin(article, user=user, section=section, until=given["until"], at=at)


Status = Article.Status
AT_THE_UNIT = (Status.DRAFT, Status.RETURNED)
BEFORE_READERS = (*AT_THE_UNIT, Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED)
ON_THE_SITE = (Status.PUBLISHED, Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)

DEEDS = {
    deed.verb: deed
    for deed in (
        Deed(
            Verb.SUBMIT,
            SeenForm,
            gettext_lazy("Submit for review"),
            _submit_button,
            lambda article, user, at, _given: reviewing.submit(article, user=user, at=at),
            gettext_lazy("Submitted."),
            AT_THE_UNIT,
            "articles.submit_article",
            is_next=True,
        ),
        Deed(
            Verb.APPROVE,
            RemarkForm,
            gettext_lazy("Approve"),
            _approve_button,
            lambda article, user, at, given: reviewing.approve(
                article,
                reviewer=user,
                seen_version=given["version"],
                at=at,
                remark=given["remark"],
            ),
            gettext_lazy("Approved."),
            (Status.IN_REVIEW,),
            "articles.review_article",
            is_next=True,
            leads_home=True,
        ),
        Deed(
            Verb.RETURN,
            ReturnForm,
            # Translators: this is 退改 in Chinese.
            gettext_lazy("Return for changes"),
            _says(gettext_lazy("Return for changes")),
            lambda article, user, at, given: reviewing.return_for_changes(
                article,
                reviewer=user,
                seen_version=given["version"],
                at=at,
                remark=given["remark"],
                reasons=given["reasons"],
            ),
            gettext_lazy("Returned for changes."),
            (Status.IN_REVIEW,),
            "articles.review_article",
            leads_home=True,
        ),
        Deed(
            Verb.REJECT,
            RejectionForm,
            # Translators: this is 退稿 in Chinese.
            gettext_lazy("Reject"),
            _says(gettext_lazy("Reject")),
            lambda article, user, at, given: reviewing.reject(
                article,
                reviewer=user,
                seen_version=given["version"],
                at=at,
                remark=given["remark"],
                reasons=given["reasons"],
                not_again=given["not_again"],
            ),
            gettext_lazy("Rejected."),
            (Status.IN_REVIEW,),
            "articles.review_article",
            leads_home=True,
        ),
        Deed(
            Verb.TAKE_BACK,
            TakingBackForm,
            # Translators: this is 撤回 in Chinese.
            gettext_lazy("Take back"),
            _says(gettext_lazy("Take back")),
            lambda article, user, at, given: reviewing.take_back(
                article, user=user, at=at, reason=given["reason"]
            ),
            gettext_lazy("Taken back. It is a draft again."),
            (Status.IN_REVIEW,),
            "articles.submit_article",
        ),
        Deed(
            Verb.READMIT,
            ReadmissionForm,
            # Translators: this is 恢复受理 in Chinese.
            gettext_lazy("Allow it again"),
            _says(gettext_lazy("Allow it again")),
            lambda article, user, at, given: reviewing.readmit(
                article, user=user, at=at, reason=given["reason"]
            ),
            gettext_lazy("Its unit may revise it again."),
            (Status.REJECTED, Status.DRAFT),
            "articles.review_article",
        ),
        Deed(
            Verb.PROOFREAD,
            SignatureForm,
            gettext_lazy("Sign as proof-reader"),
            _says(gettext_lazy("Sign as proof-reader")),
            lambda article, user, at, given: proofreading.sign(
                article,
                proofreader=user,
                seen_version=given["version"],
                at=at,
                remark=given["remark"],
            ),
            gettext_lazy("Signed."),
            (Status.IN_REVIEW,),
            "articles.proofread_article",
            leads_home=True,
        ),
        Deed(
            Verb.CLAIM,
            SeenForm,
            # Translators: this is 领稿 in Chinese.
            gettext_lazy("Claim"),
            _says(gettext_lazy("Claim")),
            lambda article, user, at, _given: reviewing.claim(article, reviewer=user, at=at),
            gettext_lazy("Claimed. Your colleagues see that you have it."),
            (Status.IN_REVIEW,),
            "articles.review_article",
        ),
        Deed(
            Verb.RELEASE,
            ReleaseForm,
            # Translators: this is 放回 in Chinese.
            gettext_lazy("Give the claim back"),
            _says(gettext_lazy("Give the claim back")),
            lambda article, user, at, given: reviewing.release(
                article,
                user=user,
                seen_holder=given["holder"],
                at=at,
                note=given["note"],
            ),
            gettext_lazy("Given back. Whoever decides at this stage can claim it."),
            (Status.IN_REVIEW,),
            "articles.view_article",
        ),
        Deed(
            Verb.HAND_OVER,
            HandOverForm,
            # Translators: this is 转交 in Chinese.
            gettext_lazy("Hand over"),
            _says(gettext_lazy("Hand over")),
            lambda article, user, at, given: reviewing.hand_over(
                article,
                reviewer=user,
                to=given["to"],
                seen_holder=given["holder"],
                at=at,
                note=given["note"],
            ),
            gettext_lazy("Handed over."),
            (Status.IN_REVIEW,),
            "articles.view_article",
        ),
        Deed(
            Verb.APPOINT,
            AppointmentForm,
            gettext_lazy("Appoint a reviewer"),
            _says(gettext_lazy("Appoint")),
            lambda article, user, at, given: reviewing.appoint(
                article, user=user, to=given["to"], at=at, note=given["note"]
            ),
            gettext_lazy("Appointed. The log says by whom."),
            (Status.IN_REVIEW,),
            "articles.hand_over_article",
        ),
        Deed(
            Verb.PUBLISH,
            PublicationForm,
            gettext_lazy("Publish"),
            _says(gettext_lazy("Publish or schedule")),
            lambda article, user, at, given: publishing.publish(
                article,
                user=user,
                at=at,
                live_from=given["live_from"],
                expires_at=given["expires_at"],
            ),
            gettext_lazy("Published."),
            (Status.APPROVED,),
            "articles.publish_article",
            is_next=True,
            initial=lambda article, at: (
                {"live_from": article.embargo_until} if article.is_embargoed(at) else {}
            ),
            outcome=scheduled,
        ),
        Deed(
            Verb.RESCHEDULE,
            RescheduleForm,
            # Translators: this is 改期 in Chinese.
            gettext_lazy("Reschedule"),
            _says(gettext_lazy("Reschedule")),
            lambda article, user, at, given: publishing.reschedule(
                article,
                user=user,
                live_from=given["live_from"],
                seen_edition=given["planned"],
                at=at,
            ),
            gettext_lazy("Rescheduled."),
            (Status.PUBLISHED,),
            "articles.publish_article",
            outcome=scheduled,
        ),
        Deed(
            Verb.UNSCHEDULE,
            UnscheduleForm,
            # Translators: this is 取消定时 in Chinese.
            gettext_lazy("Take off the schedule"),
            _says(gettext_lazy("Take off the schedule")),
            lambda article, user, at, given: publishing.unschedule(
                article,
                user=user,
                seen_edition=given["planned"],
                at=at,
                reason=given["reason"],
            ),
            gettext_lazy("Off the schedule. Its approval stands."),
            (Status.PUBLISHED,),
            "articles.publish_article",
        ),
        Deed(
            Verb.FORCE,
            ForceForm,
            # Translators: this is 强制发布 in Chinese.
            gettext_lazy("Publish by force"),
            _says(gettext_lazy("Publish past review")),
            lambda article, user, at, given: forcing.force_publish(
                article, user=user, seen_version=given["version"], reason=given["reason"], at=at
            ),
            gettext_lazy("Published by force. Somebody else must confirm it."),
            tuple(FORCED_FROM),
            "articles.force_publish_article",
            is_careful=True,
        ),
        Deed(
            Verb.CONFIRM,
            AnswerForm,
            gettext_lazy("Confirm the forced publication"),
            _says(gettext_lazy("Confirm the publication")),
            lambda article, user, at, given: forcing.confirm(
                article, user=user, seen_edition=given["edition"], at=at, remark=given["remark"]
            ),
            gettext_lazy("Confirmed."),
            tuple(Status),
            "articles.confirm_forced_publication",
        ),
        Deed(
            Verb.OBJECT,
            ObjectionForm,
            gettext_lazy("Object to the forced publication"),
            _says(gettext_lazy("Object to the publication")),
            lambda article, user, at, given: forcing.object_to(
                article, user=user, seen_edition=given["edition"], remark=given["remark"], at=at
            ),
            gettext_lazy("Your objection stands on record."),
            tuple(Status),
            "articles.confirm_forced_publication",
        ),
        Deed(
            Verb.CORRECT,
            CorrectionForm,
            # Translators: this is 更正 in Chinese.
            gettext_lazy("Write a correction"),
            _says(gettext_lazy("Write a correction")),
            lambda article, user, at, given: writing.correct(
                article, editor=user, text=given["text"], at=at
            ),
            gettext_lazy("Noted. Readers see it when the article has passed review again."),
            (Status.PUBLISHED,),
            "articles.add_correction",
        ),
        Deed(
            Verb.WITHDRAW,
            WithdrawalForm,
            # Translators: this is 撤稿 in Chinese.
            gettext_lazy("Withdraw"),
            _says(gettext_lazy("Withdraw")),
            lambda article, user, at, given: publishing.withdraw(
                article,
                user=user,
                reason=given["reason"],
                at=at,
                public_note=given["public_note"],
            ),
            gettext_lazy("Withdrawn. Its address now says that it is gone."),
            ON_THE_SITE,
            "articles.withdraw_article",
        ),
        Deed(
            Verb.RESTORE,
            RestorationForm,
            gettext_lazy("Restore"),
            _says(gettext_lazy("Restore as it last was")),
            lambda article, user, at, given: publishing.restore(
                article, user=user, reason=given["reason"], at=at
            ),
            gettext_lazy("Restored."),
            (Status.WITHDRAWN,),
            "articles.withdraw_article",
            is_next=True,
            outcome=_restored,
        ),
        Deed(
            Verb.PART,
            SeenForm,
            gettext_lazy("Make it an article of its own again"),
            _says(gettext_lazy("Make it an article of its own again")),
            lambda article, user, at, _given: joining.part(article, user=user, at=at),
            gettext_lazy("A draft again. What the joint article took over stays there."),
            (Status.JOINED,),
            "articles.view_every_unit",
        ),
        Deed(
            Verb.EMBARGO,
            EmbargoForm,
            # Translators: this is 禁发 in Chinese.
            gettext_lazy("Set an embargo"),
            _says(gettext_lazy("Set an embargo")),
            lambda article, user, at, given: embargo.embargo(
                article, user=user, until=given["until"], note=given["note"], at=at
            ),
            gettext_lazy("Under embargo."),
            BEFORE_READERS,
            "articles.publish_article",
            initial=lambda article, _at: {
                "until": article.embargo_until,
                "note": article.embargo_note,
            },
        ),
        Deed(
            Verb.LIFT_EMBARGO,
            SeenForm,
            gettext_lazy("Lift the embargo"),
            _says(gettext_lazy("Lift the embargo")),
            lambda article, user, at, _given: embargo.lift(article, user=user, at=at),
            gettext_lazy("Free to be published."),
            BEFORE_READERS,
            "articles.publish_article",
        ),
        Deed(
            Verb.PIN,
            PinForm,
            # Translators: this is 置顶 in Chinese.
            gettext_lazy("Pin"),
            _says(gettext_lazy("Pin")),
            _pin,
            gettext_lazy("Pinned."),
            (Status.PUBLISHED,),
            "articles.add_placement",
        ),
        Deed(
            Verb.UNPIN,
            SeenForm,
            gettext_lazy("Unpin"),
            _says(gettext_lazy("Unpin")),
            lambda article, user, at, _given: pinning.unpin(article, user=user, at=at),
            gettext_lazy("Unpinned."),
            (Status.PUBLISHED,),
            "articles.add_placement",
        ),
    )
}
