"""Who is a robot, by what it says of itself.

Lists of robots take many browsers of Chinese phones for robots. So browsers that we know go
first, unless something stands beside them that no browser says.
"""

import re
from functools import lru_cache

from crawlerdetect import CrawlerDetect

from analytics.models import Reason

# What no browser says. CUBOT is a maker of phones.
DECLARED = re.compile(r"spider|crawler|(?<!cu)bot/|(?<!cu)bot;|\+https?:", re.IGNORECASE)

HEADLESS = re.compile(
    r"headless|phantomjs|slimerjs|puppeteer|playwright|selenium|webdriver|jsdom", re.IGNORECASE
)

BROWSERS = re.compile(
    r"MicroMessenger|MQQBrowser|QQBrowser|\bQQ/|HuaweiBrowser|HMSCore|HarmonyOS|ArkWeb|baiduboxapp"
    r"|SogouMobileBrowser|SogouMSE|MetaSr|UCBrowser|UCWEB|Quark|MiuiBrowser|XiaoMi|VivoBrowser"
    r"|HeyTapBrowser|OppoBrowser|NewsArticle|aweme|Weibo|DingTalk|Lark/|AlipayClient|AliApp"
    r"|SamsungBrowser|Motorola|\bmoto\b|CUBOT|docomo|360SE|QihooBrowser|LBBROWSER|2345Explorer",
    re.IGNORECASE,
)

# What the well-kept lists leave out.
OURS = re.compile(
    r"python|curl|wget|libwww|okhttp|java/|httpclient|go-http|node-fetch|axios|undici|scrapy"
    r"|feedfetcher|preview|monitor|lighthouse|pagespeed|scan|harvest|archiv",
    re.IGNORECASE,
)

LONGEST = 1000
detector = CrawlerDetect()


@lru_cache(maxsize=4096)
def reason_to_exclude(user_agent: str) -> str:
    """Give the reason why a user agent does not count; empty for a reader."""
    said = user_agent[:LONGEST].strip()
    if not said or DECLARED.search(said):
        return Reason.BOT_DECLARED
    if HEADLESS.search(said):
        return Reason.HEADLESS
    if BROWSERS.search(said):
        return ""
    return Reason.BOT_DECLARED if OURS.search(said) or detector.is_crawler(said) else ""
