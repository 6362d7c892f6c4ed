"""
Tax numbers of South America: weighted sums modulo 11, one or two check digits.

The registers of Brazil, Argentina and Chile share the sum and differ in weights and in how they
write the remainders that are no digit.

Promise: what some register could give is accepted, with its dividers or without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.validators.digits import digits_of, undivided, weighted

if TYPE_CHECKING:
    from collections.abc import Sequence

_CPF_WEIGHTS: Final = tuple(range(11, 1, -1))
_CNPJ_WEIGHTS: Final = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
_CNPJ_LENGTH: Final = 14
_CUIT_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_CUIT_KINDS: Final = frozenset({20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 51, 55})
_RUT_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 2, 3)
_RUT_LENGTHS: Final = range(8, 10)


def br_cpf(value: str) -> bool:
    """Tell whether a text can be the number of a Brazilian taxpayer.

    >>> br_cpf("111.444.777-35"), br_cpf("111.444.777-36"), br_cpf("111.111.111-11")
    (True, False, False)
    """
    digits = digits_of(value, 11)
    return len(set(digits)) > 1 and _two_checks(digits, _CPF_WEIGHTS)


def br_cnpj(value: str) -> bool:
    """Tell whether a text can be the number of a Brazilian firm; since 2026 it may have letters.

    A letter counts as its ASCII code less 48 (Instrução Normativa RFB 2.229/2024).

    >>> br_cnpj("11.222.333/0001-81"), br_cnpj("12.ABC.345/01DE-35"), br_cnpj("11.222.333/0001-82")
    (True, True, False)
    """
    bare = undivided(value)
    if len(bare) != _CNPJ_LENGTH or not (bare.isascii() and bare.isalnum() and bare.isupper()):
        digits = digits_of(value, _CNPJ_LENGTH)
    else:
        digits = tuple(ord(character) - ord("0") for character in bare)
    return len(set(digits)) > 1 and _two_checks(digits, _CNPJ_WEIGHTS)


def _two_checks(digits: Sequence[int], weights: Sequence[int]) -> bool:
    """Tell whether the last two digits check what is before each of them; 10 is written 0."""
    first = -weighted(digits[:-2], weights[1:]) % 11
    second = -weighted(digits[:-1], weights) % 11
    return tuple(digits[-2:]) == (first % 10, second % 10)


def ar_cuit(value: str) -> bool:
    """Tell whether a text can be an Argentinian tax number.

    >>> ar_cuit("20-12345678-6"), ar_cuit("20-12345678-7")
    (True, False)
    """
    digits = digits_of(value, 11)
    if not digits or digits[0] * 10 + digits[1] not in _CUIT_KINDS:
        return False
    return weighted(digits, _CUIT_WEIGHTS) % 11 == 0


def cl_rut(value: str) -> bool:
    """Tell whether a text can be a Chilean tax number; its check digit may be K, for 10.

    >>> cl_rut("12.345.678-5"), cl_rut("12.345.678-K")
    (True, False)
    """
    bare = undivided(value)
    number, check = bare[:-1], bare[-1:].upper()
    digits = digits_of(number, len(number)) if len(bare) in _RUT_LENGTHS else ()
    if not any(digits):
        return False
    return "0123456789K"[-weighted(digits[::-1], _RUT_WEIGHTS) % 11] == check
