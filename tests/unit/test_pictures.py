"""How stored pictures are called: whole, cropped, by width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.pictures import NAME, WHOLE, Crop, read_crop, sources, stem, stem_of
from models.content import Photo

KEY = "0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "crop"),
    [
        ("", None),
        ("0-0-1000-1000", None),
        ("100-0-800-1000", Crop(100, 0, 800, 1000)),
        ("0100-00-800-900", Crop(100, 0, 800, 900)),
        ("100-0-901-1000", None),
        ("0-1-1000-1000", None),
        ("0-0-0-500", None),
        ("9999-0-1-1", None),
        ("1-2-3", None),
        ("../..", None),
    ],
)
def test_a_crop_is_read_or_left_aside(text: str, crop: Crop | None) -> None:
    assert read_crop(text) == crop


def test_the_stem_says_the_crop_and_a_wrong_one_shows_the_whole_picture() -> None:
    assert stem(KEY) == stem(KEY, "") == stem(KEY, "0-0-1000-1000") == stem(KEY, "900-0-900-1") == KEY
    assert stem(KEY, "010-020-300-400") == f"{KEY}-c10-20-300-400"
    assert stem_of(Photo(media=KEY, crop="10-20-300-400")) == f"{KEY}-c10-20-300-400"
    assert stem_of(None) is None
    assert NAME.fullmatch(stem("k" * 80, "100-100-899-899") + "-1654.webp")


@pytest.mark.parametrize(
    "name",
    [
        "",
        f"{KEY}-1655.jpg",
        f"{KEY}-400.png",
        f"../{KEY}-400.jpg",
        f"{KEY}-400.jpg.part",
        f"{KEY}.jpg",
        "x-400.jpg",
    ],
)
def test_other_names_are_no_pictures(name: str) -> None:
    assert not NAME.fullmatch(name)


places = st.integers(0, WHOLE)


@given(
    places, places, st.integers(1, WHOLE), st.integers(1, WHOLE), st.integers(1, 4000), st.integers(1, 4000)
)
def test_the_box_of_a_crop_lies_in_the_picture(
    left: int, top: int, width: int, height: int, across: int, down: int
) -> None:
    crop = read_crop(f"{left}-{top}-{width}-{height}")
    if crop is None:
        assert (
            left + width > WHOLE or top + height > WHOLE or (left, top, width, height) == (0, 0, WHOLE, WHOLE)
        )
        return
    assert read_crop(crop.name) == crop
    x0, y0, x1, y1 = crop.box((across, down))
    assert (0 <= x0 < x1 <= across, 0 <= y0 < y1 <= down) == (True, True)
    assert abs((x1 - x0) - across * width / WHOLE) <= 1.5
    assert abs((y1 - y0) - down * height / WHOLE) <= 1.5


def test_browsers_are_offered_webp_then_jpeg_with_their_true_widths() -> None:
    files = sources(KEY, width=1654)
    assert files.src(827) == f"/medias/{KEY}-827.jpg"
    assert files.srcset == (
        f"/medias/{KEY}-400.jpg 400w, /medias/{KEY}-827.jpg 827w, /medias/{KEY}-1654.jpg 1654w"
    )
    assert files.webp == files.srcset.replace(".jpg", ".webp")
    assert sources(KEY, width=600).srcset == f"/medias/{KEY}-400.jpg 400w, /medias/{KEY}-827.jpg 600w"
    assert sources(KEY, width=350).srcset == f"/medias/{KEY}-400.jpg 350w"
    assert sources(KEY, most=827).webp == f"/medias/{KEY}-400.webp 400w, /medias/{KEY}-827.webp 827w"


def test_paper_gets_the_jpeg_only() -> None:
    files = sources(KEY, "media:")
    assert (files.src(1654), files.webp) == (f"media:{KEY}-1654.jpg", "")
