"""How this site writes its credit lines."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import credits

# A blank and a new line would not come back from a browser as they are.
MARKS = {"blank": "　", "semicolon": "；", "line": "\n"}


class CreditFormat(models.Model):
    """The house format of credit lines. There is one row, or none: then the usual format holds."""

    class AfterLabel(models.TextChoices):
        COLON = "：", _("a colon: 供稿：")
        BAR = "｜", _("a bar: 供稿｜")
        SLASH = "/", _("a slash: 供稿/")

    class Between(models.TextChoices):
        BLANK = "blank", _("a wide blank")
        SEMICOLON = "semicolon", _("a semicolon")
        LINE = "line", _("a new line")

    class Brackets(models.TextChoices):
        NONE = "", _("none")
        ROUND = "（）", _("round: （…）")
        SQUARE = "【】", _("square: 【…】")

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    after_label = models.CharField(
        _("after a role"), max_length=1, choices=AfterLabel, default=AfterLabel.COLON
    )
    between = models.CharField(
        _("between roles"), max_length=10, choices=Between, default=Between.BLANK
    )
    brackets = models.CharField(
        _("brackets"), max_length=2, choices=Brackets, default=Brackets.NONE, blank=True
    )
    merges = models.BooleanField(
        _("join roles"),
        default=True,
        help_text=_("Roles held by the same people share a label: 供稿/编辑."),
    )
    words = models.JSONField(default=dict, editable=False)
    order = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("credit format")
        verbose_name_plural = _("credit format")

    def __str__(self) -> str:
        return str(_("Credit format"))

    def clean(self) -> None:
        if CreditFormat.objects.exclude(pk=self.pk).exists():
            raise ValidationError(_("There is a credit format already."))

    def house(self) -> credits.HouseFormat:
        """Give the format in the printer's words, leaving out what it does not know."""
        roles: dict[str, Any] = {role.value: role for role in credits.Role}
        return credits.HouseFormat(
            after_label=self.after_label,
            between=MARKS[self.between],
            brackets=self.brackets,
            merges=self.merges,
            words={roles[name]: word for name, word in self.words.items() if name in roles},
            order=tuple(roles[name] for name in self.order if name in roles),
        )


def house_format() -> credits.HouseFormat:
    """Give the format in which credit lines are printed now. One query."""
    row = CreditFormat.objects.first()
    return row.house() if row else credits.HouseFormat()
