"""A firm's theme: only what it gives changes, all faults are told, unsafe logos stay out."""

import io
import re
import struct

import pytest
from PIL import Image

from toolkit import resources
from toolkit.charts.palette import BLUES, INK, PAPER, contrast
from toolkit.deliverables.chart import chart_svg
from toolkit.deliverables.colours import apart
from toolkit.deliverables.page import page
from toolkit.deliverables.theme import DRAWN, ROLES, load_theme, recolour, standard
from toolkit.deliverables.theme_file import GROUNDS, LEAST_APART, TEXTS
from toolkit.errors import MethodError, UsageError
from toolkit.method import LANGUAGES, load_method
from toolkit.words import error_text, words

EXAMPLE = resources.folder("templates") / "themes" / "example.toml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
SHAPE = '<path d="M0 0h9" fill="#123456"/>'


def head(wide=8, high=8):
    """The beginning of a PNG, without a picture behind it."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", wide, high) + b"\x08\x06\0\0\0"


def png():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "#1d4e7a").save(stream, "PNG")
    return stream.getvalue()


def written(folder, text, **files):
    for name, data in files.items():
        content = data if isinstance(data, bytes) else data.encode()
        (folder / name.replace("_", ".")).write_bytes(content)
    path = folder / "theme.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder, text, **files):
    with pytest.raises(MethodError) as error:
        load_theme(written(folder, text, **files))
    assert error.value.exit_code == 2
    return error.value


def with_logo(folder, name, data):
    text = f'[firm]\nname = "F"\nlogo = "{name}"\n'
    return written(folder, text, **{name.replace(".", "_"): data})


def test_the_standard_look_holds_what_is_asked_of_a_firm():
    colours = standard().colours
    assert tuple(colours) == ROLES
    for text in TEXTS:
        for ground in GROUNDS:
            assert contrast(colours[text], colours[ground]) >= 4.5
    assert apart(colours["high"], colours["good"]) > LEAST_APART
    assert load_theme(None) == load_theme("") == standard()


def test_only_what_is_given_changes(tmp_path):
    theme = load_theme(written(tmp_path, '[colours]\naccent = "#6B2D5C"\n'))
    assert theme.colours == {**standard().colours, "accent": "#6b2d5c"}
    assert (theme.firm, theme.logo, theme.cover, theme.closing) == ("", None, {}, {})


@pytest.mark.parametrize("line", ['cover = "A\\nB"', '[cover]\nja = "A\\nB"\nen = "A\\nB"'])
def test_one_text_serves_both_languages(tmp_path, line):
    theme = load_theme(written(tmp_path, line))
    assert theme.cover == {"ja": "A\nB", "en": "A\nB"}


def test_the_example_is_whole():
    theme = load_theme(EXAMPLE)
    assert theme.firm
    assert theme.logo.media == "image/svg+xml"
    assert set(theme.cover) == set(theme.closing) == set(LANGUAGES)
    assert theme.colours["accent"] != standard().colours["accent"]


def test_every_fault_at_once_with_line_key_value_and_what_is_near(tmp_path):
    error = refused(
        tmp_path,
        "titel = 1\n"
        '[firm]\nname = ""\nlogo = "no.png"\n'
        '[colours]\nacent = "#000000"\nsoft = "grey"\nink = "#999999"\n'
        '[cover]\nfr = "x"\n'
        "[closing]\nja = 3\n",
    )
    found = [(one.code, one.line, one.key, one.value) for one in error.problems]
    assert found == [
        ("key_unknown", 1, "titel", None),
        ("key_unknown", 6, "colours.acent", None),
        ("key_unknown", 10, "cover.fr", None),
        ("theme_colour", 7, "colours.soft", "grey"),
        ("theme_contrast", 8, "colours.ink", "#999999"),
        ("theme_contrast", 8, "colours.ink", "#999999"),
        ("theme_text", 3, "firm.name", ""),
        ("theme_logo_nameless", 3, "firm.name", None),
        ("theme_logo_missing", 4, "firm.logo", "no.png"),
        ("theme_text", 12, "closing.ja", "3"),
    ]
    assert error.problems[1].params["near"] == "colours.accent"
    assert {one.file for one in error.problems} == {"theme.toml"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_pale_a_text_is_refused_with_the_figure(tmp_path, lang):
    error = refused(tmp_path, '[colours]\nsoft = "#8a949e"\n')
    assert [one.params["ground"] for one in error.problems] == ["paper", "mist"]
    assert error.problems[0].params["measured"] == "3.0"
    text = error_text(error, words(load_method(), lang))
    assert "3.0" in text
    assert "4.5" in text
    assert "errors." not in text


@pytest.mark.parametrize(
    ("colour", "right"), [("#767676", True), ("#777777", False), ("#757575", True)]
)
def test_the_edge_of_contrast(tmp_path, colour, right):
    path = written(tmp_path, f'[colours]\ncheck = "{colour}"\nmist = "#ffffff"\n')
    if right:
        assert load_theme(path).colours["check"] == colour
    else:
        with pytest.raises(MethodError) as error:
            load_theme(path)
        assert error.value.problems[0].params["measured"] == "4.4"  # 4.48, never rounded up


def test_a_ground_too_dark_is_named_itself(tmp_path):
    error = refused(tmp_path, '[colours]\nmist = "#c0c0c0"\n')
    assert {one.key for one in error.problems} == {"colours.mist"}
    assert "medium" in {one.params["text"] for one in error.problems}


def test_lines_are_free(tmp_path):
    theme = load_theme(written(tmp_path, '[colours]\nline = "#eeeeee"\nhair = "#fefefe"\n'))
    assert theme.colours["hair"] == "#fefefe"


def test_red_and_green_that_look_alike_are_refused(tmp_path):
    error = refused(tmp_path, '[colours]\nhigh = "#c00000"\ngood = "#007000"\n')
    assert [one.code for one in error.problems] == ["theme_alike"]
    assert error.problems[0].params["measured"] == "12.5"


def test_a_file_that_is_no_toml_or_is_not_there(tmp_path):
    error = refused(tmp_path, "[firm\n")
    assert [one.code for one in error.problems] == ["method_not_toml"]
    assert [one.code for one in refused(tmp_path, "firm = 3\n").problems] == ["method_not_an_entry"]
    with pytest.raises(UsageError) as missing:
        load_theme(tmp_path / "none.toml")
    assert missing.value.code == "theme_missing"


def test_a_logo_of_either_kind(tmp_path):
    theme = load_theme(with_logo(tmp_path, "a.png", png()))
    assert (theme.logo.media, theme.logo.data) == ("image/png", png())
    theme = load_theme(with_logo(tmp_path, "a.svg", f"<?xml version='1.0'?>\n{SVG.format(SHAPE)}"))
    assert theme.logo.data.decode() == SVG.format(SHAPE)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.gif", b"GIF89a", "theme_logo_kind"),
        ("a.png", b"GIF89a" * 9, "theme_logo_broken"),
        ("a.png", head(20_000, 20_000), "theme_logo_pixels"),
        ("a.png", head(), "theme_logo_broken"),
        ("a.png", png() + b"\0" * 200_000, "theme_logo_size"),
        ("a.svg", "<svg>", "theme_logo_broken"),
        ("a.svg", "<html xmlns='http://www.w3.org/1999/xhtml'/>", "theme_logo_broken"),
        ("a.svg", SVG.format(SHAPE).encode("utf-16"), "theme_logo_broken"),
    ],
)
def test_a_logo_that_cannot_be_used(tmp_path, name, data, code):
    with pytest.raises(MethodError) as error:
        load_theme(with_logo(tmp_path, name, data))
    assert [one.code for one in error.value.problems] == [code]


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<image href='https://a.example/x.png'/>",
        "<use href='#a'/>",
        "<style>@import 'https://a.example'</style>",
        "<a href='https://a.example'><path d='M0 0'/></a>",
        "<animate attributeName='href'/>",
        "<path d='M0 0' onclick='alert(1)'/>",
        "<path d='M0 0' fill='url(https://a.example/x)'/>",
        "<path d='M0 0' fill='URL( \"//a.example\")'/>",
        "<path d='M0 0' style='fill:u\\72l(//a.example)'/>",
        "<path d='M0 0' style='background:image-set(&quot;//a.example&quot; 1x)'/>",
        "<text>words</text>",
        "<path xmlns:x='urn:x' x:y='1' d='M0 0'/>",
        "<?xml-stylesheet href='https://a.example'?>",
    ],
)
def test_what_could_reach_out_or_act_is_refused(tmp_path, part):
    with pytest.raises(MethodError) as error:
        load_theme(with_logo(tmp_path, "a.svg", SVG.format(SHAPE + part)))
    assert {one.code for one in error.value.problems} == {"theme_logo_part"}


def test_entities_never_reach_the_parser(tmp_path):
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(MethodError) as error:
        load_theme(with_logo(tmp_path, "a.svg", bomb + SVG.format("<title>&b;</title>")))
    assert error.value.problems[0].code == "theme_logo_part"


@pytest.mark.parametrize("place", ["../a.png", "/etc/passwd", "", "link.png"])
def test_a_logo_stays_in_the_folder_of_the_theme(tmp_path, place):
    folder = tmp_path / "firm"
    folder.mkdir()
    (tmp_path / "a.png").write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "a.png")
    error = refused(folder, f'[firm]\nname = "F"\nlogo = "{place}"\n')
    assert [one.code for one in error.problems] == ["theme_logo_place"]


def test_a_gradient_of_the_picture_itself_is_fine(tmp_path):
    own = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#g)" transform="rotate(3 1 1)" style="opacity:.5"/>'
    )
    assert load_theme(with_logo(tmp_path, "a.svg", SVG.format(own))).logo


def test_charts_follow_the_theme_and_words_do_not(make):
    theme = load_theme(EXAMPLE)
    drawn = chart_svg(make["charts"]("ja")["cohort"], "ja")
    own = recolour(drawn, theme)
    paint = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', own))
    changed = {d for d, role in DRAWN.items() if theme.colours[role] != standard().colours[role]}
    assert not paint & (changed | set(BLUES))
    assert re.findall(">([^<]+)<", own) == re.findall(">([^<]+)<", drawn)
    assert recolour(drawn, standard()) == recolour(drawn, None) == drawn
    assert recolour("#fff", theme) == "#fff"


@pytest.mark.parametrize("accent", ["#6b2d5c", "#00713d", "#8a5a00", "#202020", "#b0206a"])
def test_the_ramp_keeps_its_order_and_its_words_readable(tmp_path, accent):
    theme = load_theme(written(tmp_path, f'[colours]\naccent = "{accent}"\n'))
    steps = [recolour(colour, theme) for colour in BLUES]
    grades = [contrast(step, PAPER) for step in steps]
    assert grades == sorted(grades)
    for ours, step in zip(BLUES, steps, strict=True):
        assert contrast(step, PAPER) == pytest.approx(contrast(ours, PAPER), rel=0.03)
        assert max(contrast(step, PAPER), contrast(step, INK)) >= 4.5


def test_a_dark_sheet_turns_the_ramp_around(tmp_path):
    pairs = {"ink": "#ffffff", "soft": "#c5ccd4", "paper": "#10161d", "mist": "#1a222b"}
    tones = {"accent": "#8fc1ee", "high": "#ff9d7a", "medium": "#e5b53c", "check": "#c5ccd4"}
    given = {**pairs, **tones, "good": "#5fd0c5"}
    text = "[colours]\n" + "".join(f'{role} = "{colour}"\n' for role, colour in given.items())
    theme = load_theme(written(tmp_path, text))
    grades = [contrast(recolour(colour, theme), "#10161d") for colour in BLUES]
    assert grades == sorted(grades)


def test_the_page_shows_who_hands_it_over(make):
    theme = load_theme(EXAMPLE)
    for lang in LANGUAGES:
        document = make["sample"](lang)
        made = page(
            make["notebook"](document, theme),
            lang=lang,
            title=document.title,
            chrome=document.chrome,
            theme=theme,
        )
        head, foot = made.split("<main")[0], made.split("</main>")[1]
        assert '<img src="data:image/svg+xml;base64,' in head
        assert f'alt="{theme.firm}"' in head
        assert theme.cover[lang] in head
        assert theme.closing[lang].splitlines()[0] in foot
        assert f"--accent: {theme.colours['accent']}" in made
        assert standard().colours["accent"] not in made
