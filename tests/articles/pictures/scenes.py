"""Pictures that look like something, each number like something else."""

import random

from PIL import Image, ImageDraw, ImageFilter


def scene(number: int) -> Image.Image:
    chance = random.Random(number)
    image = Image.new("RGB", (400, 300), "grey")
    draw = ImageDraw.Draw(image)
    for _shape in range(30):
        x, y, size = chance.randrange(400), chance.randrange(300), chance.randrange(40, 160)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.rectangle((x - size, y - size // 2, x + size, y + size // 2), fill=colour)
    return image.filter(ImageFilter.GaussianBlur(3))
