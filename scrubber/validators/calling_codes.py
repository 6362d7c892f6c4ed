"""
Calling codes of the world, and how many digits follow each of them.

Many a number that begins with `+` is as long as a telephone number; with the table, most steps,
offsets and times behind a plus sign fall away. The package `phonenumbers` knows more (which
prefixes are given out), but weighs 23 MB, and what is not given out today is tomorrow's.

The digits are those of ordinary subscribers, as ITU-T E.164 and the national numbering plans have
them; short codes of one network are left out.

Promise: every calling code in use is known, and one code is never the beginning of another.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Fewest and most digits behind the codes.
_PLANS: Final[Mapping[tuple[int, int], str]] = MappingProxyType(
    {
        (4, 7): "290 683 690",
        (5, 5): "500 682",
        (5, 7): "247 676 677 678 688",
        (5, 8): "685 686",
        (5, 9): "508",
        (6, 6): "298 299 672 687",
        (6, 7): "597",
        (6, 9): "252 352 355 376 421 681 689",
        (6, 10): "39 53 95 880",
        (6, 11): "358 359 375 595",
        (6, 12): "381",
        (6, 13): "43 49",
        (7, 7): "238 239 246 248 269 291 297 592 673 674 680 691 692",
        (7, 8): "241 386 599 670 675 853 961 965 975",
        (7, 9): "220 231 245 265 354 385 423 967 968",
        (7, 10): "46 84 98 230 243 254 263 267 353 372 960",
        (7, 11): "62 501 503 507 679 852 886 974",
        (7, 12): "382 383 882 972",
        (8, 8): "45 47 216 222 223 226 227 228 232 235 236 253 257 266 350 356 357 370 371 373 374"
        " 389 505 509 598 800 808 973 993",
        (8, 9): "32 36 51 213 224 233 237 250 258 264 268 377 387 591 962 963",
        (8, 10): "20 60 63 64 66 378 506 850 855 856 964 970 976",
        (8, 11): "55 57 65 82 502 504 593 977",
        (8, 12): "92 883 971",
        (9, 9): "27 31 33 34 40 41 48 93 94 211 212 218 221 240 242 244 249 251 255 256 260 261"
        " 262 351 420 590 594 596 979 992 994 995 998",
        (9, 10): "44 61 81 380 881 966 996",
        (9, 11): "56",
        (9, 12): "870",
        (10, 10): "1 7 30 58 90 91 225 229",
        (10, 11): "52 54 86",
        (10, 13): "234",
        (11, 11): "888",
        (12, 12): "878",
    }
)
_LENGTHS: Final = {code: lengths for lengths, codes in _PLANS.items() for code in codes.split()}
_LONGEST_CODE: Final = max(map(len, _LENGTHS))


def calling_code(digits: str) -> str:
    """Give the calling code with which the digits of an international number begin.

    Args:
        digits: the digits behind the plus sign.

    Returns:
        The code, or nothing if there is no such country or the number has another length.

    >>> calling_code("12025550114"), calling_code("1700000000"), calling_code("999123456789")
    ('1', '', '')
    """
    for length in range(1, _LONGEST_CODE + 1):
        fewest, most = _LENGTHS.get(digits[:length], (1, 0))
        if fewest <= len(digits) - length <= most:
            return digits[:length]
    return ""
