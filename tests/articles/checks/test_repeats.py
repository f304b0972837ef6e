from articles.checks.rules import Rule
from tests.articles.checks.manuscripts import body, find, hits

LONG = "四月十九日下午，学校领导一行赴朝阳区走访座谈。"


def test_paragraph_that_stands_twice_is_found():
    text = body(LONG, "中间的一段。", LONG.replace("，", ","), "短。", "短。")

    assert hits(find("repeat", body=text)) == [("body", 3, LONG.replace("，", ","))]
    assert hits(find("repeat", rule=Rule("repeat", limit=1), body=text))[1] == ("body", 5, "短。")
