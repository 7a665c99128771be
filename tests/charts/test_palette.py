from itertools import combinations

import numpy as np
import pytest

from toolkit.charts import palette
from toolkit.charts.palette import contrast

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "full": "1 0 0  0 1 0  0 0 1",
    "protan": "0.152286 1.052583 -0.204868  0.114503 0.786281 0.099216"
    " -0.003882 -0.048116 1.051998",
    "deutan": "0.367322 0.860646 -0.227968  0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881",
    "tritan": "1.255528 -0.076749 -0.178779 -0.078411 0.930809 0.147602 0.004733 0.691367 0.303900",
}
# Ottosson 2020: linear RGB to cone response, and its cube root to Oklab.
CONES = "0.41222 0.53633 0.05145  0.21190 0.68070 0.10740  0.08830 0.28172 0.62998"
OKLAB = "0.21045 0.79362 -0.00407  1.97800 -2.42859 0.45059  0.02590 0.78277 -0.80868"


def matrix(text):
    return np.array([float(part) for part in text.split()]).reshape(3, 3)


def lab(colour, eye):
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(matrix(EYES[eye]) @ linear, 0, 1)
    return matrix(OKLAB) @ np.cbrt(matrix(CONES) @ seen)


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
