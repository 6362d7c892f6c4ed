"""Numbers of persons and firms: published specimens, and what each check digit promises."""

from __future__ import annotations

import string
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.validators import VALIDATORS
from scrubber.validators.digits import day_exists, digits_of, undivided, weighted
from scrubber.validators.verhoeff import verhoeff_valid

DIGITS = string.digits
LETTERS = string.ascii_uppercase

# Check, a published or invented specimen, the place of digits that may be any, the place and the
# alphabet of what checks them. Every wrong digit of these shows.
SURE = [
    ("aba_routing", "011000015", (4, 8), 8, DIGITS),
    ("au_abn", "51824753556", (4, 10), 10, DIGITS),
    ("au_tfn", "123456782", (1, 8), 8, DIGITS),
    ("at_svnr", "1237010180", (8, 10), 3, DIGITS),
    ("ca_sin", "046454286", (0, 8), 8, DIGITS),
    ("ch_ahv", "7569217076985", (3, 12), 12, DIGITS),
    ("cl_rut", "123456785", (1, 8), 8, DIGITS + "K"),
    ("cn_resident_id", "11010519491231002X", (14, 17), 17, DIGITS + "X"),
    ("de_id_card", "L01X00T471", (1, 3), 9, DIGITS),
    ("es_nie", "X1234567L", (1, 8), 8, LETTERS),
    ("es_nif", "12345678Z", (0, 8), 8, LETTERS),
    ("fi_personal_identity_code", "131052-308T", (7, 10), 10, DIGITS + LETTERS),
    ("hr_oib", "12345678903", (1, 10), 10, DIGITS),
    ("ie_pps", "1234567T", (0, 7), 7, LETTERS),
    ("il_id", "123456782", (0, 8), 8, DIGITS),
    ("imei", "490154203237518", (0, 14), 14, DIGITS),
    ("in_aadhaar", "234123412346", (1, 11), 11, DIGITS),
    ("it_fiscal_code", "RSSMRA85T10A562S", (12, 15), 15, LETTERS),
    ("nl_bsn", "111222333", (1, 8), 8, DIGITS),
    ("pl_pesel", "44051401359", (6, 10), 10, DIGITS),
    ("se_personnummer", "8112189876", (6, 9), 9, DIGITS),
    ("sg_nric_fin", "S1234567D", (1, 8), 8, LETTERS),
    ("tr_tckn", "10000000146", (1, 9), 9, DIGITS),
    ("uk_nhs", "9990000018", (3, 9), 9, DIGITS),
    ("us_npi", "1234567893", (1, 9), 9, DIGITS),
    ("za_id_number", "8001015009087", (6, 10), 12, DIGITS),
]

# Where one digit stands for two remainders, or a weight shares a factor with the modulus, a wrong
# digit may pass.
UNSURE = [
    ("ar_cuit", "20123456786", (2, 10), 10, DIGITS),
    ("au_acn", "004085616", (0, 8), 8, DIGITS),
    ("au_medicare", "2123456701", (1, 8), 8, DIGITS),
    ("baltic_code", "37605030299", (7, 10), 10, DIGITS),
    ("be_nrn", "85073003328", (6, 9), 9, DIGITS),
    ("bg_egn", "7523169263", (6, 9), 9, DIGITS),
    ("br_cnpj", "11222333000181", (0, 8), 12, DIGITS),
    ("br_cpf", "11144477735", (0, 9), 9, DIGITS),
    ("cz_birth_number", "7360285163", (6, 9), 9, DIGITS),
    ("de_health_insurance", "A123456780", (1, 9), 9, DIGITS),
    ("de_social_security", "15070649C103", (9, 11), 11, DIGITS),
    ("dk_cpr_checked", "0707614285", (6, 9), 9, DIGITS),
    ("fr_nir", "269054958815780", (5, 13), 13, DIGITS),
    ("it_vat", "00743110157", (1, 7), 10, DIGITS),
    ("jp_my_number", "123456789018", (0, 11), 11, DIGITS),
    ("kr_rrn_checked", "9001011234568", (7, 12), 12, DIGITS),
    ("mx_curp", "HEGG560427MVZRRL04", (16, 17), 17, DIGITS),
    ("no_fodselsnummer", "01818010083", (6, 9), 9, DIGITS),
    ("nz_ird", "049091850", (3, 8), 8, DIGITS),
    ("pt_nif", "123456789", (1, 8), 8, DIGITS),
    ("ro_cnp", "1800101221144", (9, 12), 12, DIGITS),
    ("th_tnin", "1234567890121", (1, 12), 12, DIGITS),
    ("tw_national_id", "A123456789", (2, 9), 9, DIGITS),
    ("us_dea", "AB1234563", (2, 8), 8, DIGITS),
]

# These have two check digits, side by side.
TWO_CHECKS = {"be_nrn", "br_cnpj", "br_cpf", "fr_nir", "no_fodselsnummer", "tr_tckn"}


def completions(name: str, number: str, place: int, alphabet: str) -> list[str]:
    """Give the numbers that are accepted when what checks them may be anything."""
    length = 2 if name in TWO_CHECKS else 1
    tried = (
        number[:place] + "".join(check) + number[place + length :]
        for check in product(alphabet, repeat=length)
    )
    return [one for one in tried if VALIDATORS[name](one)]


def wrong_digits(number: str) -> list[str]:
    """Give the numbers that differ in one digit."""
    return [
        number[:place] + other + number[place + 1 :]
        for place, digit in enumerate(number)
        for other in DIGITS
        if digit.isdigit() and other != digit
    ]


@pytest.mark.parametrize("row", SURE + UNSURE, ids=lambda row: row[0])
@settings(max_examples=25)
@given(data=st.data())
def test_a_number_has_its_check_digit_and_no_other(
    row: tuple[str, str, tuple[int, int], int, str], data: st.DataObject
) -> None:
    """The specimen is accepted; of any other number at most one completion is."""
    name, specimen, (start, end), place, alphabet = row
    assert specimen in completions(name, specimen, place, alphabet)
    digits = data.draw(st.text(DIGITS, min_size=end - start, max_size=end - start))
    number = specimen[:start] + digits + specimen[end:]
    # Belgium puts a 2 before the numbers of this century, and both readings are possible.
    assert len(completions(name, number, place, alphabet)) <= (2 if name == "be_nrn" else 1)


@pytest.mark.parametrize("row", SURE, ids=lambda row: row[0])
@settings(max_examples=25)
@given(data=st.data())
def test_every_wrong_digit_shows(
    row: tuple[str, str, tuple[int, int], int, str], data: st.DataObject
) -> None:
    """Where the checksum promises it, no number with one digit changed is accepted."""
    name, specimen, (start, end), place, alphabet = row
    digits = data.draw(st.text(DIGITS, min_size=end - start, max_size=end - start))
    drawn = specimen[:start] + digits + specimen[end:]
    for number in (specimen, *completions(name, drawn, place, alphabet)):
        assert [one for one in wrong_digits(number) if VALIDATORS[name](one)] == []


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("au_abn", "51 824 753 556"),
        ("au_medicare", "2123 45670 1/2"),
        ("be_nrn", "85.07.30-033.28"),
        ("br_cnpj", "12.ABC.345/01DE-35"),
        ("cz_birth_number", "736028/5163"),
        ("de_id_card", "L01X00T471D"),
        ("de_id_card", "T220001293"),
        ("de_tax_id", "86 095 742 719"),
        ("de_tax_id", "65929970489"),
        ("fr_nir", "1 84 12 2A 451 089 33"),
        ("fr_nir", "1 84 12 76 451 089 46"),
        ("ie_pps", "1234567FA"),
        ("it_fiscal_code", "RSSMRA85T10A56NH"),
        ("it_vat", "IT00743110157"),
        ("no_fodselsnummer", "018180 10083"),
        ("nz_ird", "136-410-132"),
        ("nz_nhi", "ZZZ0016"),
        ("nz_nhi", "zbn77vl"),
        ("se_personnummer", "19811218-9876"),
        ("se_personnummer", "811218+9876"),
        ("tw_national_id", "A123456789"),
        ("uk_nhs", "943 476 5919"),
    ],
)
def test_further_forms_are_accepted(name: str, number: str) -> None:
    """Groups, small letters, letters among digits, second specimens."""
    assert VALIDATORS[name](number)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("be_nrn", "85133003328"),
        ("br_cpf", "111.111.111-11"),
        ("cn_resident_id", "11010519491331002X"),
        ("cn_resident_id", "99010519491231002X"),
        ("cz_birth_number", "739928/5163"),
        ("de_tax_id", "12345678903"),
        ("de_tax_id", "11111111119"),
        ("de_tax_id", "06095742718"),
        ("dk_cpr", "320761-4285"),
        ("fi_personal_identity_code", "321352-308T"),
        ("fr_nir", "2 69 13 49 588 157 80"),
        ("in_aadhaar", "123412341234"),
        ("in_aadhaar", "222222222222"),
        ("it_fiscal_code", "RSSMRA85T32A562S"),
        ("it_vat", "00000000000"),
        ("kr_rrn", "901301-1234568"),
        ("mx_curp", "HEGG561327MVZRRL04"),
        ("mx_curp", "HEGG560427MXXRRL04"),
        ("no_fodselsnummer", "32818010083"),
        ("nz_ird", "9999999"),
        ("nz_nhi", "ZZZ0017"),
        ("nz_nhi", "ZZI0016"),
        ("ro_cnp", "1801301221144"),
        ("se_personnummer", "21811218-9876"),
        ("sg_nric_fin", "A1234567D"),
        ("th_tnin", "0000000000000"),
        ("tr_tckn", "00000000146"),
        ("uk_nhs", "0000000000"),
        ("za_id_number", "8001015009387"),
    ],
)
def test_what_nobody_was_given_is_refused(name: str, number: str) -> None:
    """Days that do not exist, places and series that are not used, repeated digits."""
    assert not VALIDATORS[name](number)


@pytest.mark.parametrize("name", sorted({row[0] for row in SURE + UNSURE}))
def test_other_digits_and_lengths_are_refused(name: str) -> None:
    """Digits of other scripts are no digits, and a number has one length."""
    specimen = next(row[1] for row in SURE + UNSURE if row[0] == name)
    check = VALIDATORS[name]
    arabic = specimen.translate({ord(digit): 0x0660 + int(digit) for digit in DIGITS})
    assert not check(arabic)
    assert not check(specimen + "00")
    assert not check(specimen[:-3])


@given(number=st.lists(st.integers(0, 9), min_size=1, max_size=20), data=st.data())
def test_verhoeff_sees_wrong_and_swapped_digits(number: list[int], data: st.DataObject) -> None:
    """One completion is right, and neither another digit nor a swap of neighbours is."""
    right = [(*number, check) for check in range(10) if verhoeff_valid((*number, check))]
    assert len(right) == 1
    place = data.draw(st.integers(0, len(number) - 1))
    swapped = list(right[0])
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    assert verhoeff_valid(tuple(swapped)) is (swapped[place] == swapped[place + 1])


def test_digits_are_read_whatever_divides_them() -> None:
    """Blanks, dashes, dots, slashes and their fixed forms; nothing else."""
    assert undivided("1 2-3.4/5\N{NO-BREAK SPACE}6\N{EN DASH}7") == "1234567"
    assert digits_of("1-2", 2) == (1, 2)
    assert digits_of("1_2", 2) == digits_of("12", 3) == digits_of("²1", 2) == ()
    assert weighted((1, 2, 3), (3, 2)) == 7
    assert [day_exists(day, 2) for day in (0, 1, 29, 30)] == [False, True, True, False]
    assert not day_exists(1, 0)
