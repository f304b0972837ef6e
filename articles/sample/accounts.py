"""One account for each kind of user, to look around with."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models import User

# Mails to it go nowhere. It also tells these accounts from those of real people.
MAIL_DOMAIN = "@qinghe.example"


@dataclass(frozen=True)
class Persona:
    username: str
    group: str
    look_at: object  # what to look at first: a translatable sentence


PERSONAS = (
    Persona(
        "linyining",
        "correspondent",
        _("Lin Yining writes for the library: a draft to finish, and one story in review."),
    ),
    Persona(
        "yujingshu",
        "unit reviewer",
        _("Yu Jingshu reviews what the library sends out: one story waits for her."),
    ),
    Persona(
        "fangxiaotang",
        "desk editor",
        _("Fang Xiaotang edits at the desk: two stories to review, one to publish."),
    ),
    Persona(
        "xuzhixing",
        "chief editor",
        _("Xu Zhixing gives the final approval: three stories wait, one for its proof-reader."),
    ),
    Persona(
        "jianjing",
        "proof-reader",
        _("Jian Jing proof-reads what is important: one story waits for her signature."),
    ),
    Persona(
        "helanzhou",
        "head",
        _("He Lanzhou heads the press office: one story went out by force, for him to confirm."),
    ),
    Persona("admin", "administrator", _("The administrator keeps units, people and policies.")),
)


def password_of(username: str) -> str:
    """Give an account's password: the same each time, another one on every site."""
    digest = salted_hmac("articles.sample.accounts", username, algorithm="sha256")
    return digest.hexdigest()[:10]


def of_real_people() -> list[str]:
    """Name the accounts that the sample newsroom did not make."""
    others = User.objects.exclude(email__endswith=MAIL_DOMAIN).order_by("pk")
    return list(others.values_list("username", flat=True))


def exist() -> bool:
    return User.objects.filter(email__endswith=MAIL_DOMAIN).exists()
