"""The sizes in which the public sees a photo, and how a file of each is made."""

from collections.abc import Callable
from typing import Any

from imagefield.processing import register_pillow
from PIL import Image

# Widths in pixels, smallest first. All are WebP, which every browser in use reads; the JPEG
# master stands beside them for clients that only share the page.
WIDTHS = {"thumb": 320, "card": 640, "column": 960, "full": 1600}

type Handler = Callable[[Image.Image, Any], Image.Image]


@register_pillow
def as_webp(get_image: Handler) -> Handler:
    """Write WebP, whatever came in."""

    def processor(image: Image.Image, context: Any) -> Image.Image:
        context.save_kwargs["format"] = "WEBP"
        image = get_image(image, context)
        # The slower methods save few bytes and cost an editor who waits much time.
        context.save_kwargs.update(quality=80, method=2)
        return image

    return processor


def rendition(width: int) -> Callable[[Any, Any], None]:
    """Describe a rendition of at most `width` pixels to django-imagefield."""

    def spec(field_file: Any, context: Any) -> None:
        context.extension = ".webp"
        context.processors = ["as_webp", ("thumbnail", (width, 4 * width))]

    return spec


FORMATS = {name: rendition(width) for name, width in WIDTHS.items()}
