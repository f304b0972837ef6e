from hypothesis import given
from hypothesis import strategies as st

from articles.checks.findings import Level
from articles.checks.folding import fold, fold_with_places
from articles.checks.rules import Known, Rule
from articles.checks.words import Word, WordList
from tests.articles.checks.manuscripts import body, find, hits


def found(text, *words, allowed=()):
    listed = WordList([*map(Word, words), *(Word(phrase, is_allowed=True) for phrase in allowed)])
    return [text[match.start : match.end] for match in listed.find(text)]


def test_words_are_found_blind_to_width_script_case_and_blanks():
    text = "ＡＢＣ公司，王 八、國王\u200b八，abc"

    assert found(text, "abc公司", "王八", "ABC") == ["ＡＢＣ公司", "王 八", "王\u200b八", "abc"]


def test_longest_word_hides_those_in_it():
    assert found("王八蛋和王八", "王八", "王八蛋", "八蛋") == ["王八蛋", "王八"]


def test_allowed_phrase_hides_what_is_inside_it_and_nothing_else():
    text = "国王八世。王八。國王 八世"

    assert found(text, "王八", allowed=["国王八世"]) == ["王八"]


def test_longer_word_is_found_although_a_part_of_it_is_allowed():
    assert found("国王八世万岁", "王八", "国王八世万岁", allowed=["国王八世"]) == ["国王八世万岁"]


def test_allowed_phrase_that_is_a_word_as_well_is_allowed():
    assert found("王八", "王八", allowed=["王八"]) == []
    assert found("王八", allowed=["王八"]) == []


def test_latin_word_stands_alone():
    assert found("class ass. pass", "ass") == ["ass"]
    assert found("用AI写稿", "ai") == ["AI"]


def test_empty_words_are_never_found():
    assert found("正文 ", "", " ", "\u200b") == []


def test_finding_says_the_word_the_suggestion_and_the_place():
    listed = Known(words=WordList([Word("残废", Level.BLOCKING, "残疾")]))
    text = body("第一段。", "帮助残废同学，电话13800138000。")

    [one] = find("words", known=listed, rule=Rule("words", Level.BLOCKING), body=text)

    assert (one.what, one.mend) == ("“残废” is on the list of words.", "Write “残疾” instead.")
    assert (one.place.field, one.place.number, one.level) == ("body", 2, "blocking")
    assert str(one.excerpt) == "帮助【残废】同学，电话138****…"
    assert one.phrase == "残废"


def test_check_that_advises_makes_no_word_block():
    listed = Known(words=WordList([Word("残废", Level.BLOCKING), Word("聋子")]))
    text = body("残废，聋子")

    advised = find("words", known=listed, rule=Rule("words", Level.ADVISORY), body=text)
    blocked = find("words", known=listed, rule=Rule("words", Level.BLOCKING), body=text)

    assert [one.level for one in advised] == ["advisory", "advisory"]
    assert [one.level for one in blocked] == ["blocking", "advisory"]


def test_words_are_found_in_every_field_and_across_marks():
    listed = Known(words=WordList([Word("王八")]))
    photo = {"photo": 1, "caption": "王八", "alt": "王八", "credit": "x"}

    found_everywhere = find(
        "words",
        known=listed,
        kicker="王八",
        headline="王八",
        body="<p>王<strong>八</strong></p><ul><li>王八</li></ul>",
        photos=[photo],
    )

    assert hits(found_everywhere) == [
        ("kicker", 0, "王八"),
        ("headline", 0, "王八"),
        ("body", 1, "王八"),
        ("body", 2, "王八"),
        ("photos", 1, "王八"),
    ]


def test_key_of_a_finding_is_that_of_its_words_around_it():
    listed = Known(words=WordList([Word("王八")]))

    def keys(*texts):
        return [one.key for one in find("words", known=listed, body=body(*texts))]

    before = keys("从前有一个王八在池塘里游")
    moved = keys("新的第一段", "很久以前有一个王八在池塘里游泳")
    other = keys("他骂人是王八，很不对")

    assert before == moved
    assert before != other


ALPHABET = "甲乙国王八世aA１ "
texts = st.text(alphabet=ALPHABET, max_size=40)


@given(texts, st.lists(st.text(alphabet="甲乙国王八世", min_size=1, max_size=5), max_size=8))
def test_find_gives_what_looking_at_every_place_gives(text, words):
    folded, places = fold_with_places(text)
    spans = {
        (start, start + len(word))
        for word in words
        for start in range(len(folded))
        if folded.startswith(word, start)
    }
    longest = [
        (start, end)
        for start, end in sorted(spans)
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans)
    ]

    listed = WordList(map(Word, words))

    assert [(match.start, match.end) for match in listed.find(text)] == [
        (places[start], places[end - 1] + 1) for start, end in longest
    ]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    folded, places = fold_with_places(text)

    assert fold(folded) == folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)


class Counting(WordList):
    """Counts its steps: how much work a text is."""

    steps = 0

    def _step(self, node, character):
        self.steps += 1
        return super()._step(node, character)


def test_work_grows_with_the_text_and_not_with_the_list():
    words = [Word("甲" * length) for length in range(1, 60)]
    words += [Word(chr(0x4E00 + n // 100) + chr(0x5E00 + n % 100)) for n in range(5_000)]
    listed = Counting(words)
    listed.steps = 0

    listed.find("甲" * 20_000)

    assert listed.steps == 20_000
