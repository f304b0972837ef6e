from hypothesis import given
from hypothesis import strategies as st

from articles.credits import HouseFormat, ParsedCredit, Role, Stage, parse, print_line, words_for
from articles.credits.printer import AFTER_LABEL, BETWEEN, BRACKETS, HOUSE_WORDS

NAMES = ["林晓然", "周远", "孟小溪", "欧阳晓然", "林曉然", "阿里木·吐尔洪", "图雅", "Ana Poe"]
UNITS = ["宣传部", "化学学院", "黨委宣傳部", "校团委", "教务处", "News Office"]
TITLES = ["学生记者", "研究生学生助理", "通讯员"]
UNITS_ONLY = (Role.SOURCE, Role.CONTRIBUTING_UNIT)
STAGED = (Role.REVIEWER, Role.PROOFREADER)


def test_print_line_joins_the_roles_of_the_same_people():
    credits = [
        ParsedCredit(Role.AUTHOR, "林晓然", "党委宣传部"),
        ParsedCredit(Role.EDITOR, "林晓然", "党委宣传部"),
        ParsedCredit(Role.PHOTOGRAPHER, "周远帆", note="研究生学生助理"),
        ParsedCredit(Role.REVIEWER, "孟小溪"),
    ]

    printed = print_line(credits)

    assert printed == "供稿/编辑：党委宣传部 林晓然　图片：研究生学生助理 周远帆　审核：孟小溪"


def test_print_line_puts_units_in_brackets_where_they_would_be_taken_for_the_next_persons():
    credits = [
        ParsedCredit(Role.AUTHOR, "林晓然", "化学学院"),
        ParsedCredit(Role.AUTHOR, "周远帆"),
    ]

    assert print_line(credits) == "供稿：林晓然（化学学院）、周远帆"


def test_print_line_names_a_shared_unit_once():
    credits = [
        ParsedCredit(Role.AUTHOR, "林晓然", "化学学院"),
        ParsedCredit(Role.AUTHOR, "周远帆", "化学学院"),
    ]

    assert print_line(credits) == "供稿：化学学院 林晓然、周远帆"


def test_print_line_keeps_the_label_that_says_more_than_the_role():
    credits = [
        ParsedCredit(Role.EDITOR, "林晓然", note="责任编辑"),
        ParsedCredit(Role.REVIEWER, "周远帆", stage=Stage.FINAL, note="签发"),
    ]

    assert print_line(credits) == "责任编辑：林晓然　签发：周远帆"


def test_print_line_of_nobody_is_empty():
    assert print_line([]) == ""


@st.composite
def a_credit(draw) -> ParsedCredit:
    role = draw(st.sampled_from(Role))
    stage = draw(st.none() | st.sampled_from(Stage)) if role in STAGED else None
    unit = draw(st.sampled_from(UNITS))
    if role in UNITS_ONLY or draw(st.integers(0, 5)) == 0:
        return ParsedCredit(role, None, unit, stage)
    return ParsedCredit(
        role,
        draw(st.sampled_from(NAMES)),
        draw(st.none() | st.just(unit)),
        stage,
        draw(st.none() | st.sampled_from(TITLES)),
    )


def _is_settled(credits: list[ParsedCredit]) -> bool:
    """A third stage without a final one is the final stage, so it cannot be printed."""
    third = {credit.role for credit in credits if credit.stage is Stage.THIRD}
    return third <= {credit.role for credit in credits if credit.stage is Stage.FINAL}


@given(st.lists(a_credit(), max_size=8, unique=True).filter(_is_settled))
def test_print_line_reads_back_as_the_same_credits(credits):
    assert parse(print_line(credits)).credits == tuple(credits)


@given(st.lists(a_credit(), max_size=4, unique=True).filter(_is_settled), st.data())
def test_print_line_of_shared_work_reads_back_as_the_same_credits(credits, data):
    named = [c for c in credits if c.role not in UNITS_ONLY and c.stage is None]
    roles = data.draw(st.lists(st.sampled_from([Role.AUTHOR, Role.PHOTOGRAPHER]), unique=True))
    people = dict.fromkeys((c.name, c.unit, c.note) for c in named)
    shared = [
        ParsedCredit(role, name, unit, note=note) for role in roles for name, unit, note in people
    ]

    assert parse(print_line(shared)).credits == tuple(shared)


@st.composite
def a_format(draw) -> HouseFormat:
    roles = draw(st.lists(st.sampled_from(Role), unique=True, max_size=6))
    return HouseFormat(
        after_label=draw(st.sampled_from(AFTER_LABEL)),
        between=draw(st.sampled_from(BETWEEN)),
        brackets=draw(st.sampled_from(BRACKETS)),
        merges=draw(st.booleans()),
        words={role: draw(st.sampled_from(words_for(role))) for role in Role},
        order=tuple(roles),
    )


@given(a_format(), st.lists(a_credit(), max_size=8, unique=True).filter(_is_settled))
def test_print_line_in_every_format_reads_back_as_the_same_credits(house, credits):
    line = print_line(credits, house)

    assert parse(line).credits == tuple(house.ordered(credits))


def test_print_line_follows_the_house():
    house = HouseFormat(
        after_label="｜",
        between="\n",
        words={Role.AUTHOR: "撰稿"},
        order=(Role.REVIEWER, Role.AUTHOR),
        merges=False,
    )
    credits = [
        ParsedCredit(Role.EDITOR, "林晓然"),
        ParsedCredit(Role.AUTHOR, "林晓然"),
        ParsedCredit(Role.REVIEWER, "孟小溪"),
    ]

    assert print_line(credits, house) == "审核｜孟小溪\n撰稿｜林晓然\n编辑｜林晓然"
    assert print_line([], HouseFormat(brackets="（）")) == ""


def test_words_for_a_role_say_that_role_alone():
    for role in Role:
        words = words_for(role)
        assert words[0] == HOUSE_WORDS[role]
        for word in words:
            assert parse(f"{word}：教务处").credits == (ParsedCredit(role, None, "教务处"),)
