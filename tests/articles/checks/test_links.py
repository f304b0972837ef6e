import pytest

from articles.checks.rules import Known, Rule
from tests.articles.checks.manuscripts import find

KNOWN = Known(
    own_hosts={"news.example.edu", "localhost"},
    lead_nowhere=lambda paths: {"/gone/"} & set(paths),
)


def found(address, code="link", **rule):
    text = f'<p>看<a href="{address}">这里</a></p>'
    return [one.what for one in find(code, known=KNOWN, rule=Rule(code, **rule), body=text)]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/articles/1/", None),
        ("/gone/", "Readers find nothing at this address of our own site."),
        (
            "https://news.example.edu/gone/?a=1",
            "Readers find nothing at this address of our own site.",
        ),
        ("http://localhost:8000/articles/1/", None),
        ("https://elsewhere.example/gone/", None),
        ("https://intranet/x", "“intranet” is no address that readers can reach."),
        ("http://192.168.1.4/x", "“192.168.1.4” is no address that readers can reach."),
        ("https://a..b/", "“a..b” is no address that readers can reach."),
        ("mailto:news@example.edu", None),
        ("mailto:news", "This is no mail address."),
        ("tel:01062345678", None),
    ],
)
def test_link_leads_somewhere(address, what):
    assert found(address) == ([what] if what else [])


def test_sites_to_link_to_are_those_of_the_list_and_below():
    lines = ("example.org", "*.edu.cn")

    assert found("https://www.example.org/", "host", lines=lines) == []
    assert found("https://www.thu.edu.cn/", "host", lines=lines) == []
    assert found("https://news.example.edu/", "host", lines=lines) == []
    assert found("https://badexample.org/", "host", lines=lines) == [
        "badexample.org is not on the list of sites to link to."
    ]
    assert found("https://badexample.org/", "host") == []


def test_address_of_the_source_is_looked_at():
    [one] = find("link", known=KNOWN, source_url="https://[::1")

    assert (one.place.field, one.what) == ("source_url", "This is no address.")


def test_all_links_are_asked_about_at_once_and_not_more_than_a_text_has():
    asked = []
    known = Known(lead_nowhere=lambda paths: asked.append(len(paths)) or ())
    body = "".join(f'<p><a href="/articles/{number}/">这里</a></p>' for number in range(301))

    [one] = find("link", known=known, body=body)

    assert asked == [300]
    assert one.what == "Only the first 300 links were looked at."
