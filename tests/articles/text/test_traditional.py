"""Simplified characters written in traditional ones: words, names, and pages of markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import hanzi, traditional
from articles.text.traditional import WordsRefused, read_words, writer
from articles.text.traditional_pages import written


def write(text: str) -> str:
    return writer("s2tw", "", ())(text)


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("s2tw", "為群眾服務的軟件"),
        ("s2twp", "為群眾服務的軟體"),
        ("s2hk", "為羣眾服務的軟件"),
        ("s2t", "爲羣衆服務的軟件"),
    ],
)
def test_style_decides_forms_and_words(style, found):
    assert writer(style, "", ())("为群众服务的软件") == found


def test_a_character_is_written_as_its_word_has_it():
    assert write("皇后后来理发，头发发展") == "皇后後來理髮，頭髮發展"


def test_names_of_people_keep_surnames_that_are_words():
    names = ("余华", "范伟", "钟南山", "范围内外的一位")
    by_names = writer("s2tw", "", names)

    said = "余华、范伟和钟南山说，在此范围内，业余华人"

    assert by_names(said) == "余華、范偉和鍾南山說，在此範圍內，業餘華人"
    assert write(said) == "餘華、範偉和鍾南山說，在此範圍內，業餘華人"


def test_words_of_the_site_go_before_the_dictionary_in_every_style():
    words = "台湾 台灣\n\n山峰  山峯\n范伟 範偉"

    said = {
        style: writer(style, words, ("范伟",))("台湾的山峰，范伟") for style in ("s2tw", "s2t")
    }

    assert said == dict.fromkeys(("s2tw", "s2t"), "台灣的山峯，範偉")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("台湾", 1),
        ("台湾 台灣 臺灣", 1),
        ("山峰 山峯\n台湾 <b>", 2),
        ("台湾 台灣\n台湾 臺灣", 2),
        (f"{'山' * 21} 山", 1),
        ("\n".join(f"{chr(0x4E00 + n)} 山" for n in range(1001)), 1001),
    ],
)
def test_list_of_words_that_cannot_be_read_names_the_line(text, line):
    with pytest.raises(WordsRefused) as refusal:
        read_words(text)

    assert refusal.value.line == line


def test_text_with_a_zero_stays_whole():
    assert write("头\0发") == "头\0发"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        # What is simplified, by its own word or by that of what it stands in.
        ("<p>图书馆</p>", "<p>圖書館</p>"),
        ('<html lang="zh-hans"><p>图书馆</p>', '<html lang="zh-hant"><p>圖書館</p>'),
        ('<p lang="en">图书馆 <i lang="zh-hans">馆</i></p>馆',
         '<p lang="en">图书馆 <i lang="zh-hant">館</i></p>館'),
        ('<div lang="zh-hant"><div>图书馆</div>馆</div>馆',
         '<div lang="zh-hant"><div>图书馆</div>馆</div>館'),
        ('<a lang="zh-hans" translate="no" title="简体">简体</a>简体',
         '<a lang="zh-hans" translate="no" title="简体">简体</a>簡體'),
        ('<p translate="no"><b lang="zh-hans">备案</b></p>备案',
         '<p translate="no"><b lang="zh-hans">备案</b></p>備案'),
        ('<img lang="en" alt="图" src="/图.jpg"><br>图',
         '<img lang="en" alt="图" src="/图.jpg"><br>圖'),
        # Words of attributes, and what are none.
        ('<a href="/tags/图书馆/" class="图" data-article="图" title="图书馆">',
         '<a href="/tags/图书馆/" class="图" data-article="图" title="圖書館">'),
        ('<img src="/图.jpg" alt="图 &gt; 书" loading="lazy">',
         '<img src="/图.jpg" alt="圖 &gt; 書" loading="lazy">'),
        ('<input name="q" value="图书馆" placeholder="搜索新闻">',
         '<input name="q" value="图书馆" placeholder="搜索新聞">'),
        ('<button data-done="已复制" data-copy="/图/">复制</button>',
         '<button data-done="已複製" data-copy="/图/">複製</button>'),
        ('<meta name="description" content="图书馆"><meta property="og:url" content="/图/">',
         '<meta name="description" content="圖書館"><meta property="og:url" content="/图/">'),
        # Words that marks go through.
        ("头<mark>发</mark>长", "頭<mark>髮</mark>長"),
        ("理<mark>发</mark>店", "理<mark>髮</mark>店"),
        ("<p>理</p><p>发展</p>", "<p>理</p><p>發展</p>"),
        # What is no text.
        ("<!-- 图 --><style>/* 图 */</style><script>图</script>",
         "<!-- 图 --><style>/* 图 */</style><script>图</script>"),
        ("&lt;图&gt; &amp; 书", "&lt;圖&gt; &amp; 書"),
        ('<!doctype html><title lang="zh-hant">皇后与余温</title>',
         '<!doctype html><title lang="zh-hant">皇后与余温</title>'),
    ],
)  # fmt: skip
def test_pages_are_written_anew_but_for_markup(markup, found):
    assert written(markup, write) == found


def test_words_of_another_length_end_where_their_marks_do():
    taiwanese = writer("s2twp", "", ())

    assert written("写<b>博客</b>的头<i>发</i>", taiwanese) == "寫<b>部落格</b>的頭<i>發</i>"


def test_what_machines_read_is_written_anew_with_its_language():
    def described(language: str, headline: str) -> str:
        return (
            '<script type="application/ld+json">{"@id": "https://news.example/图", '
            f'"headline": "{headline}", "inLanguage": "{language}", '
            '"author": [{"name": "叶圣陶"}]}</script>'
        )

    simplified = written(described("zh-hans", "图书馆 \\u003C/script\\u003E"), write)
    english = written(described("en", "图书馆"), write)

    assert simplified == described("zh-hant", "圖書館 \\u003C/script\\u003E").replace(
        "叶圣陶", "葉聖陶"
    )
    assert english == described("en", "图书馆")


class Skeleton(HTMLParser):
    """What is left of markup without its words."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, [(name, without_words(value or "")) for name, value in attrs]))

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_data(self, data):
        self.found.append(without_words(data))


def without_words(text: str) -> str:
    return re.sub(f"[{hanzi.HAN}]+", "", text)


WORDS = st.text(st.sampled_from("头发后面里干余华范台湾图书馆为<>&\"' =/a"), max_size=12)


@given(
    st.lists(st.tuples(st.sampled_from(["p", "b", "mark", "a", "i"]), WORDS, WORDS), max_size=6)
)
def test_no_text_becomes_markup(parts):
    def safe(text: str) -> str:
        for character, reference in (
            ("&", "&amp;"),
            ("<", "&lt;"),
            (">", "&gt;"),
            ('"', "&quot;"),
        ):
            text = text.replace(character, reference)
        return text

    markup = "".join(
        f'<{name} title="{safe(title)}">{safe(text)}</{name}>' for name, title, text in parts
    )

    found = written(markup, write)

    assert Skeleton(found).found == Skeleton(markup).found


def test_every_surname_that_stays_would_be_written_otherwise():
    """The list has no more in it than what OpenCC gets wrong."""
    given_names = ("丽萍", "建国", "明", "伟")
    otherwise = {
        surname
        for surname in traditional.SAME_SURNAMES
        if any(write(surname + name)[0] != surname for name in given_names)
    }

    assert otherwise == set(traditional.SAME_SURNAMES)
