from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.admin.nouns.people import permission_text
from articles.models import ReviewPolicy
from tests.articles.admin.conftest import form_data
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


def test_save_says_where_nobody_can_decide_any_more(sign_in):
    browser, _user = sign_in("administrator")
    make_user("desk editor")
    first, last = make_user("chief editor"), make_user("chief editor")

    said = []
    for chief in (first, last):
        address = reverse("admin:articles_user_change", args=[chief.pk])
        data = form_data(browser.get(address))
        del data["is_active"]
        page = browser.post(address, data, follow=True)
        said.append([str(one) for one in page.context["messages"] if "nobody" in str(one)])

    policy = ReviewPolicy.objects.get()
    assert said == [[], [f"{policy}: “终审”: nobody can decide there now."]]
