"""The photos of the sample newsroom, painted when they are needed.

Each scene is a function that paints on a `Canvas`; the seed moves people, leaves and lights.
"""

from math import cos, pi, sin

from articles.sample.canvas import HEIGHT, WIDTH, Canvas, mix, rgb

DARK_COATS = ("2b3242", "3c3f4d", "4b3a42", "26343a", "5a4a3c")
COATS = ("b4483c", "2f5d7c", "d9a441", "56734f", "7b5a86", "e6dfd0", "35404f")
SHIRTS = ("e9e4d8", "a9bfd0", "c98d6b", "7f98a8", "d8c7a3")


def draw(scene: str, seed: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """Paint a scene and give it as a JPEG. The same seed paints the same picture, but its grain.

    The names of the scenes are the keys of `SCENES`.
    """
    canvas = Canvas(seed)
    SCENES[scene](canvas)
    return canvas.finished(size)


def ginkgo(c: Canvas) -> None:
    c.wash("9db8c9", "dfe3d6", "f6e6bd", "f2d58c", bottom=620)
    c.wash("c9a24a", "d8ac3f", "b98a2e", top=600)
    c.glow(820, 470, 520, "fff6d8", 0.9)
    for n in range(7, 1, -1):
        for side in (-1, 1):
            x = 800 + side * (60 + 900 / n)
            c.tree(x, 590 + 420 / n, 130 + 1500 / n, ("b07f1d", "d9a425", "f0c63f", "ffe07a"))
        if n == 4:
            c.defocus(7)
    c.pen.polygon(
        [(770, 600), (830, 600), (1330, HEIGHT), (270, HEIGHT)], fill=(196, 178, 140, 190)
    )
    c.scatter(520, (640, HEIGHT), (2, 8), ("f4cf4c", "e2b02e", "ffe690", "b98a2e"))
    for x, foot, high, coat in (
        (700, 760, 170, "8a3b33"),
        (770, 765, 180, "34475c"),
        (905, 690, 110, "d8cbb0"),
    ):
        c.person(x + c.random.uniform(-40, 40), foot, high, coat, stride=0.35)
    c.beam(1250, -40, 900, 330, "fff3c4", 9)
    c.scatter(60, (60, 640), (3, 9), ("ffd84d", "f0b72c"))


def library(c: Canvas) -> None:
    c.wash("0b1226", "172646", "33426b", "6c5a72", bottom=760)
    c.scatter(90, (0, 330), (0.7, 1.9), ("ffffff", "cdd8ff"))
    c.house((90, 380, 420, 760), "1a2138", (7, 8), ("ffd27a", "24304a"), 0.35)
    c.house((1240, 420, 1560, 760), "1a2138", (7, 7), ("ffd27a", "24304a"), 0.3)
    c.defocus(6)
    c.glow(800, 560, 760, "ffb45a", 0.45)
    c.pen.polygon([(330, 330), (800, 230), (1270, 330)], fill=(38, 40, 60))
    c.pen.rectangle((350, 330, 1250, 360), fill=(58, 54, 70))
    c.house(
        (370, 360, 1230, 770), "473f49", (14, 4), ("ffdf98", "ffcf78", "ffedc0", "f2b65c"), 0.93
    )
    for n in range(9):
        x = 390 + n * 103
        c.pen.rectangle((x - 9, 356, x + 9, 772), fill=(88, 76, 76))
    c.pen.rectangle((690, 590, 910, 772), fill=(255, 232, 176))
    c.pen.rectangle((795, 590, 805, 772), fill=(120, 90, 60))
    c.mirror(772, 0.55, "0d1322")
    c.pen.polygon(
        [(650, 772), (950, 772), (1180, HEIGHT), (420, HEIGHT)], fill=(255, 210, 140, 38)
    )
    for x, foot, high in ((560, 860, 150), (640, 850, 145), (1010, 905, 190), (840, 800, 105)):
        c.person(
            x + c.random.uniform(-50, 50), foot, high, c.random.choice(DARK_COATS), stride=0.3
        )
    c.lens(7, (640, 1000), ("ffcf8a", "ff9d5c"))


def lab(c: Canvas) -> None:
    c.wash("2b4257", "4d6b80", "7e98a2", bottom=700)
    for n in range(5):
        c.pen.rectangle((60 + n * 330, 90, 330 + n * 330, 400), fill=(222, 234, 236, 235))
        c.pen.rectangle((190 + n * 330, 90, 198 + n * 330, 400), fill=(90, 112, 124))
        c.tree(120 + n * 330, 420, 240, ("7f9a7c", "9db592", "bccaa6"))
    c.pen.rectangle((0, 430, WIDTH, 452), fill=(58, 76, 90))
    for _ in range(16):
        x = c.random.uniform(0, WIDTH)
        c.pen.rectangle(
            (x, 470, x + 60, 600),
            fill=rgb(c.random.choice(("54707f", "6d5a4c", "8b9aa0", "3e5565"))),
        )
    c.defocus(16)
    c.pen.polygon([(0, 780), (WIDTH, 720), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(196, 203, 200))
    c.pen.polygon([(0, 780), (WIDTH, 720), (WIDTH, 744), (0, 806)], fill=(236, 240, 236))
    for x, coat in ((330, "e8ecec"), (1270, "dfe6e8"), (1060, "eef0ee")):
        c.person(x, 1010, 640 + c.random.uniform(-30, 30), coat)
    c.pen.polygon([(0, 830), (WIDTH, 770), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(178, 188, 188))
    # The instrument: a bench frame, a sensor head on a column, a screen with a curve.
    c.pen.rounded_rectangle((560, 790, 1010, 900), 14, fill=(46, 56, 68))
    c.pen.rectangle((600, 420, 632, 800), fill=(92, 104, 116))
    c.pen.rectangle((640, 420, 648, 800), fill=(190, 200, 206))
    c.pen.rounded_rectangle((560, 440, 760, 540), 16, fill=(214, 160, 70))
    c.pen.ellipse((640, 470, 690, 520), fill=(40, 46, 56))
    c.pen.polygon([(640, 540), (690, 540), (674, 640), (656, 640)], fill=(60, 70, 82))
    c.glow(665, 690, 120, "7df0e0", 0.8)
    c.pen.rounded_rectangle((780, 560, 1010, 740), 10, fill=(28, 36, 46))
    c.pen.rectangle((794, 574, 996, 726), fill=(14, 44, 54))
    curve = [
        (796 + n * 4, 650 - 46 * sin(n / 5 + c.random.random()) * cos(n / 17)) for n in range(50)
    ]
    c.pen.line(curve, (126, 240, 214), 4)
    for n in range(9):
        x, y = 90 + n * 52, 905 + 14 * (n % 2)
        tint = rgb(c.random.choice(("5fa8a0", "d08a4e", "7b6fa8", "c9cf6a")))
        c.pen.rounded_rectangle((x, y - 95, x + 32, y), 14, fill=(225, 238, 238, 120))
        c.pen.rounded_rectangle((x, y - 50, x + 32, y), 14, fill=(*tint, 200))
    c.glow(1180, 120, 500, "fff4d8", 0.25)


def lecture(c: Canvas) -> None:
    c.wash("3a2f35", "6a4f45", "8d6a52", bottom=620)
    for n in range(17):
        c.pen.rectangle((n * 100, 0, n * 100 + 46, 560), fill=(112, 82, 60, 110))
    c.pen.rectangle((430, 110, 1170, 480), fill=(240, 236, 224))
    c.pen.rectangle(
        (430, 110, 1170, 170), fill=rgb(c.random.choice(("2f5d7c", "8a3b33", "3f6650")))
    )
    for n, length in enumerate((420, 560, 500, 300)):
        c.pen.rectangle((490, 222 + n * 56, 490 + length, 240 + n * 56), fill=(120, 126, 132, 150))
    c.glow(800, 300, 620, "fff0cf", 0.35)
    c.pen.rectangle((0, 560, WIDTH, 640), fill=(74, 52, 44))
    c.defocus(5)
    c.pen.rectangle((1180, 450, 1300, 590), fill=(92, 60, 44))
    c.person(1210, 590, 260, "2c3544")
    for row in range(6):
        size = 22 + row * 13
        c.pen.rectangle(
            (0, 622 + row * 66 + size, WIDTH, 640 + row * 66 + size), fill=(48, 34, 32, 200)
        )
        c.crowd(632 + row * 66, size, size * 3.1, (*COATS, *DARK_COATS))
    for x in (200, 800, 1400):
        c.glow(x, 30, 170, "fff1cc", 0.9)
    c.haze("1c1418", 700, HEIGHT, 0.35)


def track(c: Canvas) -> None:
    c.wash("4a5f86", "8f8fae", "e3a98e", "f6c996", bottom=560)
    c.glow(1050, 520, 560, "fff0c0", 0.85)
    for n in range(30):
        x = n * 58 + c.random.uniform(-16, 16)
        c.tree(x, 566, 90 + c.random.uniform(0, 60), ("2e3f3c", "3d5148", "556552"))
    c.pen.polygon([(0, 430), (420, 490), (420, 560), (0, 560)], fill=(60, 66, 88))
    c.pen.polygon([(0, 380), (460, 460), (460, 476), (0, 404)], fill=(34, 40, 56))
    c.defocus(5)
    c.mirror(560, 0.62, "8e4038")
    for n in range(9):
        far, near = 640 + n * 34, -900 + n * 470
        c.pen.line([(far, 562), (near, HEIGHT + 20)], (246, 226, 206, 190), 2 + n // 4)
    for _ in range(26):
        x, y = c.random.uniform(0, WIDTH), c.random.uniform(640, HEIGHT)
        w = c.random.uniform(40, 190)
        c.pen.ellipse((x - w, y - w * 0.07, x + w, y + w * 0.07), fill=(255, 220, 184, 34))
    for x, foot, high, coat in (
        (520, 770, 270, "d3553f"),
        (900, 700, 180, "2f5d7c"),
        (1120, 650, 110, "e8e0cf"),
    ):
        at = x + c.random.uniform(-60, 60)
        c.person(at, foot, high, coat, stride=1.0)
        c.pen.ellipse(
            (at - high * 0.16, foot + 4, at + high * 0.16, foot + high * 0.7),
            fill=(40, 20, 30, 46),
        )
    for _ in range(36):
        x = c.random.uniform(0, WIDTH)
        y = c.random.uniform(0, 900)
        c.pen.line([(x, y), (x - 3, y + 22)], (255, 255, 255, 30), 1)


def stage(c: Canvas) -> None:
    c.wash("160d18", "33141f", "5a1c22", "2a1214")
    for n in range(24):
        x = n * 70.0
        c.pen.rectangle((x, 0, x + 34, 640), fill=(120, 26, 34, 60))
    c.defocus(10)
    for x, to in ((260, 500), (560, 640), (1040, 960), (1340, 1100)):
        c.beam(x, -20, to, 210, "ffd9a0", 12)
    c.pen.polygon([(120, 700), (1480, 700), (WIDTH, 860), (0, 860)], fill=(150, 96, 58))
    c.pen.polygon([(120, 700), (1480, 700), (1500, 716), (100, 716)], fill=(206, 146, 92))
    for row in range(3):
        y = 600 + row * 52
        c.pen.rectangle((300 - row * 50, y + 26, 1300 + row * 50, y + 56), fill=(58, 30, 26))
        for n in range(15 + 2 * row):
            x = 330 - row * 45 + n * 66 + c.random.uniform(-5, 5)
            c.person(x, y + 30, 190 + row * 12, ("f1ece2", "1f2230")[(n // 8 + row) % 2])
    c.glow(800, 640, 620, "ffcf8e", 0.30, 0.5)
    c.pen.rectangle((745, 830, 855, 900), fill=(44, 26, 24))
    c.person(800, 845, 250, "14161e")
    c.pen.line([(840, 665), (905, 600)], (240, 232, 214), 4)
    c.haze("0c080c", 800, HEIGHT, 0.9)
    c.crowd(985, 50, 140, ("1c141a", "231820", "171219"))
    c.lens(8, (30, 380), ("ffb86a", "ff7a5c"))


def skyline(c: Canvas) -> None:
    c.wash("3d5a80", "8aa2bd", "f0c8a6", "f7dcb4", bottom=640)
    c.glow(420, 560, 640, "fff1c9", 0.85)
    for depth, (tint, low, high) in enumerate(
        (("b7b3b8", 150, 330), ("8890a3", 120, 300), ("56637c", 70, 240))
    ):
        x = -40.0
        while x < WIDTH:
            wide = c.random.uniform(50, 120)
            top = 640 - c.random.uniform(low, high) * (1.25 if 700 < x < 1200 else 0.8)
            c.house(
                (x, top, x + wide, 650),
                tint,
                (max(3, int(wide / 16)), 11),
                ("f6dca6", tint, tint, "dcd3c4"),
                0.8,
            )
            if c.random.random() < 0.2:
                c.pen.line([(x + wide / 2, top), (x + wide / 2, top - 60)], rgb(tint), 4)
            x += wide + c.random.uniform(0, 26)
        c.haze("f2cfab", 420, 650, 0.5 - depth * 0.14)
    c.mirror(645, 0.72, "4a6076")
    for n in range(70):
        y = 660 + (n / 70) ** 1.6 * 400
        x, w = c.random.uniform(0, WIDTH), c.random.uniform(20, 60 + (y - 640))
        c.pen.line([(x, y), (x + w, y)], (255, 236, 206, 50), 2 + int((y - 640) / 160))
    c.pen.polygon([(930, 850), (1240, 850), (1200, 892), (965, 892)], fill=(38, 46, 60))
    c.pen.rectangle((1000, 800, 1170, 850), fill=(236, 228, 212))
    for n in range(6):
        c.pen.rectangle((1012 + n * 26, 812, 1030 + n * 26, 832), fill=(90, 110, 130))
    c.pen.polygon([(0, 960), (520, 1010), (640, HEIGHT), (0, HEIGHT)], fill=(30, 40, 46))
    c.tree(120, 1010, 520, ("24353a", "2f4644", "40584e"))


def robots(c: Canvas) -> None:
    c.wash("141c2c", "23324c", "2f4666", bottom=560)
    c.crowd(300, 20, 58, ("3b4a66", "4b4258", "304258"))
    c.crowd(370, 24, 66, ("40506e", "5a4658", "2c3c52"))
    c.crowd(450, 28, 76, ("46587a", "54425c", "33475e"))
    c.pen.rectangle((0, 500, WIDTH, 580), fill=(196, 74, 52))
    c.defocus(12)
    for x in (250, 800, 1350):
        c.glow(x, 60, 260, "dff0ff", 0.75)
        c.beam(x, 40, x, 360, "cfe6ff", 7)
    c.wash("4f7f8c", "6aa0a6", "3f6c7a", top=570)
    for n in range(-6, 12):
        c.pen.line(
            [(800 + (n - 3) * 70, 570), (800 + (n - 3) * 330, HEIGHT)], (230, 244, 240, 70), 3
        )
    for y in (610, 670, 760, 890):
        c.pen.line([(0, y), (WIDTH, y)], (230, 244, 240, 70), 3)
    c.pen.polygon([(1050, 760), (1420, 760), (1500, 860), (980, 860)], fill=(224, 178, 80))
    c.pen.polygon([(1050, 760), (1420, 760), (1400, 690), (1080, 690)], fill=(240, 202, 112))
    for x, y, s, tint in (
        (560, 900, 1.0, "e4572e"),
        (1190, 700, 0.55, "2e86ab"),
        (240, 690, 0.5, "f2b134"),
    ):
        at = x + c.random.uniform(-40, 40)
        machine(c, at, y, s, tint)
    for x, coat in ((60, "d8dee6"), (1560, "c24a3c")):
        c.person(x, 1040, 520, coat)
    c.lens(6, (20, 420), ("a8d4ff", "ffffff"))


def machine(c: Canvas, x: float, y: float, s: float, tint: str) -> None:
    """A competition robot: tracks, a body, one arm, one eye."""
    body, dark = rgb(tint), (30, 36, 46)
    c.pen.ellipse((x - 190 * s, y - 12 * s, x + 190 * s, y + 34 * s), fill=(0, 0, 0, 90))
    c.pen.rounded_rectangle((x - 170 * s, y - 70 * s, x + 170 * s, y + 14 * s), 42 * s, fill=dark)
    for n in range(5):
        cx = x + (n - 2) * 68 * s
        c.pen.ellipse((cx - 28 * s, y - 56 * s, cx + 28 * s, y), fill=(92, 102, 114))
        c.pen.ellipse((cx - 10 * s, y - 38 * s, cx + 10 * s, y - 18 * s), fill=dark)
    c.pen.rounded_rectangle((x - 130 * s, y - 190 * s, x + 130 * s, y - 66 * s), 22 * s, fill=body)
    c.pen.rounded_rectangle(
        (x - 130 * s, y - 190 * s, x + 130 * s, y - 160 * s),
        14 * s,
        fill=mix(body, (255, 255, 255), 0.35),
    )
    c.pen.rectangle((x - 20 * s, y - 270 * s, x + 20 * s, y - 186 * s), fill=(120, 130, 142))
    c.pen.rounded_rectangle(
        (x - 76 * s, y - 350 * s, x + 76 * s, y - 256 * s), 24 * s, fill=(226, 230, 232)
    )
    c.pen.ellipse((x - 34 * s, y - 336 * s, x + 34 * s, y - 268 * s), fill=dark)
    c.glow(x, y - 302 * s, 44 * s, "8ff5ff", 1.0)
    joints = [(x + 110 * s, y - 150 * s), (x + 230 * s, y - 270 * s), (x + 330 * s, y - 170 * s)]
    c.pen.line(joints, (168, 178, 188), int(26 * s), "curve")
    for jx, jy in joints:
        c.pen.ellipse((jx - 22 * s, jy - 22 * s, jx + 22 * s, jy + 22 * s), fill=body)
    for side in (-1, 1):
        tip = (joints[2][0] + 26 * s + side * 18 * s, joints[2][1] + 62 * s)
        c.pen.line([joints[2], (tip[0] + side * 12 * s, tip[1] - 30 * s), tip], dark, int(12 * s))


def gate(c: Canvas) -> None:
    c.wash("6fa3cf", "a9cbe2", "e6eee6", bottom=700)
    for _ in range(7):
        x, y = c.random.uniform(0, WIDTH), c.random.uniform(40, 300)
        c.glow(x, y, c.random.uniform(120, 280), "ffffff", 0.7, 0.3)
    c.house((560, 330, 1040, 690), "b9a58e", (12, 6), ("7f97a8", "93a9b6"))
    c.pen.polygon([(540, 330), (800, 220), (1060, 330)], fill=(148, 112, 92))
    for n in range(9):
        c.tree(n * 190 + c.random.uniform(-30, 30), 710, 200, ("58754e", "77915c", "a3b56f"))
    c.defocus(6)
    c.wash("cfc5b2", "b7ad9b", "9c9486", top=700)
    c.pen.polygon([(640, 700), (960, 700), (1480, HEIGHT), (120, HEIGHT)], fill=(222, 214, 198))
    for left, right in ((210, 330), (1270, 1390), (520, 590), (1010, 1080)):
        c.pen.rectangle((left, 300, right, 850), fill=(206, 186, 158))
        c.pen.rectangle((right - 26, 300, right, 850), fill=(160, 140, 116))
        c.pen.rectangle((left - 14, 282, right + 14, 306), fill=(138, 92, 74))
    c.pen.rectangle((180, 230, 1420, 300), fill=(150, 84, 66))
    c.pen.polygon([(140, 232), (1460, 232), (1400, 188), (200, 188)], fill=(96, 62, 56))
    c.pen.rectangle((600, 244, 1000, 288), fill=(236, 214, 160))
    for n in range(4):
        x = 650 + n * 86
        c.pen.rectangle((x, 252, x + 44, 280), fill=(120, 60, 46))
    for n, x in enumerate((90, 420, 1160, 1500)):
        c.pen.line([(x, 900), (x, 330)], (120, 120, 124), 6)
        tint = rgb(("c0392b", "e0b23c", "2f6d8c", "c0392b")[n])
        wave = [(x + 4 + t * 12, 340 + 10 * sin(t / 2 + n)) for t in range(13)]
        c.pen.polygon([*wave, *((px, py + 90) for px, py in reversed(wave))], fill=tint)
    people(c, 14, (760, 1010))


def people(c: Canvas, count: int, band: tuple[int, int]) -> None:
    """Passers-by on open ground, the nearer the taller."""
    for foot in sorted(c.random.uniform(*band) for _ in range(count)):
        nearness = (foot - band[0]) / (band[1] - band[0])
        x = c.random.uniform(120, WIDTH - 120)
        c.person(
            x,
            foot,
            110 + 190 * nearness,
            c.random.choice(COATS),
            stride=c.random.choice((-0.4, 0.4, 0)),
        )


def snow(c: Canvas) -> None:
    c.wash("8fa3b8", "b9c5d0", "dfe4e6", bottom=640)
    c.house((380, 300, 1220, 640), "8a6f66", (18, 5), ("5d6b7c", "f4cf8c", "6b7888"))
    c.pen.polygon([(340, 306), (800, 170), (1260, 306)], fill=(236, 240, 244))
    c.pen.rectangle((700, 420, 900, 640), fill=(110, 86, 80))
    for x in (720, 780, 840, 880):
        c.pen.rectangle((x - 8, 420, x + 8, 640), fill=(222, 222, 222))
    c.defocus(5)
    c.haze("e4e9ee", 380, 660, 0.55)
    c.wash("e9eef2", "f6f8fa", "d3dce6", top=640)
    c.glow(1200, 760, 560, "ffe9cc", 0.45, 0.4)
    for x, foot, high in ((150, 800, 520), (1460, 830, 600), (330, 720, 330), (1250, 720, 320)):
        pine(c, x, foot, high)
    for n in range(22):
        y = 690 + n * 17
        x = 800 + 90 * sin(n / 4) + (8 + n * 0.7) * (-1) ** n
        c.pen.ellipse(
            (x - 4 - n * 0.5, y - 2 - n * 0.2, x + 4 + n * 0.5, y + 3 + n * 0.3),
            fill=(150, 168, 190, 190),
        )
    c.person(836, 700, 120, "a43b36", stride=0.3)
    c.pen.polygon([(836 - 60, 590), (836, 556), (836 + 60, 590)], fill=(46, 60, 84))
    c.scatter(420, (0, HEIGHT), (1.2, 5), ("ffffff",))


def pine(c: Canvas, x: float, foot: float, high: float) -> None:
    """A pine under snow."""
    c.pen.rectangle(
        (x - high * 0.025, foot - high * 0.2, x + high * 0.025, foot), fill=(58, 44, 40)
    )
    for n in range(6):
        y = foot - high * (0.14 + 0.14 * n)
        half = high * (0.30 - 0.045 * n)
        c.pen.polygon([(x - half, y), (x + half, y), (x, y - high * 0.26)], fill=(48, 74, 72))
        drift = [
            (x - half * 0.8, y - high * 0.05),
            (x + half * 0.35, y - high * 0.10),
            (x, y - high * 0.26),
        ]
        c.pen.polygon(drift, fill=(240, 244, 248, 225))


def field(c: Canvas) -> None:
    c.wash("5f8fb8", "a8c6d6", "f3e3bd", bottom=470)
    c.glow(1180, 420, 520, "fff2c4", 0.8)
    for n, tint in enumerate(("8fa7b4", "76939a", "5f8078")):
        base = 400 + n * 34
        ridge = [
            (x, base - 70 * abs(sin(x / (260 + 60 * n) + n * 2)) - 14 * sin(x / 50))
            for x in range(0, WIDTH + 40, 40)
        ]
        c.pen.polygon([*ridge, (WIDTH, 560), (0, 560)], fill=rgb(tint))
    c.defocus(6)
    c.wash("a8904a", "c9a84f", "8f7a38", top=500)
    for n in range(34):
        far, near = 200 + n * 36, -1400 + n * 130
        c.pen.line([(far, 502), (near, HEIGHT)], (92, 84, 40, 120), 5)
    for n in range(9):
        y = 512 + 8 * n * n
        for _ in range(70):
            x = c.random.uniform(0, WIDTH)
            h = 10 + n * 9
            ear = rgb(c.random.choice(("e0bd5c", "c39a3c", "8c8a3e", "f0d684")))
            lean = c.random.uniform(-0.3, 0.3) * h
            c.pen.line([(x, y + h), (x + lean, y - h)], (*ear, 220), 2 + n // 2)
            c.pen.ellipse(
                (x + lean - 3 - n * 0.6, y - h - 3 - n * 2, x + lean + 3 + n * 0.6, y - h + 4 + n),
                fill=(*ear, 230),
            )
        if n == 4:
            for px, coat in ((420, "d8dee0"), (560, "b4483c"), (1040, "3c5a78")):
                c.person(px + c.random.uniform(-50, 50), 700, 230, coat)
    c.pen.line([(1320, 880), (1320, 520)], (230, 230, 226), 9)
    c.pen.rounded_rectangle((1270, 470, 1370, 540), 8, fill=(236, 236, 230))
    c.pen.polygon([(1216, 600), (1330, 560), (1330, 640), (1216, 680)], fill=(44, 62, 88))


def hospital(c: Canvas) -> None:
    c.wash("cfe0df", "e6efec", "d6e2dc", bottom=720)
    for n in range(4):
        c.pen.rectangle((80 + n * 400, 120, 380 + n * 400, 420), fill=(190, 214, 214))
        c.pen.rectangle((96 + n * 400, 136, 364 + n * 400, 404), fill=(240, 247, 245))
    c.pen.rounded_rectangle((640, 60, 960, 110), 8, fill=(46, 125, 110))
    c.pen.rectangle((785, 68, 815, 102), fill=(255, 255, 255))
    c.pen.rectangle((775, 78, 825, 92), fill=(255, 255, 255))
    for x in (1150, 1260, 1370, 1480):
        c.person(x, 700, 300, c.random.choice(COATS))
    c.defocus(10)
    c.wash("b9cbc6", "9fb6b0", top=720)
    c.pen.polygon([(150, 620), (1000, 620), (1080, 690), (70, 690)], fill=(240, 236, 226))
    for x, coat in ((360, "f4f7f7"), (700, "e4f0f2")):
        c.person(x, 880, 470, coat)
        c.pen.ellipse((x - 34, 408, x + 34, 432), fill=(246, 250, 250))
    c.pen.polygon([(70, 690), (1080, 690), (1040, 960), (120, 960)], fill=(74, 140, 128))
    c.pen.rectangle((70, 672, 1080, 700), fill=(244, 240, 230))
    c.pen.rounded_rectangle((500, 560, 640, 672), 8, fill=(52, 66, 76))
    c.pen.rectangle((560, 660, 580, 680), fill=(52, 66, 76))
    c.pen.ellipse((900, 600, 960, 676), fill=(206, 120, 84))
    for n in range(9):
        tip = (930 + 70 * cos(n * pi / 8), 590 - 84 * sin(n * pi / 8))
        c.pen.line([(930, 612), tip], (70, 128, 84), 12)
    c.person(1240, 1010, 560, c.random.choice(COATS))
    c.person(1400, 1030, 500, c.random.choice(COATS))
    c.glow(400, 60, 520, "ffffff", 0.5)


def meeting(c: Canvas) -> None:
    c.wash("d8cbb6", "c3ae92", "9d8468", bottom=600)
    for n in range(4):
        c.pen.rectangle((90 + n * 380, 70, 400 + n * 380, 420), fill=(214, 226, 232))
        c.house((110 + n * 380, 250, 380 + n * 380, 420), "a9bac6", (8, 5), ("d6e2e8", "8fa3b4"))
        c.pen.rectangle((240 + n * 380, 70, 250 + n * 380, 420), fill=(120, 96, 76))
    c.defocus(12)
    for n in range(6):
        c.person(
            170 + n * 252 + c.random.uniform(-14, 14),
            860,
            430,
            c.random.choice((*DARK_COATS, "7f98a8")),
        )
    c.pen.polygon([(60, 640), (1540, 640), (WIDTH + 80, 900), (-80, 900)], fill=(134, 86, 56))
    c.pen.polygon([(60, 640), (1540, 640), (1550, 660), (50, 660)], fill=(186, 130, 88))
    c.glow(820, 730, 560, "ffe6bd", 0.35, 0.25)
    for n in range(6):
        x = 170 + n * 252
        c.pen.polygon(
            [(x - 62, 690), (x + 20, 690), (x + 26, 722), (x - 74, 722)], fill=(246, 243, 234)
        )
        c.pen.rectangle((x + 52, 676, x + 76, 720), fill=(232, 238, 240, 190))
        c.pen.polygon(
            [(x - 40, 750), (x + 60, 750), (x + 60, 780), (x - 40, 780)], fill=(190, 58, 48)
        )
    for x in (380, 800, 1220):
        for _ in range(26):
            px, py = x + c.random.gauss(0, 40), 668 + c.random.gauss(0, 12)
            c.pen.ellipse(
                (px - 9, py - 9, px + 9, py + 9),
                fill=rgb(c.random.choice(("d66a5a", "f2e6d0", "6f8f5a", "e8b04c"))),
            )
    c.crowd(945, 92, 262, DARK_COATS)


def reading(c: Canvas) -> None:
    c.wash("4a3428", "70503a", "8c684a", bottom=640)
    for n in range(7):
        shelf(c, 20 + n * 230, 60, 210, 470)
    c.defocus(9)
    for n in range(4):
        c.glow(200 + n * 400, 60, 260, "ffe3a8", 0.65)
    for row, (y, size) in enumerate(((600, 34), (730, 52), (900, 78))):
        c.crowd(y - size, size, size * 4.2, SHIRTS if row < 2 else (*SHIRTS, *DARK_COATS))
        c.pen.polygon(
            [(0, y + 6), (WIDTH, y + 6), (WIDTH, y + size * 1.7), (0, y + size * 1.7)],
            fill=(156, 104, 62),
        )
        c.pen.rectangle((0, y + 6, WIDTH, y + 12), fill=(214, 160, 104))
        x = c.random.uniform(0, 140)
        while x < WIDTH:
            lamp(c, x, y + size * 0.7, size)
            c.pen.polygon(
                [
                    (x + size * 1.6, y + size),
                    (x + size * 3, y + size),
                    (x + size * 3.2, y + size * 1.35),
                    (x + size * 1.5, y + size * 1.35),
                ],
                fill=(244, 238, 222),
            )
            x += size * 8
    c.lens(5, (40, 500), ("ffd89a", "ffe9c4"))


def shelf(c: Canvas, left: float, top: float, wide: float, high: float) -> None:
    """A case of books."""
    c.pen.rectangle((left, top, left + wide, top + high), fill=(58, 38, 28))
    for row in range(5):
        y, x = top + (row + 1) * high / 5 - 8, left + 8
        while x < left + wide - 18:
            thick, tall = c.random.uniform(7, 18), high / 5 * c.random.uniform(0.62, 0.86)
            tint = rgb(
                c.random.choice(("8a3b33", "2f5d7c", "c9a24a", "4f6b4a", "d8cbb0", "5a4a6b"))
            )
            c.pen.rectangle((x, y - tall, x + thick, y), fill=tint)
            x += thick + 1


def lamp(c: Canvas, x: float, y: float, size: float) -> None:
    """A green desk lamp and its light."""
    c.glow(x, y, size * 3.4, "ffe7a6", 0.55, 0.45)
    c.pen.line([(x, y), (x, y - size * 1.5)], (190, 150, 80), max(3, int(size / 9)))
    c.pen.pieslice(
        (x - size * 0.8, y - size * 2, x + size * 0.8, y - size * 0.9),
        180,
        360,
        fill=(46, 110, 84),
    )
    c.pen.ellipse(
        (x - size * 0.7, y - size * 1.5, x + size * 0.7, y - size * 1.38), fill=(255, 240, 190)
    )


def greenhouse(c: Canvas) -> None:
    c.wash("cfe3e6", "e6f1e6", "d5e6c4", bottom=560)
    c.glow(800, 260, 700, "ffffff", 0.8)
    for n in range(11):
        x = n * 160.0
        c.pen.line([(x, 560), (x, 330), (800 + (x - 800) * 0.35, 90)], (150, 172, 170), 7)
    for n in range(5):
        y = 330.0 - n * 52
        c.pen.line([(0, y), (WIDTH, y)], (150, 172, 170), 4)
    c.defocus(8)
    c.wash("8aa07c", "a5a58a", "75745e", top=540)
    for n in range(8, 0, -1):
        for side in (-1, 1):
            near = 1 / n
            x0, x1 = 800 + side * (60 + 130 * near * 2), 800 + side * (260 + 1700 * near)
            y = 560 + 470 * near
            c.pen.polygon(
                [(x0, y), (x1, y), (x1, y + 60 * near * 2), (x0, y + 60 * near * 2)],
                fill=(92, 74, 58),
            )
            for _ in range(60):
                x = c.random.uniform(min(x0, x1), max(x0, x1))
                h = (40 + 190 * near) * c.random.uniform(0.6, 1.1)
                leaf = rgb(c.random.choice(("3f7a44", "5c9a4e", "84b85c", "2f6040")))
                bend = c.random.uniform(-0.5, 0.5) * h
                c.pen.line(
                    [(x, y), (x + bend * 0.3, y - h * 0.6), (x + bend, y - h)],
                    leaf,
                    max(3, int(16 * near)),
                    "curve",
                )
        if n == 3:
            c.person(800 + c.random.uniform(-60, 60), 800, 330, "eef2f0")
    c.lens(10, (40, 500), ("ffffff", "e4f4c8"))


def exhibition(c: Canvas) -> None:
    c.wash("4a4550", "5d5660", "3a3540", bottom=720)
    for n in range(5):
        x = 60 + n * 310
        c.glow(x + 120, 330, 260, "ffe9c4", 0.55)
        tint = c.random.choice(("d8c39a", "a9b7a4", "c79a7a", "b9c4cf"))
        c.pen.rectangle((x, 200, x + 240, 200 + 250), fill=(40, 32, 30))
        c.pen.rectangle((x + 14, 214, x + 226, 436), fill=rgb(tint))
        for k in range(5):
            c.pen.line(
                [(x + 34, 250 + k * 34), (x + 130 + c.random.uniform(0, 70), 250 + k * 34)],
                (60, 50, 46, 170),
                6,
            )
    for n in range(5):
        c.glow(180 + n * 310, 40, 70, "fff4d6", 1)
        c.beam(180 + n * 310, 40, 180 + n * 310, 130, "ffeec8", 5)
    c.wash("6a5648", "53443a", "3a302a", top=720)
    c.defocus(3)
    for x in (260, 900):
        c.pen.polygon(
            [(x, 700), (x + 420, 700), (x + 450, 740), (x - 30, 740)], fill=(214, 228, 232, 150)
        )
        c.pen.rectangle((x - 30, 740, x + 450, 940), fill=(70, 54, 48))
        c.pen.polygon(
            [(x + 90, 712), (x + 200, 712), (x + 196, 732), (x + 80, 732)], fill=(240, 226, 190)
        )
        c.glow(x + 200, 716, 230, "fff0cc", 0.5, 0.25)
    for x, foot, high in ((560, 960, 500), (690, 970, 520), (1330, 960, 480), (160, 1000, 540)):
        c.person(x + c.random.uniform(-30, 30), foot, high, c.random.choice(COATS))
    c.mirror(985, 0.45, "3a302a")


def canteen(c: Canvas) -> None:
    c.wash("f0dcb8", "e6c79a", "cfa877", bottom=620)
    for n in range(5):
        x = 40.0 + n * 310
        c.pen.rectangle(
            (x, 90, x + 280, 170), fill=rgb(("b4483c", "d9803c", "56734f", "b4483c", "2f5d7c")[n])
        )
        c.pen.rectangle((x, 180, x + 280, 470), fill=(255, 244, 220))
        c.person(x + 90, 500, 260, "f6f6f2")
        c.person(x + 200, 500, 250, "f6f6f2")
        c.glow(x + 140, 220, 150, "ffffff", 0.7)
    c.pen.rectangle((0, 440, WIDTH, 520), fill=(176, 184, 186))
    for n in range(11):
        c.bust(n * 150 + c.random.uniform(0, 60), 470, 34, COATS)
    c.defocus(10)
    c.wash("b98a5e", "a07550", "7d5a3f", top=600)
    for row, (y, size) in enumerate(((610, 34), (740, 54), (930, 84))):
        c.crowd(y - size * 0.7, size, size * 3.4, COATS)
        c.pen.polygon(
            [(0, y + 20), (WIDTH, y + 20), (WIDTH, y + 20 + size), (0, y + 20 + size)],
            fill=(236, 216, 180),
        )
        c.pen.rectangle((0, y + 20 + size, WIDTH, y + 26 + size), fill=(170, 130, 90))
        for n in range(12 - 3 * row):
            x = (n + c.random.uniform(0.2, 0.6)) * size * 4
            c.pen.ellipse(
                (x - size * 0.8, y + 24, x + size * 0.8, y + 24 + size * 0.5), fill=(250, 250, 246)
            )
            c.pen.ellipse(
                (x - size * 0.55, y + 28, x + size * 0.55, y + 20 + size * 0.42),
                fill=rgb(c.random.choice(("c8553d", "7d9a4e", "e6b450", "f2ead6"))),
            )
            c.glow(x, y - size * 0.3, size * 0.9, "ffffff", 0.22)


def night(c: Canvas) -> None:
    c.wash("070c1c", "101c38", "233456", "3e4a68", bottom=820)
    c.glow(1330, 170, 150, "fdf3d0", 0.9)
    c.pen.ellipse((1296, 136, 1364, 204), fill=(255, 247, 220))
    c.scatter(120, (0, 420), (0.6, 1.8), ("ffffff", "c8d4ff"))
    c.house((-40, 520, 300, 830), "0f182c", (7, 6), ("e6b463",), 0.12)
    c.house((1330, 470, 1640, 830), "0f182c", (7, 7), ("e6b463",), 0.15)
    c.defocus(5)
    c.house((360, 250, 1250, 830), "1b2740", (17, 9), ("ffd98c", "fff0c4", "a8e0ff"), 0.10)
    c.pen.rectangle((340, 230, 1270, 256), fill=(42, 54, 80))
    for _ in range(5):
        c.glow(c.random.uniform(420, 1200), c.random.uniform(320, 760), 90, "ffdf9e", 0.5)
    c.pen.rectangle((740, 730, 880, 830), fill=(255, 228, 168))
    c.glow(810, 780, 260, "ffd48a", 0.55)
    c.mirror(830, 0.6, "0a1020")
    for x in (240, 1400):
        c.pen.line([(x, 960), (x, 560)], (26, 32, 46), 10)
        c.glow(x, 560, 200, "ffdca0", 0.8)
        c.glow(x, 950, 230, "ffdca0", 0.35, 0.25)
    c.tree(110, 940, 560, ("0b1424", "101c2e", "18283c"))
    c.person(930 + c.random.uniform(-80, 80), 900, 150, "3c4660", stride=0.4)


def servers(c: Canvas) -> None:
    c.wash("05101c", "0a2236", "0c2c40")
    for n in range(9, 0, -1):
        near = 1 / n
        for side in (-1, 1):
            x0, x1 = 800 + side * (70 + 420 * near), 800 + side * (90 + 980 * near)
            top, bottom = 500 - 560 * near, 540 + 560 * near
            c.pen.polygon(
                [(x0, top + 20), (x1, top - 120 * near), (x1, bottom + 120 * near), (x0, bottom)],
                fill=mix((16, 30, 46), (40, 58, 78), near),
            )
            for k in range(22):
                y = top + (bottom - top) * (k + 0.5) / 22
                for m in range(4):
                    x = x0 + (x1 - x0) * (0.15 + 0.2 * m)
                    if c.random.random() < 0.55:
                        tint = rgb(c.random.choice(("4cf0c0", "4cc8ff", "ffb54c", "4cf0c0")))
                        r = 1.5 + 7 * near
                        c.pen.ellipse((x - r, y - r / 2, x + r, y + r / 2), fill=(*tint, 220))
        if n == 3:
            c.defocus(6)
    c.glow(800, 520, 420, "9fe8ff", 0.75)
    c.pen.polygon(
        [(740, 560), (860, 560), (1240, HEIGHT), (360, HEIGHT)], fill=(120, 200, 230, 46)
    )
    for n in range(7):
        y = 590 + n * n * 10
        c.pen.line(
            [(360 + (HEIGHT - y) * 0.75, y), (1240 - (HEIGHT - y) * 0.75, y)],
            (190, 240, 255, 60),
            3,
        )
    c.person(815, 760, 290, "dfe8ec", stride=0.25)
    c.lens(9, (60, 1000), ("4cf0c0", "4cc8ff", "ffb54c"))


def bridge(c: Canvas) -> None:
    c.wash("8da7b8", "c5d2d2", "efe2c6", bottom=560)
    c.glow(300, 500, 480, "fff4d4", 0.8)
    for n, tint in enumerate(("a3b4b6", "86a09a", "6a8a7c")):
        ridge = [
            (x, 500 - 90 * abs(sin(x / (330 - 40 * n) + n)) + 20 * n)
            for x in range(0, WIDTH + 40, 40)
        ]
        c.pen.polygon([*ridge, (WIDTH, 570), (0, 570)], fill=rgb(tint))
    c.defocus(7)
    c.pen.rectangle((0, 330, WIDTH, 392), fill=(142, 130, 118))
    c.pen.rectangle((0, 322, WIDTH, 336), fill=(196, 186, 170))
    for n in range(40):
        c.pen.rectangle((n * 41, 270, n * 41 + 8, 326), fill=(178, 166, 150))
    c.pen.rectangle((0, 264, WIDTH, 276), fill=(196, 186, 170))
    for n in range(4):
        x = 40.0 + n * 420
        c.pen.polygon(
            [(x - 50, 390), (x + 40, 390), (x + 26, 600), (x - 36, 600)], fill=(128, 116, 106)
        )
    c.mirror(596, 0.7, "5c7a78")
    for n in range(80):
        y = 606 + (n / 80) ** 1.5 * 450
        x, w = c.random.uniform(0, WIDTH), c.random.uniform(30, 200)
        c.pen.line([(x, y), (x + w, y)], (240, 244, 232, 44), 2 + int((y - 600) / 150))
    x = 960 + c.random.uniform(-120, 120)
    c.pen.line([(x, 920), (x, 480)], (222, 224, 222), 16)
    for n in range(10):
        c.pen.rectangle(
            (x - 26, 600 + n * 30, x + 26, 612 + n * 30),
            fill=(206, 62, 48) if n % 2 else (250, 250, 246),
        )
    c.pen.rounded_rectangle((x - 52, 430, x + 52, 500), 10, fill=(226, 170, 72))
    c.pen.polygon([(x - 110, 410), (x + 60, 370), (x + 90, 420), (x - 80, 462)], fill=(40, 58, 86))
    c.person(x - 330, 930, 400, "d7773c")
    c.pen.rectangle((0, 985, WIDTH, HEIGHT), fill=(92, 98, 84))
    for _ in range(240):
        gx, h = c.random.uniform(0, WIDTH), c.random.uniform(30, 110)
        c.pen.line(
            [(gx, 1020), (gx + c.random.uniform(-24, 24), 1020 - h)],
            rgb(c.random.choice(("4f6848", "6f8656", "8f9a62"))),
            4,
        )


def blackboard(c: Canvas) -> None:
    c.wash("c9b79a", "b09a7c")
    c.pen.rectangle((40, 60, 1560, 800), fill=(120, 84, 54))
    c.pen.rectangle((64, 84, 1536, 776), fill=(38, 74, 62))
    for _ in range(26):
        c.glow(
            c.random.uniform(80, 1500),
            c.random.uniform(100, 760),
            c.random.uniform(60, 200),
            "6f9484",
            0.22,
            0.4,
        )
    for n in range(11):
        x, y = 110.0, 140 + n * 56
        while x < (1480 if n < 5 else 760):
            chalk(c, x, y)
            x += c.random.uniform(34, 62)
    cx, cy = 1130, 560
    for ring in range(3):
        for k in range(6):
            a = k * pi / 3 + ring * 0.26
            hx, hy = cx + ring * 88 * cos(a), cy + ring * 72 * sin(a)
            corners = [
                (hx + 44 * cos(t * 2 * pi / 7 + a), hy + 40 * sin(t * 2 * pi / 7 + a))
                for t in range(8)
            ]
            c.pen.line(corners, (240, 226, 170, 210), 4)
    c.pen.rectangle((40, 790, 1560, 818), fill=(150, 108, 70))
    c.defocus(1)
    for x, coat, high in ((420, "8fa6b8", 640), (900, "b4483c", 590)):
        c.person(x + c.random.uniform(-60, 60), 1090, high, coat)
    c.crowd(1010, 62, 250, (*COATS, *DARK_COATS))
    c.glow(220, 120, 600, "fff2d4", 0.22)


def chalk(c: Canvas, x: float, y: float) -> None:
    """One sign of a formula, unreadable but plausible."""
    pen, white = c.pen, (238, 240, 232, 210)
    match c.random.randrange(6):
        case 0:
            pen.arc((x, y - 20, x + 26, y + 20), 40, 320, white, 4)
        case 1:
            pen.line([(x, y - 22), (x + 24, y + 18)], white, 4)
            pen.line([(x + 24, y - 22), (x, y + 18)], white, 4)
        case 2:
            pen.line([(x, y - 6), (x + 28, y - 6)], white, 4)
            pen.line([(x, y + 6), (x + 28, y + 6)], white, 4)
        case 3:
            pen.arc((x + 8, y - 34, x + 26, y - 8), 180, 360, white, 4)
            pen.line([(x + 9, y - 22), (x + 9, y + 24)], white, 4)
            pen.arc((x - 8, y + 12, x + 10, y + 36), 0, 180, white, 4)
        case 4:
            pen.line(
                [(x + 24, y - 24), (x, y - 24), (x + 14, y), (x, y + 22), (x + 26, y + 22)],
                white,
                4,
            )
        case _:
            pen.ellipse((x, y - 12, x + 22, y + 14), outline=white, width=4)
            pen.line([(x + 22, y - 30), (x + 22, y + 14)], white, 4)


def moon(c: Canvas) -> None:
    c.wash("0c1430", "1d2a55", "4a4a78", "8a6a7c", bottom=720)
    c.scatter(80, (0, 380), (0.7, 1.7), ("ffffff", "d4dcff"))
    c.glow(1130, 240, 420, "fff0c0", 0.6)
    c.pen.ellipse((1040, 150, 1220, 330), fill=(255, 244, 206))
    for x, y, r in ((1090.0, 210.0, 18), (1150.0, 260.0, 26), (1170.0, 200.0, 12)):
        c.pen.ellipse((x - r, y - r, x + r, y + r), fill=(240, 222, 176))
    c.house((300, 330, 420, 720), "1a2038", (3, 9), ("ffcf7a",), 0.4)
    c.pen.polygon([(284, 332), (360, 210), (436, 332)], fill=(26, 30, 52))
    c.pen.ellipse((330, 360, 390, 420), fill=(255, 236, 190))
    for n in range(12):
        c.tree(n * 150, 730, 190, ("141c30", "1c2740", "26324c"))
    c.defocus(5)
    c.wash("2a3a34", "223028", "182019", top=715)
    for n in range(19):
        x, y = 40 + n * 86, 470 + 46 * sin(n * pi / 6) ** 2
        c.glow(x, y, 60, "ffbd66", 0.85)
        c.pen.ellipse((x - 15, y - 18, x + 15, y + 18), fill=(255, 120, 66))
        c.pen.ellipse((x - 7, y - 16, x + 5, y + 14), fill=(255, 176, 100))
    c.crowd(745, 36, 112, COATS)
    c.pen.polygon([(0, 800), (WIDTH, 800), (WIDTH, 890), (0, 890)], fill=(226, 212, 186))
    for n in range(30):
        x, y = n * 56 + c.random.uniform(0, 30), c.random.uniform(815, 860)
        c.pen.ellipse((x - 26, y - 10, x + 26, y + 12), fill=(250, 246, 236))
        c.pen.ellipse(
            (x - 16, y - 8, x + 16, y + 6),
            fill=rgb(c.random.choice(("c8553d", "e6b450", "7d9a4e", "8a5a44"))),
        )
    c.glow(800, 840, 800, "ffcf8a", 0.25, 0.3)
    c.crowd(935, 66, 190, (*COATS, *DARK_COATS))


def workshop(c: Canvas) -> None:
    c.wash("3f4a52", "66737a", "8a918c", bottom=640)
    for n in range(6):
        c.pen.rectangle((n * 280, 60, n * 280 + 220, 250), fill=(206, 222, 224))
    for n in range(7):
        x = n * 240.0
        c.pen.rounded_rectangle(
            (x, 360, x + 170, 600), 12, fill=rgb(c.random.choice(("4f7f74", "c08a3e", "58708a")))
        )
        c.pen.rectangle((x + 50, 290, x + 90, 380), fill=(88, 96, 100))
    c.defocus(13)
    for x, coat in ((260, "3f6a8c"), (560, "c9803c"), (1080, "3f6a8c"), (1360, "56734f")):
        c.person(x + c.random.uniform(-20, 20), 960, 560, coat)
        c.pen.pieslice((x - 52, 388, x + 52, 480), 180, 360, fill=(232, 190, 70))
    c.pen.polygon([(0, 760), (WIDTH, 760), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(126, 92, 62))
    c.pen.rectangle((0, 752, WIDTH, 778), fill=(190, 146, 100))
    for n in range(5):
        x, y = 160 + n * 320 + c.random.uniform(-30, 30), 880.0
        c.pen.rounded_rectangle((x - 110, y - 34, x + 110, y + 34), 30, fill=(176, 184, 188))
        c.pen.rounded_rectangle((x - 110, y - 30, x + 110, y - 12), 9, fill=(224, 230, 232))
        c.pen.rectangle((x - 20, y - 90, x + 20, y - 30), fill=(150, 158, 164))
        c.pen.ellipse((x - 62, y - 126, x + 62, y - 84), fill=(200, 66, 50))
        c.pen.ellipse((x - 38, y - 116, x + 38, y - 96), fill=(126, 92, 62))
    for _ in range(40):
        x, y = c.random.uniform(0, WIDTH), c.random.uniform(940, 1050)
        c.pen.ellipse((x - 9, y - 5, x + 9, y + 5), fill=(206, 206, 200))
    c.glow(800, 0, 620, "fff4d8", 0.45)


def fieldclass(c: Canvas) -> None:
    c.wash("5c93c4", "a4c8dc", "efe6c8", bottom=560)
    c.glow(260, 160, 420, "fff8dc", 0.9)
    for n, tint in enumerate(("7f9fae", "6a9086", "567d62")):
        ridge = [
            (x, 470 - 190 * abs(sin(x / (410 - 70 * n) + n * 1.4)) + 40 * n)
            for x in range(0, WIDTH + 40, 40)
        ]
        c.pen.polygon([*ridge, (WIDTH, 600), (0, 600)], fill=rgb(tint))
    c.house((940, 400, 1500, 620), "f0e6d2", (8, 2), ("6f93a8", "86a6b6"))
    c.pen.polygon([(910, 402), (1530, 402), (1480, 340), (960, 340)], fill=(168, 76, 56))
    c.defocus(6)
    c.wash("d2b184", "c49c6a", "a67e50", top=600)
    c.pen.line([(800, 700), (800, 150)], (220, 220, 220), 8)
    wave = [(804 + t * 12, 160 + 8 * sin(t / 2)) for t in range(14)]
    c.pen.polygon([*wave, *((x, y + 96) for x, y in reversed(wave))], fill=(200, 48, 40))
    c.pen.polygon([(796, 700), (804, 700), (1500, 830), (1492, 842)], fill=(70, 48, 40, 110))
    for n in range(9):
        x, foot = 180 + n * 130 + c.random.uniform(-30, 30), 860 + 60 * (n % 3)
        high = 190 + 20 * (n % 3)
        c.pen.polygon(
            [
                (x - 14, foot),
                (x + 14, foot),
                (x + high * 1.15, foot + 74),
                (x + high * 1.05, foot + 84),
            ],
            fill=(70, 48, 40, 110),
        )
        c.person(x, foot, high, c.random.choice(COATS), stride=c.random.choice((0, 0.5, -0.5)))
    c.pen.polygon([(1308, 1000), (1352, 1000), (1600, 1040), (1600, 1060)], fill=(70, 48, 40, 110))
    c.person(1330, 1000, 400, "2f7d6a")
    c.tree(90, 760, 520, ("3f6a42", "5c8a4c", "8aac5c"))


SCENES = {
    scene.__name__: scene
    for scene in (
        blackboard,
        bridge,
        canteen,
        exhibition,
        field,
        fieldclass,
        gate,
        ginkgo,
        greenhouse,
        hospital,
        lab,
        lecture,
        library,
        meeting,
        moon,
        night,
        reading,
        robots,
        servers,
        skyline,
        snow,
        stage,
        track,
        workshop,
    )
}
