from io import BytesIO

import pytest
from PIL import Image

from articles.pictures import renditions


def master(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("picture", "sizes"),
    [
        ((2048, 1024), [(320, 160), (640, 320), (960, 480), (1600, 800)]),
        ((700, 350), [(320, 160), (640, 320), (700, 350)]),
        ((60, 40), [(60, 40)]),
        ((2048, 1), [(320, 1), (640, 1), (960, 1), (1600, 1)]),
    ],
)
def test_sizes_are_made_up_to_that_of_the_picture(picture, sizes):
    made = list(renditions.make(master(*picture)))

    assert [(size.width, size.height) for size in made] == sizes
    for size in made:
        found = {name: Image.open(BytesIO(data)) for name, data in size.files.items()}
        assert {name: (image.format, image.size) for name, image in found.items()} == {
            name: (options["format"], (size.width, size.height))
            for name, options in renditions.FORMATS.items()
        }
