"""Two topics: one that goes on, composed by editors, and one that is over and fills itself."""

from articles.sample.shapes import Topic

TOPICS = (
    Topic(
        slug="anniversary",
        title="旧物与新声：迎校庆",
        title_en="Old Things, New Voices: Towards the Anniversary",
        introduction=(
            "<p>半截粉笔、一张饭票、一封走了六十年的信：校庆到来之前，我们从一件件旧物说起，"
            "听当年用过它们的人讲这所学校。</p>"
            "<p>专题持续更新到校庆当月。您手里也有故事，请写信告诉我们："
            '<a href="mailto:news@qinghe.example">news@qinghe.example</a>。</p>'
        ),
        introduction_en=(
            "<p>Half a piece of chalk, a meal ticket, a letter that took sixty years: ahead of "
            "the anniversary we ask those who used these things what the university was to them."
            "</p>"
        ),
        tag="校史",
        photo_of="一封迟到六十年的信回到校史馆",
        began=21,
        placed=(
            ("lead", "校庆倒计时：一百件旧物"),
            ("heads", "一门只有六个学生的课开了二十年"),
            ("more", "图书馆夜间开放首月接待逾两万人次"),
        ),
        headings=(
            ("校园里的人", "People", "人物"),
            ("图书馆的灯", "The Library", "图书馆"),
            ("四季", "Seasons", "四季"),
        ),
    ),
    Topic(
        slug="first-weeks",
        title="新生入学季",
        title_en="The First Weeks",
        introduction="<p>报到、第一课、第一次实验：陪新同学走过入学后的头几个星期。</p>",
        introduction_en="<p>Arriving, the first lecture, the first experiment.</p>",
        tag="新生",
        photo_of="开学第一课讲什么？校长和新生聊“提问”",
        began=88,
        concluded=40,
    ),
)
