import pytest

from articles.text.filenames import LONGEST, safe


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("报名表.pdf", "报名表.pdf"),
        ("a/b\\c:d.docx", "a_b_c_d.docx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("表\u202efdp.exe", "表fdp.exe"),
        ("一\r\nSet-Cookie: x.pdf", "一Set-Cookie_ x.pdf"),
        ('"quoted".pdf', "_quoted_.pdf"),
        (".htaccess", "htaccess"),
        ("…  两  格 .pdf", "… 两 格.pdf"),
        ("", "document"),
        (".pdf", "pdf"),
        ("\u200b.pdf", "pdf"),
    ],
)
def test_name_keeps_its_script_and_nothing_that_leads_elsewhere(name, found):
    assert safe(name) == found
    assert safe(found) == found


def test_long_name_keeps_its_ending():
    assert safe("长" * 300 + ".xlsx") == "长" * (LONGEST - 4) + ".xlsx"
