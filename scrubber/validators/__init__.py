"""
Checks a pattern cannot make: one a file, by name, for the `validators` of rules.

A check takes the text of a match and says whether it can be what the rule looks for. It refuses
only with a reason, since what it refuses stays in the output. It is imported when a rule first has
a candidate for it: there are a hundred, and most programs meet a few.

Promise: every check is a pure function, takes any string (empty, lone surrogates, a megabyte)
without raising, and needs time linear in its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Final

Check = Callable[[str], bool]

# The checks of each module of this package.
_CHECKS: Final = {
    "account": "personal_account",
    "australian_numbers": "au_abn au_acn au_medicare",
    "aws": "aws_secret",
    "basic_pair": "basic_pair",
    "births_asian": "kr_rrn kr_rrn_checked th_tnin tr_tckn tw_national_id",
    "births_eastern": "baltic_code bg_egn cz_birth_number pl_pesel ro_cnp",
    "births_nordic": "dk_cpr dk_cpr_checked no_fodselsnummer",
    "bucket": "bucket_name",
    "card": "card_number",
    "ch_ahv": "ch_ahv",
    "check_letters": "es_nie es_nif fi_personal_identity_code ie_pps sg_nric_fin",
    "email": "email_address",
    "flag": "flag_value",
    "german_numbers": "de_health_insurance de_id_card de_social_security",
    "host_name": "host_name",
    "hub_owner": "hub_owner",
    "iban": "iban_code",
    "ipv4": "ipv4 ipv4_dashed ipv4_special ipv4_version_like",
    "ipv6": "ipv6 ipv6_special",
    "iso_7064": "cn_resident_id de_tax_id hr_oib",
    "key_like": "key_like",
    "luhn_ids": "ca_sin il_id imei it_vat se_personnummer za_id_number",
    "mac": "mac_address",
    "machine_name": "machine_name",
    "mailbox": "email_host",
    "modulo_11": "at_svnr au_tfn jp_my_number nl_bsn nz_ird pt_nif uk_nhs",
    "modulo_11_american": "ar_cuit br_cnpj br_cpf cl_rut",
    "modulo_97": "be_nrn fr_nir",
    "name_codes": "it_fiscal_code mx_curp",
    "nz_nhi": "nz_nhi",
    "personal_file": "patient_file personal_file",
    "phone": "phone_international phone_keyed phone_national",
    "raw_bytes": "raw_bytes",
    "secret": "secret_literal secret_value",
    "secret_like": "secret_like token_like",
    "site_account": "named_account owner_suffix share_host site_account",
    "us_numbers": "aba_routing us_dea us_itin us_npi us_ssn",
    "user_name": "account_name user_name user_value",
    "userinfo": "url_user userinfo",
    "vendor_key": "vendor_key",
    "verhoeff": "in_aadhaar",
    "wrapped": "mail_coded_address wrapped_address wrapped_key",
}


class _Validators(Mapping[str, Check]):
    """Checks by name, each fetched from its module when it is first asked for."""

    def __init__(self) -> None:
        self._homes = {name: home for home, names in _CHECKS.items() for name in names.split()}
        self._found: dict[str, Check] = {}

    def __getitem__(self, name: str) -> Check:
        found = self._found.get(name)
        if found is None:
            module = import_module(f"scrubber.validators.{self._homes[name]}")
            found = self._found[name] = getattr(module, name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, name: object) -> bool:
        return name in self._homes


VALIDATORS: Final[Mapping[str, Check]] = _Validators()
"""Every check, by the name rules call it."""
