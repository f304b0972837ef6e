"""What the invented university says of its site. No such number is ever given to anybody."""

SETTINGS = {
    "line": "青禾大学党委宣传部主办",
    "line_en": "The news of Qinghe University",
    "icp_number": "京ICP备00000000号-1",
    "police_number": "京公网安备00000000000000号",
    "address": "青禾市学府路 1 号 青禾大学",
    "address_en": "Qinghe University, 1 Xuefu Road, Qinghe",
    "postcode": "000000",
    "contact_mail": "news@qinghe.example",
    "contact_phone": "+86 000 0000 0000",
    "statement": (
        "<p>青禾大学新闻网面向每一位读者，按照《Web 内容无障碍指南》（WCAG）2.2 版 AA 级建设。</p>\n"
        "<h2>您可以放心使用</h2>\n"
        "<ul><li>所有页面都可以只用键盘操作，也可以用读屏软件朗读。</li>"
        "<li>文字放大到 400% 时无须左右滚动；稿件页可以调整字号。</li>"
        "<li>浅色和深色两种外观，文字与背景的对比度都不低于 4.5:1。</li></ul>\n"
        "<h2>仍可能遇到的障碍</h2>\n"
        "<p>早年的稿件和部分附件可能缺少图片说明。请来信告诉我们，我们会在五个工作日内回复。</p>"
    ),
    "statement_en": (
        "<p>Qinghe University News is for everybody. It is built to conform to WCAG 2.2, "
        "level AA.</p>\n"
        "<h2>What you can rely on</h2>\n"
        "<ul><li>Every page works with a keyboard alone and with a screen reader.</li>"
        "<li>Text can be enlarged to 400 % without scrolling sideways.</li>"
        "<li>Text differs from its background by at least 4.5 : 1, light and dark.</li></ul>\n"
        "<h2>What may still be a barrier</h2>\n"
        "<p>Early articles and some attached documents may lack descriptions. Please write to "
        "us; we answer within five working days.</p>"
    ),
}
LINKS = (
    ("青禾大学主页", "Qinghe University", "https://www.qinghe.example/"),
    ("青禾大学图书馆", "University Library", "https://library.qinghe.example/"),
    ("信息公开", "Public information", "https://www.qinghe.example/public/"),
)
