"""Crops: which part of a whole picture a photo shows, in percent of its width and height."""

from io import BytesIO
from math import floor
from typing import NamedTuple, Self

from PIL import Image

# Nothing smaller is asked for by any page: the narrowest rendition, at 16:9.
LEAST = (320, 180)
RATIOS = {"3:2": 3 / 2, "4:3": 4 / 3, "16:9": 16 / 9, "1:1": 1.0}
# In the private store, from which every public size is made.
LONGEST_SIDE = 6000
DUST = 1e-6

type Size = tuple[int, int]
type Point = tuple[float, float]


class Crop(NamedTuple):
    left: float
    top: float
    width: float
    height: float

    def fits(self) -> bool:
        """Say whether it lies inside of the picture."""
        sides = ((self.left, self.width), (self.top, self.height))
        # In sums of decimals there is dust.
        return all(at >= 0 and long > 0 and at + long <= 100 + DUST for at, long in sides)

    def is_whole(self) -> bool:
        return self == WHOLE

    def in_pixels(self, size: Size) -> tuple[int, int, int, int]:
        """Give its left, upper, right and lower edge in a picture of a size, as Pillow does."""
        across, down = size
        left, top = round(self.left * across / 100), round(self.top * down / 100)
        width = max(1, round(self.width * across / 100))
        height = max(1, round(self.height * down / 100))
        return left, top, min(across, left + width), min(down, top + height)

    def size_in(self, size: Size) -> Size:
        left, top, right, bottom = self.in_pixels(size)
        return right - left, bottom - top

    def shaped(self, ratio: float, size: Size) -> Self:
        """Give the largest crop of a shape inside of this one, around the same middle."""
        across, down = size
        shape = ratio * down / across  # of a frame in percent
        width = min(self.width, self.height * shape)
        height = width / shape
        left, top = self.left + (self.width - width) / 2, self.top + (self.height - height) / 2
        # Down to the steps of the form, so that it stays inside.
        return type(self)(
            *(floor(100 * share + DUST) / 100 for share in (left, top, width, height))
        )

    def outside(self, point: Point) -> Point:
        """Give a point of the crop as one of the whole picture."""
        across, down = point
        return self.left + across * self.width / 100, self.top + down * self.height / 100

    def inside(self, point: Point) -> Point:
        """Give a point of the whole as one of the crop; its middle for what is cut away."""
        across = 100 * (point[0] - self.left) / self.width
        down = 100 * (point[1] - self.top) / self.height
        return (across, down) if 0 <= min(across, down) <= max(across, down) <= 100 else MIDDLE


WHOLE = Crop(0, 0, 100, 100)
MIDDLE = (50.0, 50.0)


def cut(image: Image.Image, crop: Crop) -> bytes:
    """Make a file of a part of a clean picture: of these pixels and of nothing else."""
    part = image.crop(crop.in_pixels(image.size))
    part.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    part.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return out.getvalue()
