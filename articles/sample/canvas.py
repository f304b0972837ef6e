"""A small paint box on Pillow: washes, light, depth, people, trees, houses, grain."""

from collections.abc import Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067

type Colour = tuple[int, int, int]

# Pillow's gradient is 0 in the middle, 181 at the edges and 255 in the corners.
SPOT = Image.radial_gradient("L").point(lambda v: int(255 * max(0, 1 - v / 178) ** 1.7))
RIM = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(lambda v: max(0, v - 120) // 2)
SKIN = ((233, 196, 165), (214, 170, 135), (241, 208, 180), (196, 150, 118))
HAIR = ((28, 24, 26), (40, 30, 28), (58, 42, 34), (22, 22, 30))


def rgb(text: str) -> Colour:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Blend two colours; `share` says how much of the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Canvas:
    """A picture in the making. `pen` draws with translucent colours too."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.image = Image.new("RGB", (WIDTH, HEIGHT))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    # Surfaces and light

    def wash(self, *colours: str, top: int = 0, bottom: int = HEIGHT) -> None:
        """Fill a band from top to bottom through several colours, and below it the last."""
        strip = Image.new("RGB", (1, len(colours)))
        strip.putdata([rgb(colour) for colour in colours])
        size = (WIDTH, bottom - top)
        self.image.paste(strip.resize(size, Image.Resampling.BILINEAR), (0, top))
        self.pen.rectangle((0, bottom, WIDTH, HEIGHT), fill=rgb(colours[-1]))

    def glow(
        self, x: float, y: float, radius: float, colour: str, strength: float, squash: float = 1
    ) -> None:
        """Add light around a point; `squash` flattens it."""
        wide, high = int(2 * radius), max(2, int(2 * radius * squash))
        mask = SPOT.resize((wide, high)).point(lambda v: int(v * strength))
        light = Image.new("RGB", (wide, high), rgb(colour))
        self.image.paste(light, (int(x - wide / 2), int(y - high / 2)), mask)

    def haze(self, colour: str, top: int, bottom: int, strength: float) -> None:
        """Lay mist over a band, thickest at its lower edge."""
        mask = Image.linear_gradient("L").resize((WIDTH, bottom - top))
        mask = mask.point(lambda v: int(v * strength))
        self.image.paste(Image.new("RGB", mask.size, rgb(colour)), (0, top), mask)

    def beam(self, x: float, y: float, to: float, width: float, colour: str, alpha: int) -> None:
        """Shine a cone of light downwards from a lamp."""
        for part in range(5):
            half = width * (1 - part / 6)
            points = [(x - 6, y), (x + 6, y), (to + half, HEIGHT - 190), (to - half, HEIGHT - 190)]
            self.pen.polygon(points, fill=(*rgb(colour), alpha))

    def defocus(self, radius: float) -> None:
        """Blur what has been painted so far, so that what follows stands in front of it."""
        small = self.image.reduce(4).filter(ImageFilter.GaussianBlur(radius / 4))
        self.image.paste(small.resize(self.image.size, Image.Resampling.BICUBIC))

    def mirror(self, horizon: int, strength: float, tint: str) -> None:
        """Reflect what is above the horizon in wet ground below it."""
        depth = HEIGHT - horizon
        above = self.image.crop((0, max(0, horizon - depth), WIDTH, horizon))
        above = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        above = above.reduce((2, 8)).resize((WIDTH, depth), Image.Resampling.BICUBIC)
        above = Image.blend(above, Image.new("RGB", above.size, rgb(tint)), 1 - strength)
        self.image.paste(above, (0, horizon))

    # Things

    def crowd(self, y: float, size: float, step: float, colours: Sequence[str]) -> None:
        """Seat a row of people, seen from behind."""
        x = self.random.uniform(-step, 0)
        while x < WIDTH + step:
            self.bust(x, y + self.random.uniform(-0.12, 0.12) * size, size, colours)
            x += step * self.random.uniform(0.85, 1.25)

    def bust(self, x: float, y: float, size: float, colours: Sequence[str]) -> None:
        """One person from behind: shoulders and the back of a head."""
        coat = rgb(self.random.choice(colours))
        hair = mix(self.random.choice(HAIR), coat, 0.08)
        s = size
        self.pen.rounded_rectangle((x - s, y, x + s, y + 3 * s), s * 0.75, fill=coat)
        self.pen.rectangle(
            (x - 0.2 * s, y - 0.35 * s, x + 0.2 * s, y + 0.2 * s),
            fill=self.random.choice(SKIN),
        )
        self.pen.ellipse((x - 0.52 * s, y - 1.35 * s, x + 0.52 * s, y - 0.1 * s), fill=hair)
        if self.random.random() < 0.4:
            self.pen.rounded_rectangle(
                (x - 0.5 * s, y - 0.8 * s, x + 0.5 * s, y + 0.25 * s), 0.3 * s, fill=hair
            )
        self.pen.arc((x - s, y, x + s, y + 1.6 * s), 190, 260, fill=(255, 255, 255, 40), width=3)

    def person(
        self, x: float, foot: float, height: float, coat: str, *, stride: float = 0.0
    ) -> None:
        """A whole person; `stride` above 0 walks or runs, below 0 to the left."""
        h, top = height, foot - height
        dark, cloth = mix(rgb(coat), (20, 22, 30), 0.65), rgb(coat)
        lean, pace = 0.10 * h * stride, 0.20 * h * stride
        hip = (x, foot - 0.47 * h)
        leg, arm = max(3, int(0.085 * h)), max(2, int(0.055 * h))
        skin = self.random.choice(SKIN)
        self.pen.ellipse(
            (x - 0.22 * h, foot - 0.02 * h, x + 0.22 * h, foot + 0.03 * h), fill=(0, 0, 0, 60)
        )
        shoulder = (x + lean, foot - 0.78 * h)
        for side in (-1, 1):
            knee = (hip[0] + side * pace * 0.6 + 0.04 * h * stride, foot - 0.25 * h)
            toe = (hip[0] + side * (pace + 0.03 * h), foot - (0.06 * h if side < 0 else 0))
            self.pen.line([(hip[0] + side * 0.04 * h, hip[1]), knee, toe], dark, leg, "curve")
            hand = (shoulder[0] - side * (pace * 0.8 + 0.10 * h), foot - 0.48 * h)
            elbow = (shoulder[0] - side * (0.13 * h + pace * 0.2), foot - 0.62 * h)
            joint = (shoulder[0] - side * 0.09 * h, shoulder[1])
            self.pen.line([joint, elbow, hand], mix(cloth, (0, 0, 0), 0.2), arm, "curve")
        self.pen.polygon(
            [
                (shoulder[0] - 0.12 * h, shoulder[1]),
                (shoulder[0] + 0.12 * h, shoulder[1]),
                (hip[0] + 0.09 * h, hip[1] + 0.02 * h),
                (hip[0] - 0.09 * h, hip[1] + 0.02 * h),
            ],
            fill=cloth,
        )
        self.pen.ellipse(
            (
                shoulder[0] - 0.12 * h,
                shoulder[1] - 0.045 * h,
                shoulder[0] + 0.12 * h,
                shoulder[1] + 0.05 * h,
            ),
            fill=cloth,
        )
        head = (shoulder[0] + lean * 0.35, top + 0.075 * h)
        r = 0.072 * h
        self.pen.ellipse((head[0] - r, head[1] - r, head[0] + r, head[1] + 1.25 * r), fill=skin)
        hair = self.random.choice(HAIR)
        self.pen.pieslice(
            (head[0] - 1.15 * r, head[1] - 1.2 * r, head[0] + 1.15 * r, head[1] + r),
            175,
            365,
            fill=hair,
        )

    def tree(self, x: float, foot: float, height: float, leaves: Sequence[str]) -> None:
        """A broad tree, its crown in dabs that grow lighter towards the light."""
        bark = mix(rgb(leaves[0]), (40, 30, 26), 0.75)
        width = max(2, int(height * 0.045))
        self.pen.line([(x, foot), (x, foot - height * 0.55)], bark, width)
        for side in (-1, 1):
            tip = (x + side * height * 0.16, foot - height * 0.66)
            self.pen.line([(x, foot - height * 0.34), tip], bark, max(1, width // 2))
        for shade, leaf in enumerate(leaves):
            colour = rgb(leaf)
            for _ in range(34):
                reach = height * (0.27 - 0.03 * shade)
                cx = x + self.random.gauss(0, 0.55) * reach - shade * height * 0.02
                cy = foot - height * (0.70 + 0.03 * shade) + self.random.gauss(0, 0.5) * reach
                r = height * self.random.uniform(0.03, 0.085)
                self.pen.ellipse((cx - r, cy - r * 0.8, cx + r, cy + r * 0.8), fill=(*colour, 215))

    def house(
        self,
        box: tuple[float, float, float, float],
        wall: str,
        panes: tuple[int, int],
        lights: Sequence[str],
        lit: float = 1.0,
    ) -> None:
        """A front with rows of windows, of which a share is lit."""
        left, top, right, bottom = box
        self.pen.rectangle(box, fill=rgb(wall))
        columns, rows = panes
        wide, high = (right - left) / columns, (bottom - top) / rows
        for row in range(rows):
            for column in range(columns):
                x, y = left + column * wide, top + row * high
                light = (
                    rgb(self.random.choice(lights))
                    if self.random.random() < lit
                    else mix(rgb(wall), (12, 16, 26), 0.45)
                )
                pane = (x + 0.2 * wide, y + 0.22 * high, x + 0.8 * wide, y + 0.82 * high)
                self.pen.rectangle(pane, fill=light)

    def scatter(
        self, count: int, band: tuple[int, int], size: tuple[float, float], colours: Sequence[str]
    ) -> None:
        """Strew dots: leaves on the ground, flowers, lights, snow."""
        for _ in range(count):
            x, y = self.random.uniform(0, WIDTH), self.random.uniform(*band)
            r = self.random.uniform(*size)
            alpha = self.random.randint(120, 235)
            colour = rgb(self.random.choice(colours))
            self.pen.ellipse((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=(*colour, alpha))

    def lens(self, count: int, band: tuple[int, int], colours: Sequence[str]) -> None:
        """Hang large soft discs of light in front, as a lens makes of lamps out of focus."""
        for _ in range(count):
            x, y = self.random.uniform(0, WIDTH), self.random.uniform(*band)
            r = self.random.uniform(16, 60)
            colour = (*rgb(self.random.choice(colours)), self.random.randint(14, 46))
            self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def finished(self, size: tuple[int, int]) -> bytes:
        """Darken the rim, soften edges, add grain, and write a JPEG."""
        image = self.image.filter(ImageFilter.GaussianBlur(0.8))
        image.paste((8, 10, 18), mask=RIM)
        noise = Image.effect_noise((WIDTH // 2, HEIGHT // 2), 24).resize(image.size)
        image = Image.blend(image, Image.merge("RGB", (noise,) * 3), 0.055)
        if size != image.size:
            image = image.resize(size, Image.Resampling.LANCZOS)
        out = BytesIO()
        image.save(out, "JPEG", quality=88)
        return out.getvalue()
