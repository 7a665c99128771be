import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from toolkit.deliverables.fonts import COUNTED, fonts
from toolkit.errors import OutputError


def faces(css):
    found = re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]*)\)", css)
    return {int(w): set(TTFont(io.BytesIO(base64.b64decode(d))).getBestCmap()) for w, d in found}


def test_regular_has_all_and_bold_only_what_is_bold():
    plain = '<p>あ<strong>い</strong><th class="regular">う</th></p>'
    html = f'{plain}<text font-weight="700">え</text>'
    made = faces(fonts(html).css)
    assert made[400] == {ord(c) for c in "あいうえ" + COUNTED}
    assert made[700] == {ord(c) for c in "いえ"}


def test_the_head_of_a_table_is_bold_and_the_name_of_a_row_is_not():
    html = "<table><thead><tr><th>あ</th></tr></thead><tbody><tr><th>い</th></tr></tbody></table>"
    assert faces(fonts(html).css)[700] == {ord("あ")}


def test_style_is_no_text():
    assert ord("Q") not in faces(fonts("<style>QQ</style><p>a</p>").css)[400]


def test_client_text_outside_the_font_is_named_not_refused():
    assert fonts("<p>a😀𠮷</p>").missing == ("😀", "𠮷")


def test_own_word_outside_the_font_is_an_error():
    with pytest.raises(OutputError) as error:
        fonts("<p>a</p>", "見出し😀")
    assert error.value.code == "glyph_missing"
    assert error.value.params["characters"] == "😀"


@pytest.mark.parametrize(
    "html",
    [
        "<p>あ<!-- <b>え</b> --><br><b>い<br/></b>う</p>",
        "<b title='a>b'>い</b>う<b>い",
        "<ul><li>あ<li><b>い</ul>う",
        "&#12354;<b>&#x3044;</b>&lt;う&gt;",
    ],
)
def test_bold_is_what_stands_within_a_bold_element(html):
    made = faces(fonts(f"<!doctype html><head><title>お</title></head>{html}").css)
    assert ord("い") in made[700]
    assert not made[700] & {ord("あ"), ord("う"), ord("え"), ord("お")}
    assert not made[400] & {ord("え"), ord("お")}
