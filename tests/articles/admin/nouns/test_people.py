from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.admin.nouns.people import permission_text
from tests.factories import make_user


def test_roles_are_offered_in_the_readers_language(client, db):
    admin = make_user(is_staff=True, is_superuser=True)
    client.force_login(admin)

    page = client.get(reverse("admin:articles_user_change", args=[admin.pk]))

    field = page.context["adminform"].form.fields["groups"]
    assert [label for _pk, label in field.choices] == [
        "administrators",
        "chief editors",
        "correspondents",
        "desk editors",
        "heads",
        "proof-readers",
        "unit reviewers",
    ]


def test_permission_is_said_in_words_that_can_be_translated(db):
    ours = Permission.objects.get(codename="publish_article")
    django_own = Permission.objects.get(codename="change_articleunit")

    said = permission_text(ours), permission_text(django_own)

    assert said == ("Can publish an approved article", "Can change: contributing units")
