"""Images are drawn again by us: what they hid (place, camera, comments, another file) is gone."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from maillage.apps.common.files.refusals import DAMAGED, refused

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 3_000
"""Pixels kept: a page of A4 at 250 points an inch."""
QUALITY = 88
FORMATS = ("PNG", "JPEG", "WEBP")
TOO_LARGE = (
    "Cette image est trop grande : plus de 50 millions de points. Réduisez-la (3 000 points de large suffisent pour "
    "une page), puis déposez-la."
)


def redrawn(content: bytes) -> tuple[str, bytes]:
    """The extension and the bytes of the image, upright, at most ``LONGEST_SIDE`` wide or high, and bare.

    A WebP becomes a PNG or a JPEG, which every document can hold. Raises ``BadInput``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise refused(TOO_LARGE)
                upright = ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError) as error:
        raise refused(DAMAGED) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _encoded(upright, is_photo=image.format == "JPEG" or (image.format == "WEBP" and not _is_clear(upright)))


def _is_clear(image: Image.Image) -> bool:
    return image.has_transparency_data


def _encoded(image: Image.Image, *, is_photo: bool) -> tuple[str, bytes]:
    target = io.BytesIO()
    if is_photo:
        _bare(image.convert("RGB")).save(target, "JPEG", quality=QUALITY, optimize=True)
        return "jpg", target.getvalue()
    mode = "RGBA" if _is_clear(image) else "L" if image.mode in ("1", "L", "I", "F", "I;16") else "RGB"
    _bare(image.convert(mode)).save(target, "PNG", optimize=True)
    return "png", target.getvalue()


def _bare(image: Image.Image) -> Image.Image:
    """The points alone."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare
