"""How the site writes credit lines: words, order, marks, with an example of what is chosen."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import credits
from articles.admin.base import DeskAdmin
from articles.credits import ParsedCredit, Role, Stage
from articles.models import CreditFormat
from articles.models import Role as RoleNames

# Everybody is invented.
EXAMPLE = (
    ParsedCredit(Role.AUTHOR, "林晓然", "党委宣传部"),
    ParsedCredit(Role.EDITOR, "林晓然", "党委宣传部"),
    ParsedCredit(Role.PHOTOGRAPHER, "周远帆", note="学生记者"),
    ParsedCredit(Role.REVIEWER, "孟小溪", stage=Stage.FIRST),
    ParsedCredit(Role.REVIEWER, "柯以彤", stage=Stage.FINAL),
)
PREVIEW = "_preview"


class CreditFormatForm(forms.ModelForm):
    """Beside the fields of the row it has a word and a place for each role."""

    class Meta:
        model = CreditFormat
        fields = ("after_label", "between", "brackets", "merges")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for role in Role:
            self.initial[f"word_{role}"] = self.instance.house().word(role)
            if role in self.instance.order:
                self.initial[f"place_{role}"] = self.instance.order.index(role) + 1

    def clean(self):
        super().clean()
        said = self.cleaned_data
        words = {str(role): said.get(f"word_{role}") for role in Role}
        usual = credits.HouseFormat()
        self.instance.words = {
            name: word for name, word in words.items() if word and word != usual.word(Role(name))
        }
        places = [(said[f"place_{role}"], role) for role in Role if said.get(f"place_{role}")]
        self.instance.order = [str(role) for _place, role in sorted(places, key=lambda p: p[0])]
        return said

    def is_valid(self):
        # An example only shows what was chosen; the page comes again with all of it.
        return super().is_valid() and PREVIEW not in self.data


def _with_roles(form):
    """Add the fields of each role, so that the admin knows them."""
    names = dict(RoleNames.choices)
    fields: dict[str, forms.Field] = {}
    for role in Role:
        choices = [(word, word) for word in credits.words_for(role)]
        fields[f"word_{role}"] = forms.ChoiceField(label=names[role], choices=choices)
        fields[f"place_{role}"] = forms.IntegerField(
            label=gettext_lazy("place"), required=False, min_value=1, max_value=99
        )
    return type("CreditFormatForm", (form,), fields)


@admin.register(CreditFormat)
class CreditFormatAdmin(DeskAdmin):
    purpose = gettext_lazy(
        "How credit lines are written in new editions. What is published keeps its line."
    )
    form = _with_roles(CreditFormatForm)
    list_display = ("__str__", "example")
    readonly_fields = ("example",)
    change_form_template = "admin/articles/creditformat/change_form.html"
    fieldsets = (
        (None, {"fields": ("example", "after_label", "between", "brackets", "merges")}),
        (
            gettext_lazy("Words, and which roles come first"),
            {
                "fields": tuple((f"word_{role}", f"place_{role}") for role in Role),
                "description": gettext_lazy(
                    "Roles with a place come first, the smallest first; the others follow as they "
                    "were entered. A credit that was entered with a word of its own keeps it."
                ),
            },
        ),
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not CreditFormat.objects.exists()

    def response_add(self, request, obj, post_url_continue=None):
        request.POST = {**request.POST, "_continue": "1"}
        return super().response_add(request, obj, post_url_continue)

    @admin.display(description=gettext_lazy("example"))
    def example(self, row):
        line = credits.print_line(EXAMPLE, (row or CreditFormat()).house())
        return format_html('<span class="credit-example" lang="zh">{}</span>', line)

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_save_and_add_another"] = False  # there is only one
        if PREVIEW in request.POST:
            context["title"] = _("Example of what is chosen; nothing is saved yet")
        return super().render_change_form(request, context, *args, **kwargs)
