"""Functions of mathematics, as IEEE 754 has them: out of range is an infinity, out of reach is NaN."""

from __future__ import annotations

import math
from collections.abc import Callable

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.functions import function


@function("pi")
def pi() -> float:
    """π."""
    return math.pi


@function("pow", a.number, a.number)
def pow_(base: float, exponent: float) -> float:
    """`base` to the power of `exponent`."""
    if base == 0 and exponent < 0:
        return math.inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and math.fmod(exponent, 2) else math.inf
    except ValueError:
        return math.nan


@function("exp10", a.number)
def exp10(exponent: float) -> float:
    """10 to the power of `exponent`."""
    return pow_(10.0, exponent)


@function("exp", a.number)
def exp(exponent: float) -> float:
    """e to the power of `exponent`."""
    try:
        return math.exp(exponent)
    except OverflowError:
        return math.inf


@function("atan2", a.number, a.number)
def atan2(y: float, x: float) -> float:
    """The angle of the point (x, y), in radians."""
    return math.atan2(y, x)


@function("abs", a.number)
def abs_(given: float) -> float:
    """Without its sign."""
    return abs(given)


@function("floor", a.number)
def floor(given: float) -> float:
    """The whole number below (XPath 1.0; neither ODK's specification nor JavaRosa has it)."""
    return float(math.floor(given)) if math.isfinite(given) else given


@function("ceiling", a.number)
def ceiling(given: float) -> float:
    """The whole number above (XPath 1.0; neither ODK's specification nor JavaRosa has it)."""
    return float(math.ceil(given)) if math.isfinite(given) else given


def _logarithm(name: str, work: Callable[[float], float]) -> None:
    @function(name, a.number)
    def run(given: float) -> float:
        if given == 0:
            return -math.inf
        return work(given) if given > 0 else math.nan


def _within_reach(name: str, work: Callable[[float], float]) -> None:
    @function(name, a.number)
    def run(given: float) -> float:
        try:
            return work(given)
        except ValueError:
            return math.nan


_logarithm("log", math.log)
_logarithm("log10", math.log10)
for _work in (math.sqrt, math.sin, math.cos, math.tan, math.asin, math.acos, math.atan):
    _within_reach(_work.__name__, _work)
