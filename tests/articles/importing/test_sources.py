from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from articles.importing.records import Found
from articles.importing.sources import open_source
from articles.text.encoding import UnreadablePage
from tests.articles.importing.test_sites import VSB
from tests.articles.importing.word import document, paragraph


@pytest.fixture
def saved(tmp_path):
    """Save a site as a program does that names its folders by hosts."""
    root = tmp_path / "saved"
    page = root / "news.example.edu/info/1001/12.htm"
    page.parent.mkdir(parents=True)
    page.write_text(VSB)
    (root / "news.example.edu/index.htm").write_text("<a href='info'>一</a>" * 9)
    picture = root / "news.example.edu/__local/A/1.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    (root / "news.example.edu/system/_content").mkdir(parents=True)
    named = root / "news.example.edu/system/_content/download.jsp?owner=12&wbfileid=9"
    named.write_bytes(b"%PDF-")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link.htm").symlink_to(tmp_path / "secret.txt")
    return root


def test_a_saved_site_gives_its_pages_with_their_addresses_and_files(saved):
    source = open_source(saved)

    read = {item.label: item.read() for item in source.items}
    article = read["news.example.edu/info/1001/12.htm"]
    assert article is not None
    assert article.address == "http://news.example.edu/info/1001/12.htm"
    assert [label for label, found in read.items() if found is None] == [
        "news.example.edu/index.htm",
        "news.example.edu/system/_content/download.jsp?owner=12&wbfileid=9",
    ]
    beside = "news.example.edu/info/1001/12.htm"
    assert [
        source.files.content(source.files.find(address, beside))
        for address in (
            "/__local/A/1.jpg",
            "../../__local/A/1.jpg?e=.jpg",
            "http://news.example.edu/__local/A/1.jpg",
            article.attachments[0].address,
        )
    ] == [b"picture", b"picture", b"picture", b"%PDF-"]


@pytest.mark.parametrize(
    "address",
    [
        "../../../../secret.txt",
        "../../../secret.txt",
        "/../secret.txt",
        "file:///etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1/a.png",
        "http://[::1]/a.png",
        "http://[broken/a.png",
        "\\\\host\\a.png",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.txt",
    ],
)
def test_nothing_outside_the_tree_is_found(saved, address):
    assert open_source(saved).files.find(address, "news.example.edu/info/1001/12.htm") is None


def test_a_link_out_of_the_folder_is_no_page(saved):
    assert "link.htm" not in [item.label for item in open_source(saved).items]


def pack(path, *entries):
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def test_an_archive_is_read_like_a_folder(tmp_path):
    path = pack(
        tmp_path / "a.zip",
        ("info/12.htm", VSB),
        ("__local/A/1.jpg", b"picture"),
        ("../climbs.htm", VSB),
        ("/absolute.htm", VSB),
    )

    source = open_source(path, site="https://old.example/")

    assert [item.label for item in source.items] == ["info/12.htm"]
    article = source.items[0].read()
    assert article is not None
    assert article.address == "https://old.example/info/12.htm"
    found = source.files.find("/__local/A/1.jpg", "info/12.htm")
    assert found == Found("__local/A/1.jpg", 7)
    assert source.files.content(found) == b"picture"
    assert source.files.find("../../climbs.htm", "info/12.htm") is None


def test_a_bomb_is_no_archive(tmp_path):
    path = pack(tmp_path / "a.zip", ("a.htm", b"<p>" * 30_000_000))

    with pytest.raises(UnreadablePage, match="far more than its size says"):
        open_source(path)


def test_documents_of_a_folder_are_read_with_their_headings(tmp_path):
    folder = tmp_path / "图书馆"
    folder.mkdir()
    (folder / "稿件一.docx").write_bytes(
        document(paragraph("夜间开放", "1") + paragraph("正文。"))
    )
    (folder / "稿件二.docx").write_bytes(document(paragraph("没有标题的正文。")))
    (folder / "坏.docx").write_bytes(b"no document")

    items = {item.label: item for item in open_source(tmp_path).items}

    titles = {
        label: (article.title, article.source)
        for label, item in items.items()
        if "坏" not in label and (article := item.read())
    }
    assert titles == {
        "图书馆/稿件一.docx": ("夜间开放", "图书馆"),
        "图书馆/稿件二.docx": ("稿件二", "图书馆"),
    }
    with pytest.raises(UnreadablePage, match="not a Word document"):
        items["图书馆/坏.docx"].read()


def test_a_document_alone_is_one_place(tmp_path):
    path = tmp_path / "稿件.docx"
    path.write_bytes(document(paragraph("夜间开放", "1") + paragraph("正文。")))
    (tmp_path / "另一篇.docx").write_bytes(document(paragraph("不在其中。")))

    [item] = open_source(path).items

    article = item.read()
    assert article is not None
    assert (item.label, article.title, article.body) == ("稿件.docx", "夜间开放", "<p>正文。</p>")


def test_a_page_alone_has_the_files_beside_it_on_a_server_only(tmp_path):
    page = tmp_path / "12.htm"
    page.write_text(VSB, encoding="utf-8")
    (tmp_path / "1.jpg").write_bytes(b"picture")

    here = open_source(page, site="https://old.example")
    uploaded = open_source(page, site="https://old.example", name="文章.html")

    assert [item.label for item in (*here.items, *uploaded.items)] == ["12.htm", "文章.html"]
    assert here.items[0].read().title == uploaded.items[0].read().title
    assert here.files.find("1.jpg", "12.htm") == Found("1.jpg", 7)
    assert uploaded.files.find("1.jpg", "文章.html") is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a.txt", "“a.txt” is not taken."), ("a.zip", "This archive is damaged.")],
)
def test_what_is_no_source_is_refused(tmp_path, name, reason):
    path = tmp_path / name
    path.write_text("x")

    with pytest.raises(UnreadablePage, match=reason):
        open_source(path)
