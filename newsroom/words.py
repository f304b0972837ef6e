"""Words that Django says and its own Chinese lacks or says stiffly, for our catalogue to hold."""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("- Select an option -"),
    gettext_noop("Filter by %(field_name)s"),
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Filter"),
    gettext_noop("Add %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    # Translators: what stands behind the label of a field
    gettext_noop(":"),
    # Translators: after these no colon follows a label; say the marks of your language as well.
    gettext_noop(":?.!"),
    # Translators: the button beside the action chosen for what is ticked
    gettext_noop("Run"),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
)
