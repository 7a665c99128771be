"""Customer-base models fitted by maximum likelihood: who is still there, and what is to come."""

from toolkit.models.bg_nbd import BgNbd
from toolkit.models.gamma_gamma import GammaGamma
from toolkit.models.pareto_nbd import ParetoNbd

__all__ = ["BgNbd", "GammaGamma", "ParetoNbd"]
