"""
Pairs of names that are no person: methods, makes, breeds and books that are called after people.

`jensen_shannon.npy` holds a divergence and `aston_martin.jpg` a car. In prose the tagger tells them
by what stands around; in the name of a file nothing does.

Promise: each is a pair of words in small letters, in the order in which they are written.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.words import words

_METHODS: Final = words(
    """
    abel-ruffini ada-lovelace adams-bashforth adams-moulton anderson-darling bray-curtis
    carter-penrose chu-liu cohen-sutherland cox-ingersoll cox-ross cyrus-beck davidson-fletcher
    davis-putnam diebold-mariano elman-jordan fletcher-reeves floyd-steinberg floyd-warshall
    gilbert-johnson gray-scott hardy-cross hardy-weinberg ingersoll-ross jarvis-march jarvis-patrick
    jensen-shannon johnson-cook kalman-bucy klein-gordon klein-nishina knuth-morris lennard-jones
    lucas-kanade lucas-lehmer mann-kendall mann-whitney martin-lof michaelis-menten miller-rabin
    monte-carlo morris-pratt nelson-aalen nelson-siegel nyquist-shannon peng-robinson porter-thomas
    ramer-douglas reed-muller reed-solomon richardson-lucy russell-rao ryan-joiner scott-knott
    shannon-fano shannon-hartley shannon-wiener shapiro-francia shapiro-wilk sherman-morrison
    smith-waterman smith-wilson taylor-couette taylor-green thomas-fermi viola-jones wilson-cowan
    winston-lutz
    """
)
_MAKES: Final = words(
    """
    alfa-romeo aston-martin ben-jerry betty-crocker calvin-klein charles-schwab duncan-hines
    eli-lilly ernst-young giorgio-armani harley-davidson harvey-nichols hugo-boss jack-daniels
    jane-street john-deere johnnie-walker jose-cuervo marc-jacobs mercedes-benz merrill-lynch
    morgan-stanley oscar-mayer oscar-meyer papa-john ralph-lauren smith-wesson trader-joe
    """
)
_WORKS: Final = words(
    """
    alan-wake anna-karenina bart-simpson bruce-wayne charlie-brown clark-kent david-copperfield
    deja-vu don-juan donald-duck dorian-gray harry-potter indiana-jones james-bond jane-eyre
    lara-croft lewis-carroll max-payne mona-lisa oliver-twist peter-pan peter-parker peter-piper
    romeo-juliet sid-meier tom-clancy tom-jones tony-stark
    """
)
_BREEDS_AND_PLACES: Final = words(
    """
    adelaide-hills alice-springs black-susan casa-blanca casa-loma jack-russell king-charles
    martin-luther mount-isa nino-nina sweet-william
    """
)
_PAIRS: Final = _METHODS | _MAKES | _WORKS | _BREEDS_AND_PLACES


def named_after(one: str, other: str) -> bool:
    """Tell whether two words beside each other are such a pair.

    Args:
        one: the first, in small letters.
        other: the second.

    >>> named_after("jensen", "shannon"), named_after("jane", "doe")
    (True, False)
    """
    return f"{one}-{other}" in _PAIRS
