"""What the groups of accounts are called where people read them."""

from django.utils.translation import gettext_lazy

# The groups that a migration makes.
GROUPS = {
    "correspondent": gettext_lazy("correspondents"),
    "unit reviewer": gettext_lazy("unit reviewers"),
    "desk editor": gettext_lazy("desk editors"),
    "chief editor": gettext_lazy("chief editors"),
    "proof-reader": gettext_lazy("proof-readers"),
    "head": gettext_lazy("heads"),
    "administrator": gettext_lazy("administrators"),
}


def role_name(group: object) -> str:
    """Name a group of accounts in the reader's language."""
    return str(GROUPS.get(str(group), group))
