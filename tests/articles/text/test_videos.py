import pytest
from django.conf import settings

from articles.text import videos


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.bilibili.com/video/BV1GJ411x7h7/?p=2", "https://www.bilibili.com/video/BV1GJ411x7h7"),
        ("https://player.bilibili.com/player.html?aid=1&bvid=BV1GJ411x7h7&p=1", "https://www.bilibili.com/video/BV1GJ411x7h7"),
        ("https://v.qq.com/x/cover/abc/a0123456789.html", "https://v.qq.com/x/page/a0123456789.html"),
        ("https://v.qq.com/txp/iframe/player.html?vid=a0123456789", "https://v.qq.com/x/page/a0123456789.html"),
        ("https://v.youku.com/v_show/id_XNDU2Nzg5MDEy.html", "https://v.youku.com/v_show/id_XNDU2Nzg5MDEy.html"),
        ("https://tv.cctv.com/2026/11/01/VIDEabcdefghijkl261101.shtml", "https://tv.cctv.com/2026/11/01/VIDEabcdefghijkl261101.shtml"),
        ("https://youtu.be/abcdefghijk?t=1", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://www.youtube.com/watch?x=1&v=abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://www.bilibili.com.evil.example/video/BV1GJ411x7h7", None),
        ("https://evil.example/?https://www.bilibili.com/video/BV1GJ411x7h7", None),
        ("javascript:https://www.bilibili.com/video/BV1GJ411x7h7", None),
        ("https://www.bilibili.com/read/cv1", None),
        ("", None),
    ],
)  # fmt: skip
def test_page_of_knows_the_listed_providers_alone(address, page):
    assert videos.page_of(address) == page
    assert page is None or videos.page_of(page) == page


def test_players_may_stand_in_a_frame_and_nothing_else():
    assert settings.SECURE_CSP["frame-src"] == [
        "https://player.bilibili.com",
        "https://player.youku.com",
        "https://v.qq.com",
        "https://www.youtube-nocookie.com",
    ]


def test_provider_without_a_player_gives_a_link_alone():
    video = videos.find("https://tv.cctv.com/2026/11/01/VIDEabcdefghijkl261101.shtml")

    assert (video.provider, video.player) == ("央视网", "")
