"""Fields for text with a little markup, cleaned as everything else is."""

from django import forms
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.text import richtext

PARAGRAPHS = {
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": sorted(richtext.SCHEMES)},
}
WITH_HEADINGS = PARAGRAPHS | {
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
}


class ProseField(ProseEditorFormField):
    """Paragraphs with links. It has no pictures."""

    extensions = PARAGRAPHS
    no_pictures = gettext_lazy("This text has no place for pictures.")

    def __init__(self, **kwargs):
        kwargs |= {"widget": AdminProseEditorWidget}
        super().__init__(extensions=self.extensions, sanitize=richtext.clean, **kwargs)

    def clean(self, value):
        cleaned = super().clean(value)
        if richtext.photos_in(cleaned):
            raise forms.ValidationError(self.no_pictures)
        return cleaned

    def has_changed(self, initial, data):
        """Tell a change of the text from the editor's other way of writing it."""
        try:
            return self.clean(data) != (initial or "")
        except forms.ValidationError:
            return True
