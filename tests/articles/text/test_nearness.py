"""How near texts are by what they are about."""

from articles.text.nearness import MOST, nearness, words_of


def test_words_are_pairs_of_characters_and_whole_words():
    assert words_of("圖書館 Library, of 2026!", ["阅读"]) == {"图书", "书馆", "library", "#阅读"}
    assert words_of("") == frozenset()


def test_the_same_words_are_nearest_and_others_are_not_near():
    own = words_of("图书馆夜间开放", ["图书馆"])
    others = {
        "same": own,
        "near": words_of("图书馆延长开放"),
        "none": words_of("Sports day"),
        "empty": words_of(""),
    }

    found = nearness(own, others)

    assert found["same"] == MOST > found["near"] > 0
    assert (found["none"], found["empty"]) == (0, 0)


def test_what_few_have_says_more_than_what_most_have():
    own = words_of("学校草坪")
    others = {number: words_of(f"学校{what}") for number, what in enumerate("甲乙丙丁")}
    others[9] = words_of("草坪戊")

    found = nearness(own, others)

    assert found[9] > found[0] > 0


def test_shared_tag_says_more_than_a_shared_word():
    own = words_of("夜跑", ["体育"])

    found = nearness(
        own, {"tag": words_of("羽毛球", ["体育"]), "word": words_of("夜跑", ["安全"])}
    )

    assert found["tag"] > found["word"] > 0
