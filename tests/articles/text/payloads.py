"""Markup that attacks, misleads or deserves to survive: (html, what must not be left, what must).

Each is read by `richtext.clean` and by `pasting.read`; compared without regard to case.
"""

X = "window.__xss=1"
IMG = f"<img src=x onerror={X}>"
BAD = ("onerror", "<script", "javascript:", "__xss")
BLOCKS = "<p>keep-me</p>"

PAYLOADS = [
    # What a second parse would read differently
    (f"{BLOCKS}<math><mtext><table><mglyph><style><!--</style>{IMG}-->", BAD, ("keep-me",)),
    (f"{BLOCKS}<svg></p><style><a title='</style>{IMG}'>", ("onerror=window", "<style"), ()),
    (f"{BLOCKS}<form><math><mtext></form><form><mglyph><style></math>{IMG}", BAD, ("keep-me",)),
    (f"{BLOCKS}<svg><title><a id='</title>{IMG}'></a></title></svg>", ("<svg", "<title"), ()),
    (f"{BLOCKS}<svg><desc><foreignObject>{IMG}</foreignObject></desc></svg>", BAD, ("keep-me",)),
    (f"{BLOCKS}<math><mi><malignmark><b>{IMG}</b></malignmark></mi></math>", BAD, ("keep-me",)),
    (f"{BLOCKS}<noscript><style></noscript>{IMG}</style>", ("<noscript", "<style"), ("keep-me",)),
    (f"{BLOCKS}<noembed><a title='</noembed>{IMG}'></noembed>", ("<noembed",), ("keep-me",)),
    (f"{BLOCKS}<template><table><template>{IMG}</template></table></template>", BAD, ("keep-me",)),
    (f"{BLOCKS}<select><template><style><!--</style><a rel='--></style></select>{IMG}'>", ("<select",), ()),
    (f"{BLOCKS}<table><a>1<table><td>cell{IMG}</table></a></table>", BAD, ("keep-me", "cell")),
    (f"<p>keep-me<table><caption><svg><p>{IMG}</svg></caption></table>", BAD, ("keep-me",)),
    (f"{BLOCKS}<xmp></p>{IMG}</xmp><listing>&lt;script&gt;</listing>", ("<xmp", "<listing", "<script"), ()),
    (f"{BLOCKS}<!--><script>{X}</script>-->", ("<script", "__xss"), ("keep-me",)),
    (f"{BLOCKS}<!---><script>{X}</script>-->", ("<script", "__xss"), ("keep-me",)),
    (f"{BLOCKS}<!-- --!><script>{X}</script>", ("<script", "__xss"), ("keep-me",)),
    (f"{BLOCKS}<![if !IE]><script>{X}</script><![endif]>", ("<script", "<![", "__xss"), ("keep-me",)),
    (f"{BLOCKS}<!--[if mso]><v:rect href='javascript:{X}'></v:rect><![endif]-->", ("<!--", "v:rect"), ()),
    (f"{BLOCKS}<?php echo '{X}'; ?><%= {X} %>", ("<?php", "<%"), ("keep-me",)),
    (f"{BLOCKS}</script></style></title>{IMG}", BAD, ("keep-me",)),
    # Handlers in every disguise
    (f"<p/onclick={X}/>keep-me</p>", ("onclick",), ("keep-me",)),
    (f"<p onclick\x0c=\x0c{X}>keep-me</p>", ("onclick",), ("keep-me",)),
    (f"<p ONCLICK='{X}' oNfOcUsIn={X} contenteditable>keep-me</p>", ("onclick", "onfocus"), ("keep-me",)),
    (f"<table onresize={X}><tr onclick={X}><td ondrop={X}>keep-me</td><td>two</td></tr></table>", ("onresize", "onclick", "ondrop"), ("<td>keep-me",)),
    (f"<img data-file=7 alt='\" onerror={X} x=\"' src=/media/a.jpg>", ('" onerror',), ("data-file",)),
    (f"<figure class='side\" onclick={X}'><img data-file=7></figure>", ("onclick",), ("data-file",)),
    (f"{BLOCKS}<svg/onload={X}><animate onbegin={X} attributeName=x dur=1s>", ("onload", "onbegin"), ("keep-me",)),
    (f"{BLOCKS}<dialog open onclose={X}>words</dialog><search oncopy={X}>s</search>", ("onclose", "oncopy", "<dialog"), ("words",)),
    # Addresses
    (f"<a href='\x01javascript:{X}'>keep-me</a>", ("javascript:",), ("keep-me",)),
    (f"<a href=' &#x0a; &#32;jAvAsCrIpT&colon;{X}'>keep-me</a>", ("javascript", "&colon;"), ("keep-me",)),
    (f"<a href='java&Tab;script&NewLine;:{X}'>keep-me</a>", ("script:", "&tab;"), ("keep-me",)),
    (f"<a href='\u202ejavascript:{X}'>keep-me</a>", ("javascript:", "\u202e"), ("keep-me",)),
    (f"<a href='ja\u200bvascript:{X}'>keep-me</a>", ("__xss",), ("keep-me",)),
    ("<a href='data:text/html;base64,PHNjcmlwdD4='>keep-me</a>", ("data:text",), ("keep-me",)),
    ("<a href='data&colon;text/html,x'>keep-me</a>", ("text/html",), ("keep-me",)),
    (f"<a href='view-source:javascript:{X}'>keep-me</a>", ("view-source", "javascript:"), ("keep-me",)),
    ("<a href='\\\\evil.example\\x'>keep-me</a><a href='/\\evil.example'>two</a>", ("evil.example",), ("keep-me", "two")),
    ("<a href='https:evil.example' ping='https://spy.example/' download>keep-me</a>", ("ping=", "download"), ("keep-me",)),
    ("<a href='/news/' target='x' rel='opener' referrerpolicy='unsafe-url'>keep-me</a>", ("target=", 'rel="opener', "referrerpolicy"), ("/news/",)),
    ("<area href='javascript:1'><map name=m><area href='https://evil.example'></map>keep-me", ("<area", "<map", "evil.example"), ("keep-me",)),
    # Pictures that call home
    ("<p>keep-me<img src='https://spy.example/a.gif' lowsrc=x dynsrc=y></p>", ("spy.example", "<img"), ("keep-me",)),
    ("<p>keep-me</p><img data-src='https://spy.example/a.jpg' data-original='//spy.example/b'>", ("spy.example", "<img"), ("keep-me",)),
    ("<p>keep-me</p><picture><source srcset='https://spy.example/a.avif'><img srcset='https://spy.example/a 2x'></picture>", ("spy.example", "<source", "<picture"), ("keep-me",)),
    ("<p>keep-me</p><img data-file='7' src='https://spy.example/a.gif' srcset='https://spy.example/b 2x'>", ("spy.example",), ('data-file="7"',)),
    ("<p>keep-me</p><img data-file='7' src='/media/../admin/logout/'>", ("logout",), ('data-file="7"',)),
    ("<p>keep-me</p><input type=image src='https://spy.example/a'><video poster='https://spy.example/b'></video>", ("spy.example",), ("keep-me",)),
    ("<p style='background:url(https://spy.example/a)'>keep-me</p><style>@import 'https://spy.example/c'</style>", ("spy.example", "style"), ("keep-me",)),
    ("<p>keep-me</p><body background='https://spy.example/a'><bgsound src='https://spy.example/b'>", ("spy.example",), ("keep-me",)),
    ("<p>keep-me</p><img src='data:image/svg+xml,<svg onload=1>'><img src='data:text/html,x'>", ("data:", "onload"), ("keep-me",)),
    # Frames, forms and what changes the page
    ("<p>keep-me</p><iframe src='https://evil.example/player.bilibili.com/player.html?bvid=BV1GJ411x7h7'></iframe>", ("evil.example", "<iframe"), ("keep-me",)),
    ("<p>keep-me</p><figure><a href='https://evil.example/?https://www.bilibili.com/video/BV1GJ411x7h7'>x</a></figure>", ("<figure>",), ("keep-me",)),
    ("<p>keep-me</p><meta http-equiv=refresh content='0;url=https://evil.example'><base target=_blank>", ("<meta", "<base", "evil.example"), ("keep-me",)),
    ("<form action='https://evil.example'><p>keep-me</p><button formaction='javascript:1'>go</button><keygen></form>", ("<form", "<button", "formaction", "evil.example"), ("keep-me",)),
    ("<p>keep-me</p><frameset><frame src='javascript:1'></frameset><portal src=x></portal>", ("<frame", "<portal", "javascript:"), ("keep-me",)),
    ("<p>keep-me</p><link rel=import href=x><object data=x type=text/html><embed src=x></object>", ("<link", "<object", "<embed"), ("keep-me",)),
    # Names that scripts of the desk could stumble over
    ("<a name=csrfmiddlewaretoken id=article_form href='/x/'>keep-me</a>", ("name=", "id="), ("keep-me",)),
    ("<figure class='errornote side deeds'><img data-file=7 id=checks></figure>", ("errornote", "deeds", "id="), ('class="side"',)),
    ("<p data-file=7 data-preview=x>keep-me</p>", ("data-",), ("keep-me",)),
    # Characters that nobody sees
    ("<p>keep-me \u202egnp.exe\u202c \u2066x\u2069</p>", ("\u202e", "\u202c", "\u2066", "\u2069"), ("keep-me", "gnp.exe")),
    ("<p>keep\ufeff-me\x00\x07</p>", ("\ufeff", "\x00", "\x07"), ("keep-me",)),
    # Deep and many
    (f"{'<span>' * 4000}keep-me{'</span>' * 4000}", ("<span",), ("keep-me",)),
    (f"{'<b><i>' * 20}keep-me", (), ("keep-me",)),
    (f"{'<table><tr><td>' * 12}keep-me", (), ("keep-me",)),
    # Word, WPS, WeChat and others, honest
    ("<p class=MsoNormal><span lang=EN-US style='mso-bidi-font-family:x'>keep-me<o:p>&nbsp;</o:p></span></p><w:sdt><w:sdtPr/></w:sdt>", ("mso", "o:p", "w:sdt"), ("<p>keep-me",)),
    ("<p class=MsoNormal><st1:place w:st='on'>keep-me</st1:place> <ins cite='mailto:x'>added</ins><del>gone</del></p>", ("st1:", "<ins", "gone"), ("keep-me", "added")),
    ("<!--[if gte vml 1]><v:shape><v:imagedata src='file:///C:/a.png'/></v:shape><![endif]--><p>keep-me<![if !vml]><img src='file:///C:/a.png' v:shapes='x'><![endif]></p>", ("file:", "v:", "<!"), ("keep-me",)),
    ("<v:shape style='x'><v:imagedata src='https://spy.example/a.emz' o:title='x'/></v:shape><p>keep-me</p>", ("v:", "spy.example"), ("keep-me",)),
    ("<section data-tools='135' data-id='9' style='x'><section powered-by='x'><p>keep-me</p></section></section>", ("data-", "powered", "<section"), ("<p>keep-me",)),
    ("<mp-style-type data-value='3'></mp-style-type><p><span leaf=''>keep-me</span></p>", ("mp-style", "leaf"), ("<p>keep-me",)),
    ("<div class='WordSection1' style='layout-grid:15.6pt'><p class='p'>keep-me</p></div>", ("layout-grid", "class"), ("<p>keep-me",)),
    ("<p>keep-me &amp;lt;script&amp;gt; &#60;b&#62; 100&#37;</p>", ("<script", "<b>"), ("&amp;lt;script", "&lt;b&gt;", "100%")),
    ("<p>keep-me</p><p>H<sub>2</sub>O <sup>①</sup>「引」——……</p>", (), ("H<sub>2</sub>O", "<sup>①</sup>", "「引」——……")),
]  # fmt: skip
