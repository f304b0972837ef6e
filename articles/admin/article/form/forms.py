"""The forms of an article: its text, and the rows that hang on it."""

import hashlib
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from taggit.models import Tag

from articles import sourcing
from articles.actions import translating
from articles.importing import attachments
from articles.models import Article, Attachment, Photo, Role, User
from articles.rights.writing import shorten_review
from articles.text import richtext

# What the editor offers is what `richtext.clean` keeps.
EDITOR = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": sorted(richtext.SCHEMES)},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": True,
    "Image": True,
    "Caption": True,
    "Video": True,
    "Scopes": True,
    "Pasting": True,
    "Library": True,
    "FigureTools": True,
    "Menu": {
        "groups": [
            {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
            {"group": "lists"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "pictures"},
            {"group": "table"},
            {"group": "history"},
        ]
    },
}


class ArticleForm(forms.ModelForm):
    """The working copy. `seen_version` is what the user had before them while typing.

    `draft_token` says which open form it is, so that what is typed can be kept for it.
    """

    body = ProseEditorFormField(
        label=gettext_lazy("Body"),
        required=False,
        widget=AdminProseEditorWidget,
        extensions=EDITOR,
        sanitize=richtext.clean,
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    draft_token = forms.CharField(
        required=False, initial=lambda: secrets.token_urlsafe(12), widget=forms.HiddenInput
    )
    credit_line = forms.CharField(
        label=gettext_lazy("Credit line, as it was printed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("What did you change?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("What did you change?")}),
    )

    is_stale = False
    library = Photo.objects.none()  # what the user may see of it; the page says
    author: User  # who types; the page says
    would_reopen: str | None = None  # what the save would cost, if nobody was told before

    class Meta:
        model = Article
        fields = ()  # the page says which
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version_number

    def clean_body(self):
        body = self.cleaned_data["body"]
        new = set(richtext.photos_in(body)) - set(richtext.photos_in(self.instance.body))
        if new:
            new -= set(self.library.filter(pk__in=new).values_list("pk", flat=True))
        if new:
            numbers = ", ".join(map(str, sorted(new)))
            raise ValidationError(
                _("You may not use these photos, or they are not in the library: %(numbers)s."),
                params={"numbers": numbers},
            )
        return body

    def clean_tags(self):
        tags = self.cleaned_data["tags"]
        longest = Tag._meta.get_field("name").max_length
        for tag in tags:
            # Its address may be longer than the tag: “㍿” is four characters there.
            if max(len(tag), len(slugify(tag, allow_unicode=True))) > longest:
                raise ValidationError(
                    _("“%(tag)s” is too long. A tag may have up to %(limit)d characters."),
                    params={"tag": tag, "limit": longest},
                )
        return tags

    def clean(self):
        super().clean()
        said = (self.cleaned_data.get(name) or "" for name in ("origin", "source", "source_url"))
        for name, problem in sourcing.problems(*said).items():
            self.add_error(name, problem)
        if self.would_reopen:
            self.add_error(None, self.would_reopen)
        seen = self.cleaned_data.get("seen_version")
        if self.instance.pk and seen != self.instance.version_number:
            self.is_stale = True
            self.add_error(
                None,
                _(
                    "Somebody saved this article after you had opened it. Nothing that you "
                    "typed is lost: merge both texts, then save again, or open theirs."
                ),
            )
        if self.instance.pk and {"section", "importance"} <= self.cleaned_data.keys():
            was = self.instance.section_id, self.instance.importance
            now = self.cleaned_data["section"].pk, self.cleaned_data["importance"]
            refused = shorten_review(self.author, self.instance, was, now)
            if refused is not None:
                self.add_error(None, refused)
        if self.instance.pk and "language" in self.changed_data:
            language = self.cleaned_data.get("language", "")
            refused = translating.refuse_language(self.instance, language)
            if refused is not None:
                self.add_error("language", refused)
        return self.cleaned_data

    def look_again(self) -> None:
        """Let the next save replace the version that is shown beside the form now."""
        self.data = {**dict(self.data.items()), "seen_version": self.instance.version_number}


class CreditForm(forms.ModelForm):
    """A credit. Beside a reviewer it says whether that is who decided."""

    def __init__(self, *args, outlook=None, **kwargs):
        super().__init__(*args, **kwargs)
        if outlook and self.instance.role == Role.REVIEWER and "name" in self.fields:
            self.fields["name"].help_text = _reviewer_note(outlook, self.instance.name)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        person, unit = cleaned.get("person"), cleaned.get("unit")
        cleaned["name"] = cleaned.get("name") or (person.name if person else "")
        cleaned["unit_name"] = cleaned.get("unit_name") or (unit.name if unit else "")
        if not cleaned["name"] and not cleaned["unit_name"]:
            self.add_error("name", _("Name a person or a unit."))
        return cleaned


def _reviewer_note(outlook, name):
    if name in outlook.doubtful and outlook.decided:
        names = {"typed": name, "decided": outlook.decided}
        return _("The line says %(typed)s; decided by %(decided)s.") % names
    return _("Not printed from here: readers see who decided.")


class ContributionForm(forms.ModelForm):
    def clean(self):
        super().clean()
        if "unit" in self.changed_data:
            # Another unit than the one that an editor confirmed.
            self.instance.confirmed_by = self.instance.confirmed_at = None
        return self.cleaned_data


class AttachmentForm(forms.ModelForm):
    class Meta:
        model = Attachment
        fields = ("title", "file", "position")
        # Private files have no address to link to.
        widgets = {"file": forms.FileInput}

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        content = file.read(attachments.MAX_BYTES + 1)
        file.seek(0)
        found = attachments.problem(file.name, content)
        if found is not None:
            raise ValidationError(found)
        self.instance.sha256 = hashlib.sha256(content).hexdigest()
        self.instance.size = len(content)
        return file
