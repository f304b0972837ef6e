"""The scenes of the story: who does what, when, and what the picture of it is to show."""

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from articles import clock
from articles.models import ReviewStage, User
from articles.sample.accounts import MAIL_DOMAIN, password_of
from articles.sample.drawings import draw
from benchmarks.pages import HOST

DAY = datetime(2026, 11, 18)  # noqa: DTZ001 (made aware below)
WIDE: ViewportSize = {"width": 1280, "height": 820}
NARROW: ViewportSize = {"width": 390, "height": 780}
# Few colours make small files, and the desk has few.
COLOURS = 128
PROOFREADER = "shenmo"

HEADLINE = "古籍修复室首次开放，读者亲手补上一个虫洞"
PASTED = """
<meta charset="utf-8"><p class="MsoNormal" style="font-family:仿宋;font-size:16pt"><span
style="color:red">11月17日下午，图书馆古籍修复室第一次对外开放。</span>三十位读者换上棉布围裙，
看修复师拆线、清洗、补纸，再把一叶清代方志的书页平平整整地压回夹板。</p>
<p class="MsoNormal"><b>“补一个虫洞要多久？”</b>“快的五分钟，慢的半天。”修复师一边答，
一边把毛笔递给提问的同学。</p>
<p class="MsoNormal">修复室现有修复师三人，去年修好古籍二千一百叶。待修的还有一万四千叶，
按现在的速度要七年。</p>
<p class="MsoNormal">开放日今后每月一次，每次三十人，在图书馆主页预约。</p>
"""
WRONG, RIGHT = "去年修好古籍二千一百叶", "去年修好古籍二千零八十叶"
REMARK = "“二千一百叶”是约数，请按年报写准确数字。"
COMMENT = "“七年”是按去年的速度算的吗？请在文中说明。"


class Watch:
    """The time of the story, the same for everybody until somebody sets it on."""

    def __init__(self) -> None:
        self.set("09:00")

    def set(self, hour: str) -> None:
        self.at = timezone.make_aware(datetime.combine(DAY, time.fromisoformat(hour)))

    def now(self) -> datetime:
        # No two things happen at once.
        self.at += timedelta(milliseconds=1)
        return self.at


class Shot(NamedTuple):
    file: str
    is_narrow: bool
    chinese: str
    english: str


class Story:
    """The pictures taken so far, and where they lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pictures" / "story"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.shots: list[Shot] = []

    def show(self, page: Page, name: str, chinese: str, english: str) -> None:
        page.wait_for_load_state("networkidle")
        taken = page.screenshot(animations="disabled")
        file = f"{len(self.shots) + 1:02}-{name}.png"
        image = Image.open(BytesIO(taken)).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(self.folder / file, optimize=True)
        is_narrow = page.viewport_size == NARROW
        self.shots.append(Shot(file, is_narrow, chinese, english))


def tell(folder: str) -> None:
    """Work through the whole story; write the pictures and the page that shows them."""
    watch = Watch()
    with ExitStack() as stack:
        for module in (timezone, clock):
            stack.enter_context(patch.object(module, "now", watch.now))
        call_command("demo", "--no-serve")
        hire_proofreader()
        site = stack.enter_context(served())
        browser = stack.enter_context(chromium())
        story = Story(Path(folder))
        people = People(browser, site)
        article = write(story, people, watch)
        go_round(story, people, watch)
        edit(story, people, watch, article)
        clear(story, people, watch, article)
        read(story, people, watch, article)
    (Path(folder) / "story.md").write_text(as_page(story.shots), encoding="utf-8")


def hire_proofreader() -> None:
    """Let the last stage wait for a signature, as the sample does for what is important only."""
    ReviewStage.objects.filter(name="终审").update(wants_proofreader=True)
    user = User.objects.create_user(
        PROOFREADER,
        email=PROOFREADER + MAIL_DOMAIN,
        password=password_of(PROOFREADER),
        name="沈墨",
        is_staff=True,
    )
    user.groups.add(Group.objects.get(name="proof-reader"))


@contextmanager
def served() -> Iterator[str]:
    """Serve the site from this process, so that it has the time of the story."""
    server = ThreadedWSGIServer((HOST, 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    logging.getLogger("django.server").setLevel(logging.ERROR)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        raise SystemExit("Chromium is missing. On Debian and Ubuntu: apt install chromium")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=found, args=options)


class People:
    """A window for each, signed in."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.windows: dict[str, Page] = {}

    def __getitem__(self, username: str) -> Page:
        if username not in self.windows:
            self.windows[username] = self._sign_in(username)
        return self.windows[username]

    def at_desk(self, username: str) -> Page:
        page = self[username]
        page.goto(self.site + "/admin/")
        return page

    def window(self, *, narrow: bool = False) -> BrowserContext:
        if narrow:
            return self.browser.new_context(
                locale="zh-CN", viewport=NARROW, device_scale_factor=2, has_touch=True
            )
        return self.browser.new_context(locale="zh-CN", viewport=WIDE)

    def _sign_in(self, username: str) -> Page:
        page = self.window(narrow=username == "yujingshu").new_page()
        page.goto(self.site + "/admin/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(password_of(username))
        page.keyboard.press("Enter")
        page.wait_for_url(self.site + "/admin/")
        return page


# The scenes


def write(story: Story, people: People, watch: Watch) -> int:
    page = people.at_desk("linyining")
    story.show(
        page,
        "correspondent",
        "九点，图书馆通讯员林以宁的工作台：要写完的、退回来的、在别人手里的。",
        "Nine o’clock. The desk of Lin Yining, correspondent of the library: what to finish, "
        "what came back, what others have.",
    )
    page.goto(people.site + "/admin/articles/article/add/")
    page.locator("#id_headline").fill(HEADLINE)
    paste(page, PASTED)
    story.show(
        page,
        "pasted",
        "从 Word 粘贴：字体、颜色自动去掉，段落和加粗留下。",
        "Pasted from Word: fonts and colours go, paragraphs and bold words stay.",
    )
    page.locator("#id_summary").fill(
        "三十位读者走进修复室，看拆线、清洗、补纸。今后每月开放一次。"
    )
    page.locator("#id_section").select_option(label="综合新闻")
    page.locator("#id_tags").fill("图书馆、古籍")
    page.locator("#id_event_date").fill("2026-11-17")
    expect(page.locator(".submit-row .kept")).to_contain_text("09:", timeout=20_000)
    page.mouse.wheel(0, -2000)
    story.show(
        page,
        "kept",
        "还没有保存，写的字已经每隔几秒存在服务器上：浏览器关了也丢不了。",
        "Not saved yet, and still kept on the server every few seconds: a closed browser loses "
        "nothing.",
    )
    add_photo(page, "读者在修复室看修复师补纸。")
    add_author(page, "林以宁")
    watch.set("09:40")
    save(page)
    number = int(page.url.split("/article/")[1].split("/")[0])
    page.locator(".state .first").click()
    story.show(
        page,
        "submit",
        "保存为第 1 版后送审。按栏目规则，先由本单位审。",
        "Saved as version 1 and submitted. The rules of the section send it to the unit first.",
    )
    send(page)
    return number


def go_round(story: Story, people: People, watch: Watch) -> None:
    """The unit's reviewer returns it, the correspondent changes it, the reviewer approves."""
    watch.set("10:10")
    phone = people.at_desk("yujingshu")
    story.show(
        phone,
        "telephone",
        "审核员俞静姝在手机上看到它在等自己。",
        "Yu Jingshu, the library’s reviewer, finds it waiting for her on her telephone.",
    )
    review(phone)
    phone.locator("button[name=bring][value=return]").click()
    phone.locator("[name=reasons]").first.check()
    phone.locator("[name=remark]").fill(REMARK)
    story.show(
        phone,
        "returned",
        "一个数字不准，退改：勾选理由，再写一句话。",
        "One number is vague, so she returns it: a reason to tick, and a sentence.",
    )
    send(phone)
    watch.set("10:30")
    page = people.at_desk("linyining")
    story.show(
        page,
        "came-back",
        "林以宁的工作台：退回来的稿件，谁退的、为什么。",
        "Lin Yining’s desk says what came back, from whom and why.",
    )
    page.get_by_role("link", name=HEADLINE).first.click()
    rewrite(page, WRONG, RIGHT)
    page.locator("#id_reason").fill("按年报改为准确数字")
    save(page)
    page.locator(".state .first").click()
    send(page)
    watch.set("10:45")
    people.at_desk("yujingshu")
    review(phone)
    story.show(
        phone,
        "changes",
        "第一下：打开。上次看过之后改了什么，放在最前面。",
        "First tap: open. What changed since she last looked comes first.",
    )
    send(phone)
    story.show(
        phone,
        "two-taps",
        "第二下：通过，转到编辑部。通过的就是这一版。",
        "Second tap: approved and passed on to the desk. What she approved is this very version.",
    )


def edit(story: Story, people: People, watch: Watch, article: int) -> None:
    watch.set("11:20")
    page = people.at_desk("fangxiaotang")
    address = f"{people.site}/admin/articles/article/{article}"
    page.goto(f"{address}/compare/?old=1&new=2&view=sides")
    story.show(
        page,
        "compare",
        "编辑方晓棠逐字对照两个版本。",
        "Fang Xiaotang at the desk compares both versions, word by word.",
    )
    page.goto(f"{address}/comment/?passage=按现在的速度要七年")
    page.locator("[name=text]").fill(COMMENT)
    send(page)
    page.locator("#comments").evaluate("panel => panel.scrollIntoView({ block: 'center' })")
    story.show(
        page,
        "comment",
        "她对着原文的几个字留言，作者马上收到通知。",
        "She comments on a few words of the text; its writer hears of it at once.",
    )
    page.goto(f"{address}/approve/")
    send(page)
    page.goto(people.site + "/admin/desk/board/")
    page.get_by_text(HEADLINE).first.scroll_into_view_if_needed()
    story.show(
        page,
        "board",
        "复审通过。看板上，每篇稿件在谁手里、等了多久，一目了然。",
        "Passed on. The board shows where every article is, with whom and for how long.",
    )


def clear(story: Story, people: People, watch: Watch, article: int) -> None:
    """The proof-reader signs, the chief editor approves and publishes."""
    watch.set("13:40")
    page = people.at_desk(PROOFREADER)
    address = f"{people.site}/admin/articles/article/{article}"
    page.goto(f"{address}/proofread/")
    page.locator("[name=remark]").fill("数字、人名已核对。")
    story.show(
        page,
        "proof",
        "校对沈墨在这一版上签字。没有签字，终审通不过。",
        "Shen Mo proof-reads and signs this version. Without a signature nobody can give the "
        "final approval.",
    )
    send(page)
    watch.set("14:05")
    chief = people.at_desk("xuzhixing")
    chief.goto(f"{address}/approve/")
    story.show(
        chief,
        "final",
        "总编许知行终审：全文、改动、谁已经看过，都在一页上。",
        "Xu Zhixing, chief editor: the text and what changed in it on one page.",
    )
    send(chief)
    chief.goto(f"{address}/publish/")
    story.show(
        chief,
        "publish",
        "立即发布，或者定一个时间。",
        "Published at once, or at a time to come.",
    )
    send(chief)
    chief.goto(f"{address}/sheet/1/")
    story.show(
        chief,
        "sheet",
        "审批单：每一审是谁、什么时候、哪一版，可以打印存档。",
        "The approval sheet: who decided at each stage, when and on which version, to be printed "
        "and filed.",
    )


def read(story: Story, people: People, watch: Watch, article: int) -> None:
    watch.set("14:10")
    page = people.window().new_page()
    page.goto(f"{people.site}/articles/{article}/")
    story.show(
        page,
        "live",
        "读者看到的，就是终审通过的那一版。",
        "What readers see is the version that was approved, byte for byte.",
    )


# What hands do


def paste(page: Page, markup: str) -> None:
    page.locator(".ProseMirror[contenteditable]").click()
    page.evaluate(
        """markup => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", markup);
            const pasted = { clipboardData, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
        }""",
        markup.replace("\n", ""),
    )


def rewrite(page: Page, old: str, new: str) -> None:
    """Select words in the text and type others over them."""
    page.locator(".ProseMirror[contenteditable]").click()
    page.evaluate(
        """words => {
            const all = document.createTreeWalker(document.activeElement, NodeFilter.SHOW_TEXT);
            while (all.nextNode()) {
                const start = all.currentNode.data.indexOf(words);
                if (start >= 0) {
                    const found = document.createRange();
                    found.setStart(all.currentNode, start);
                    found.setEnd(all.currentNode, start + words.length);
                    document.getSelection().removeAllRanges();
                    document.getSelection().addRange(found);
                }
            }
        }""",
        old,
    )
    page.wait_for_timeout(300)
    page.keyboard.insert_text(new)
    expect(page.locator(".ProseMirror[contenteditable]")).to_contain_text(new)


def add_photo(page: Page, caption: str) -> None:
    page.locator("#photos-group .add-row a").click()
    with page.expect_popup() as opened:
        page.locator("#add_id_photos-0-photo").click()
    popup = opened.value
    painted = draw("reading", 7, (1280, 854))
    popup.locator("[name=picture]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": painted}
    )
    popup.locator("[name=caption]").fill(caption)
    popup.locator("[name=_save]").click()
    expect(page.locator("#select2-id_photos-0-photo-container")).to_contain_text(caption)


def add_author(page: Page, name: str) -> None:
    page.locator("#credits-group .add-row a").click()
    page.locator("#id_credits-0-role").select_option("author")
    page.locator("#id_credits-0-name").fill(name)


def save(page: Page) -> None:
    page.locator(".submit-row [name=_save]").click()
    expect(page.locator(".messagelist")).to_be_visible()


def review(phone: Page) -> None:
    phone.locator(".queue li", has_text=HEADLINE).locator("a.go").click()


def send(page: Page) -> None:
    page.locator(".deed-form button:not([name=bring])").click()
    expect(page.locator(".messagelist")).to_be_visible()


# The page that shows them

CHINESE = (
    "从粘贴到发布，一步一图。图由 `python -m benchmarks.story` 在示例编辑部里自动拍摄，"
    "时间固定，可以随时重拍。点图看原大小。"
)
ENGLISH = (
    "From a pasted text to its readers, one picture a step. `python -m benchmarks.story` takes "
    "them in the sample newsroom, at a fixed time, and can do so again. A picture opens in full."
)


def as_page(shots: list[Shot]) -> str:
    lines = [
        "# 一篇稿件的一天 · An article’s day",
        "",
        CHINESE,
        "",
        ENGLISH,
        "",
    ]
    for number, shot in enumerate(shots, 1):
        source = f"pictures/story/{shot.file}"
        width = 160 if shot.is_narrow else 420
        lines += [
            f"**{number}.** {shot.chinese}",
            "",
            shot.english,
            "",
            f'<a href="{source}"><img src="{source}" width="{width}" alt="{shot.english}"></a>',
            "",
        ]
    return "\n".join(lines)
