"""What a picture looks like, in 64 bits that hardly change when it is resized or saved again.

Eight rows of eight bits say whether a ninth of the row is lighter than the next (dHash).
"""

from PIL import Image

BANDS = 4
BITS = 16
# Pictures that differ in as many bits look alike. With `near`, each of them is found: of seven
# bits that differ, one band of the four has one at most.
ALIKE = 7
# Nothing can be said of a picture that is nearly of one colour.
FLAT = 8


def look(image: Image.Image) -> int | None:
    small = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    greys = small.tobytes()
    if max(greys) - min(greys) < FLAT:
        return None
    pairs = ((greys[9 * row + n], greys[9 * row + n + 1]) for row in range(8) for n in range(8))
    return sum((left > right) << number for number, (left, right) in enumerate(pairs))


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def bands(look: int) -> list[int]:
    """Cut a look into parts that an index can find."""
    return [look >> BITS * number & 0xFFFF for number in range(BANDS)]


def whole(parts: list[int]) -> int:
    return sum(part << BITS * number for number, part in enumerate(parts))


def near(band: int) -> list[int]:
    """Give a band and those that differ from it in one bit."""
    return [band, *(band ^ 1 << bit for bit in range(BITS))]
