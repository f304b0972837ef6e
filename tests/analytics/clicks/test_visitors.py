"""Who is the same reader, and whose word is believed."""

from datetime import date, timedelta

import pytest

from analytics import upkeep
from analytics.clicks import bots, visitors
from analytics.models import Salt
from tests.factories import NOON

TODAY = date(2026, 11, 20)


def headers(address="203.0.113.7", **fields):
    return {
        "REMOTE_ADDR": address,
        "HTTP_USER_AGENT": "Mozilla/5.0",
        "HTTP_ACCEPT_LANGUAGE": "zh-CN",
        **fields,
    }


@pytest.mark.django_db
def test_visitor_is_the_same_all_day():
    assert visitors.visitor_key(headers(), TODAY) == visitors.visitor_key(headers(), TODAY)
    assert -(2**63) <= visitors.visitor_key(headers(), TODAY) < 2**63


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        headers("203.0.113.8"),
        headers(HTTP_USER_AGENT="Mozilla/5.1"),
        headers(HTTP_ACCEPT_LANGUAGE="en"),
        headers(HTTP_USER_AGENT="Mozilla/5.0zh", HTTP_ACCEPT_LANGUAGE="-CN"),
        headers("2001:db8::1"),
    ],
)
def test_visitor_with_another_network_or_browser_is_another(other):
    assert visitors.visitor_key(headers(), TODAY) != visitors.visitor_key(other, TODAY)


@pytest.mark.django_db
def test_visitor_is_another_on_the_next_day():
    tomorrow = TODAY + timedelta(days=1)

    assert visitors.visitor_key(headers(), TODAY) != visitors.visitor_key(headers(), tomorrow)


@pytest.mark.django_db
def test_visitor_keeps_the_key_within_an_ipv6_network():
    keys = {
        visitors.visitor_key(headers(address), TODAY)
        for address in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", "2001:db8:0:2::1")
    }

    assert len(keys) == 2


@pytest.mark.django_db
def test_salt_is_the_same_for_all_processes():
    first = visitors.salt_of(TODAY)
    visitors.salt_of.cache_clear()  # as another process

    assert visitors.salt_of(TODAY) == first
    assert len(first) == 32


@pytest.mark.django_db
def test_salt_goes_two_days_after_its_day():
    for days in range(-1, 5):
        visitors.salt_of(TODAY - timedelta(days=days))

    upkeep.run(NOON)

    kept = [TODAY + timedelta(days=days) for days in (-2, -1, 0, 1)]
    assert list(Salt.objects.order_by("day").values_list("day", flat=True)) == kept


ANDROID = "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 (KHTML, like Gecko) {}"
READERS = [
    ANDROID.format("V2301A", "Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.47 WeChat"),
    ANDROID.format("PJE110", "Version/4.0 MQQBrowser/15.2 Mobile Safari/537.36 QQ/9.0.30"),
    ANDROID.format("ALN-AL00", "Chrome/99.0 HuaweiBrowser/15.0.4 HMSCore/6.13 Mobile Safari"),
    ANDROID.format("M2102J2SC", "Chrome/97.0 Mobile Safari/537.36 baiduboxapp/13.60.0.10"),
    ANDROID.format("MI 9", "Chrome/100.0 Mobile SogouSearch Safari/537.36 SogouMobileBrowser/5"),
    ANDROID.format("M2012K11AC", "Chrome/100.0 UCBrowser/16.5.6 Mobile Safari/537.36"),
    ANDROID.format("V2055A", "Chrome/100.0 Quark/6.11.0.531 Mobile Safari/537.36"),
    ANDROID.format("2211133C", "Chrome/112.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.6"),
    ANDROID.format("PGEM10", "Chrome/91.0 Mobile Safari/537.36 NewsArticle/9.8.6 JsSdk/2"),
    ANDROID.format("V2183A", "Chrome/102.0 Mobile Safari/537.36 aweme.app.lite/26 aweme_260"),
    ANDROID.format("V2183A", "Chrome/102.0 Mobile Safari/537.36 Weibo (vivo__weibo__14.8.0)"),
    ANDROID.format("PFUM10", "Chrome/100.0 Mobile Safari/537.36 AliApp(DingTalk/7.5.20)"),
    ANDROID.format("moto g(60)", "Chrome/124.0.0.0 Mobile Safari/537.36"),
    ANDROID.format("CUBOT X30 Build/CUBOT", "Chrome/124.0.0.0 Mobile Safari/537.36"),
    ANDROID.format("KINGKONG 5 Build/CUBOT/1.0", "Chrome/124.0.0.0 Mobile Safari/537.36"),
    ANDROID.format("SO-51B docomo", "Chrome/124.0.0.0 Mobile Safari/537.36"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 ArkWeb/4.1.6.1 Mobile",
]
ROBOTS = [
    "",
    "   ",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
    "Mozilla/5.0 (Linux; Android 5.0) Mobile Safari/537.36 (compatible; Bytespider)",
    "Mozilla/5.0 MicroMessenger/8.0 (compatible; SomeSpider)",
    "Mozilla/5.0 QQBrowser/11 friendlybot/1.0",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "python-requests/2.32.3",
    "curl/8.5.0",
    "okhttp/4.12.0",
    "Go-http-client/2.0",
    "Mozilla/5.0 (compatible; YisouSpider/5.0)",
    "facebookexternalhit/1.1",
]


@pytest.mark.parametrize("user_agent", READERS)
def test_browser_of_a_reader_is_no_robot(user_agent):
    assert bots.reason_to_exclude(user_agent) == ""


@pytest.mark.parametrize("user_agent", ROBOTS)
def test_robot_that_says_so_is_found(user_agent):
    assert bots.reason_to_exclude(user_agent) == "bot_declared"


@pytest.mark.parametrize(
    "user_agent", ["Mozilla/5.0 HeadlessChrome/138.0", "Mozilla/5.0 PhantomJS/2.1.1 Safari"]
)
def test_browser_without_a_screen_is_found(user_agent):
    assert bots.reason_to_exclude(user_agent) == "headless"


def test_endless_user_agent_is_read_in_no_time():
    assert bots.reason_to_exclude("Mozilla/5.0 " + "(" * 8_000_000) == ""
