from itertools import combinations

import numpy as np
import pytest

from toolkit.charts import palette
from toolkit.charts.palette import contrast

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "full": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def lab(colour, eye):
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(EYES[eye] @ linear, 0, 1)
    lms = np.cbrt(np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]]) @ seen)  # fmt: skip
    return np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]]) @ lms  # fmt: skip


@pytest.mark.parametrize(
    "colour", [palette.INK, palette.SOFT, *palette.SERIES, *palette.TONES.values()]
)
def test_text_colours_hold_aa_on_paper_and_mist(colour):
    assert contrast(colour, palette.PAPER) >= 4.5
    assert contrast(colour, palette.MIST) >= 4.5


@pytest.mark.parametrize("eye", EYES)
def test_leading_colours_stay_apart_for_every_eye(eye):
    for one, other in combinations((palette.BLUE, palette.RUST, palette.BLUES[2]), 2):
        assert np.linalg.norm(lab(one, eye) - lab(other, eye)) > 0.1


def test_one_hue_grows_darker():
    steps = [contrast(colour, palette.PAPER) for colour in palette.BLUES]
    assert steps == sorted(steps)
    for colour in palette.BLUES:
        assert contrast(palette.ink_on(colour), colour) >= 4.5
