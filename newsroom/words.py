"""Words that Django says and its own Chinese lacks: here, our catalogue can hold them."""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("- Select an option -"),
    gettext_noop("Filter by %(field_name)s"),
    # Translators: what stands behind the label of a field
    gettext_noop(":"),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
)
