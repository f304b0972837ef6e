from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from articles.pictures import intake
from articles.pictures.metadata import MAX_XMP, decode
from tests.articles.pictures.notes import (
    UTF_8,
    in_languages,
    in_order,
    iptc,
    jpeg,
    packet,
    segment,
    xmp,
)

CAPTION, BYLINE, COPYRIGHT, DAY, HOUR = (2, 120), (2, 80), (2, 116), (2, 55), (2, 60)
XP_TITLE, XP_AUTHOR = 0x9C9B, 0x9C9D


def notes(data: bytes) -> dict[str, tuple[str, str]]:
    return {field: tuple(note) for field, note in intake.take_in(data).notes.items()}


def exif(**texts: object) -> Image.Exif:
    made = Image.Exif()
    for name, text in texts.items():
        made[Base[name]] = text
    return made


def test_photo_without_notes_has_none():
    assert notes(jpeg()) == {}


def test_xmp_is_read_in_chinese_first():
    data = jpeg(
        xmp(
            in_languages("dc:description", x_default="Reading room", zh_CN="夜间的阅览室")
            + in_order("dc:creator", "林晓", "周宁")
            + in_languages("dc:rights", x_default="© 校新闻中心")
        )
    )

    assert notes(data) == {
        "caption": ("夜间的阅览室", "XMP"),
        "photographer_name": ("林晓、周宁", "XMP"),
        "rights": ("© 校新闻中心", "XMP"),
        "taken_at": ("2026-10-08T07:30:15+08:00", "XMP"),
    }


@pytest.mark.parametrize("format_", ["PNG", "WEBP", "AVIF"])
def test_xmp_is_read_in_other_formats(format_):
    out, text = BytesIO(), packet(in_languages("dc:description", x_default="阅览室"))
    options = {"xmp": text}
    if format_ == "PNG":
        from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

        options = {"pnginfo": PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", text.decode())
    Image.new("RGB", (60, 40)).save(out, format_, **options)

    assert notes(out.getvalue())["caption"] == ("阅览室", "XMP")


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", UTF_8), ("utf-8", b""), ("gb18030", b"")]
)
def test_iptc_is_read_in_the_encoding_that_it_has(encoding, declared):
    records = {
        CAPTION: "书记与“𠮷”字",
        BYLINE: "林晓",
        COPYRIGHT: "校新闻中心",
        DAY: "20261008",
        HOUR: "073015+0800",
    }

    assert notes(jpeg(iptc(records, encoding, declared))) == {
        "caption": ("书记与“𠮷”字", "IPTC"),
        "photographer_name": ("林晓", "IPTC"),
        "rights": ("校新闻中心", "IPTC"),
        "taken_at": ("2026-10-08T07:30:15+08:00", "IPTC"),
    }


def test_exif_is_read_in_the_encoding_that_it_has():
    made = exif(
        ImageDescription="阅览室".encode("gb18030"),
        Artist="林晓".encode(),
        Copyright=b"Lin\0Press",
    )
    made.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:10:08 07:30:15"

    assert notes(jpeg(exif=made)) == {
        "caption": ("阅览室", "EXIF"),
        "photographer_name": ("林晓", "EXIF"),
        "rights": ("Lin Press", "EXIF"),
        "taken_at": ("2026-10-08T07:30:15", "EXIF"),
    }


def test_time_zone_of_the_camera_is_kept():
    made = Image.Exif()
    made.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:10:08 07:30:15"
    made.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "+02:00"

    assert notes(jpeg(exif=made)) == {"taken_at": ("2026-10-08T07:30:15+02:00", "EXIF")}


@pytest.mark.parametrize(
    "moment", ["9999:12:31 23:59:59", "0001:01:01 00:00:00", "1899:12:31 23:59:59"]
)
def test_moment_that_no_camera_saw_is_left_out(moment):
    made = exif(ImageDescription="Field")
    made.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = moment
    made.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "+00:00"

    assert notes(jpeg(exif=made)) == {"caption": ("Field", "EXIF")}


def test_what_windows_writes_is_read():
    made = exif(ImageDescription=b"???", Artist=b"??")
    made[XP_TITLE] = "夜间的阅览室\0".encode("utf-16-le")
    made[XP_AUTHOR] = "林晓;周宁\0".encode("utf-16-le")

    assert notes(jpeg(exif=made)) == {
        "caption": ("夜间的阅览室", "EXIF"),
        "photographer_name": ("林晓、周宁", "EXIF"),
    }


@pytest.mark.parametrize(
    "comment", [b"UNICODE\0" + "操场".encode("utf-16-le"), b"ASCII\0\0\0" + "操场".encode()]
)
def test_comment_of_the_user_is_read_last(comment):
    made = Image.Exif()
    made.get_ifd(IFD.Exif)[Base.UserComment] = comment
    alone = notes(jpeg(exif=made))
    made[Base.ImageDescription] = "Sports ground"

    assert alone == {"caption": ("操场", "EXIF")}
    assert notes(jpeg(exif=made)) == {"caption": ("Sports ground", "EXIF")}


def test_each_field_comes_from_the_best_notes_that_have_it():
    made = exif(ImageDescription="from EXIF", Artist="EXIF", Copyright="EXIF")
    made.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:01:01 00:00:00"
    desk = xmp(in_languages("dc:description", x_default="from XMP"))

    data = jpeg(desk, iptc({CAPTION: "from IPTC", BYLINE: "IPTC"}), exif=made)

    assert notes(data) == {
        "caption": ("from XMP", "XMP"),
        "photographer_name": ("IPTC", "IPTC"),
        "rights": ("EXIF", "EXIF"),
        "taken_at": ("2026-01-01T00:00:00", "EXIF"),
    }


@pytest.mark.parametrize("text", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "  ", "Untitled"])
def test_what_cameras_write_is_no_caption(text):
    assert notes(jpeg(exif=exif(ImageDescription=text))) == {}


def test_texts_are_one_line_without_what_hides_and_as_long_as_the_field():
    hidden, long = "图\r\n书\u202e馆\u200b\x07", "长" * 400

    assert notes(jpeg(iptc({CAPTION: hidden, BYLINE: long}))) == {
        "caption": ("图 书馆", "IPTC"),
        "photographer_name": ("长" * 99 + "…", "IPTC"),
    }


def test_xml_fetches_and_expands_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("绝密", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    inside = in_languages("dc:description", x_default="ENTITY")
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'

    for prolog, entity in ((outside, "&e;"), (f"<!DOCTYPE x [{laughs}]>", "&l9;")):
        data = jpeg(xmp(inside.replace("ENTITY", entity), prolog), iptc({BYLINE: "林晓"}))
        assert notes(data) == {"photographer_name": ("林晓", "IPTC")}


@pytest.mark.parametrize(
    "broken",
    [
        xmp("<dc:description>"),
        xmp("<dc:x>" * 3000 + "</dc:x>" * 3000),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0\xff\xfe\0"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02"),
        segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0\xf0\xff\xff\xff\x08\0\0\0"),
        segment(0xE1, b"Exif\0\0" + b"\xff" * 40),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about what is broken
def test_broken_notes_cost_neither_the_picture_nor_other_notes(broken):
    taken = intake.take_in(jpeg(broken, iptc({BYLINE: "林晓"})))

    assert (taken.width, taken.height) == (60, 40)
    assert taken.notes.get("photographer_name", ("林晓", "IPTC")) == ("林晓", "IPTC")
    assert set(taken.notes) <= {"photographer_name"}


def test_notes_that_are_too_large_are_not_read():
    out = BytesIO()
    text = packet(in_languages("dc:description", x_default="x" * MAX_XMP))
    Image.new("RGB", (60, 40)).save(out, "WEBP", xmp=text)

    assert notes(out.getvalue()) == {}


@pytest.mark.parametrize(
    "text", ["José Muñoz", "Müller", "Ærø", "林晓", "Zoë 林"], ids=lambda text: text
)
def test_decode_guesses_the_encoding(text):
    encoding = "cp1252" if text.isascii() or max(text) < "\u0100" else "gb18030"
    if text == "Zoë 林":
        encoding = "utf-8"

    assert decode(text.encode(encoding)) == text
