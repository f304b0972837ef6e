"""Writes notes into photos as cameras, photo programs and picture desks do."""

from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image

UTF_8 = b"\x1b%G"


def jpeg(*segments: bytes, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", **options)
    made = out.getvalue()
    return made[:2] + b"".join(segments) + made[2:]


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


def iptc(
    records: dict[tuple[int, int], str], encoding: str = "utf-8", declared: bytes = b""
) -> bytes:
    """Give the segment with texts by record and number, in some encoding."""
    texts = {key: text.encode(encoding) for key, text in records.items()}
    if declared:
        texts = {(1, 90): declared, **texts}
    block = b"".join(
        b"\x1c" + bytes(key) + len(text).to_bytes(2) + text for key, text in texts.items()
    )
    resource = b"8BIM\x04\x04\0\0" + len(block).to_bytes(4) + block + b"\0" * (len(block) % 2)
    return segment(0xED, b"Photoshop 3.0\0" + resource)


def xmp(inside: str, prolog: str = "") -> bytes:
    """Give the segment with some properties, written as XML."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(inside, prolog))


def packet(inside: str, prolog: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' + prolog +
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'photoshop:DateCreated="2026-10-08T07:30:15+08:00">'
        f"{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
        f'{" " * 200}<?xpacket end="w"?>'
    ).encode()  # fmt: skip


def in_languages(name: str, **texts: str) -> str:
    rows = "".join(
        f'<rdf:li xml:lang="{language.replace("_", "-")}">{escape(text)}</rdf:li>'
        for language, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{rows}</rdf:Alt></{name}>"


def in_order(name: str, *texts: str) -> str:
    rows = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:Seq>{rows}</rdf:Seq></{name}>"
