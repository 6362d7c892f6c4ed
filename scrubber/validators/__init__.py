"""
Checks a pattern cannot make: one a file, by name, for the `validators` of rules.

A check takes the text of a match and says whether it can be what the rule looks for. It refuses
only with a reason, since what it refuses stays in the output.

Promise: every check is a pure function, takes any string (empty, lone surrogates, a megabyte)
without raising, and needs time linear in its length.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scrubber.validators.account import personal_account
from scrubber.validators.australian_numbers import au_abn, au_acn, au_medicare
from scrubber.validators.aws import aws_secret
from scrubber.validators.births_asian import (
    kr_rrn,
    kr_rrn_checked,
    th_tnin,
    tr_tckn,
    tw_national_id,
)
from scrubber.validators.births_eastern import (
    baltic_code,
    bg_egn,
    cz_birth_number,
    pl_pesel,
    ro_cnp,
)
from scrubber.validators.births_nordic import dk_cpr, dk_cpr_checked, no_fodselsnummer
from scrubber.validators.bucket import bucket_name
from scrubber.validators.card import card_number
from scrubber.validators.ch_ahv import ch_ahv
from scrubber.validators.check_letters import (
    es_nie,
    es_nif,
    fi_personal_identity_code,
    ie_pps,
    sg_nric_fin,
)
from scrubber.validators.email import email_address
from scrubber.validators.flag import flag_value
from scrubber.validators.german_numbers import de_health_insurance, de_id_card, de_social_security
from scrubber.validators.host_name import host_name
from scrubber.validators.hub_owner import hub_owner
from scrubber.validators.iban import iban_code
from scrubber.validators.ipv4 import ipv4, ipv4_dashed, ipv4_special, ipv4_version_like
from scrubber.validators.ipv6 import ipv6, ipv6_special
from scrubber.validators.iso_7064 import cn_resident_id, de_tax_id, hr_oib
from scrubber.validators.key_like import key_like
from scrubber.validators.luhn_ids import ca_sin, il_id, imei, it_vat, se_personnummer, za_id_number
from scrubber.validators.mac import mac_address
from scrubber.validators.machine_name import machine_name
from scrubber.validators.mailbox import email_host
from scrubber.validators.modulo_11 import (
    at_svnr,
    au_tfn,
    jp_my_number,
    nl_bsn,
    nz_ird,
    pt_nif,
    uk_nhs,
)
from scrubber.validators.modulo_11_american import ar_cuit, br_cnpj, br_cpf, cl_rut
from scrubber.validators.modulo_97 import be_nrn, fr_nir
from scrubber.validators.name_codes import it_fiscal_code, mx_curp
from scrubber.validators.nz_nhi import nz_nhi
from scrubber.validators.personal_file import patient_file, personal_file
from scrubber.validators.phone import phone_international, phone_keyed, phone_national
from scrubber.validators.raw_bytes import raw_bytes
from scrubber.validators.secret import secret_literal, secret_value
from scrubber.validators.secret_like import secret_like, token_like
from scrubber.validators.site_account import named_account, owner_suffix, share_host, site_account
from scrubber.validators.us_numbers import aba_routing, us_dea, us_itin, us_npi, us_ssn
from scrubber.validators.user_name import account_name, user_name, user_value
from scrubber.validators.userinfo import url_user, userinfo
from scrubber.validators.vendor_key import vendor_key
from scrubber.validators.verhoeff import in_aadhaar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VALIDATORS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "aba_routing": aba_routing,
        "ar_cuit": ar_cuit,
        "at_svnr": at_svnr,
        "au_abn": au_abn,
        "au_acn": au_acn,
        "au_medicare": au_medicare,
        "au_tfn": au_tfn,
        "account_name": account_name,
        "aws_secret": aws_secret,
        "baltic_code": baltic_code,
        "be_nrn": be_nrn,
        "bg_egn": bg_egn,
        "br_cnpj": br_cnpj,
        "br_cpf": br_cpf,
        "bucket_name": bucket_name,
        "ca_sin": ca_sin,
        "card_number": card_number,
        "ch_ahv": ch_ahv,
        "cl_rut": cl_rut,
        "cn_resident_id": cn_resident_id,
        "cz_birth_number": cz_birth_number,
        "de_health_insurance": de_health_insurance,
        "de_id_card": de_id_card,
        "de_social_security": de_social_security,
        "de_tax_id": de_tax_id,
        "dk_cpr": dk_cpr,
        "dk_cpr_checked": dk_cpr_checked,
        "email_address": email_address,
        "email_host": email_host,
        "es_nie": es_nie,
        "es_nif": es_nif,
        "fi_personal_identity_code": fi_personal_identity_code,
        "flag_value": flag_value,
        "fr_nir": fr_nir,
        "hr_oib": hr_oib,
        "hub_owner": hub_owner,
        "iban_code": iban_code,
        "ie_pps": ie_pps,
        "il_id": il_id,
        "imei": imei,
        "in_aadhaar": in_aadhaar,
        "host_name": host_name,
        "ipv4": ipv4,
        "ipv4_dashed": ipv4_dashed,
        "ipv4_special": ipv4_special,
        "ipv4_version_like": ipv4_version_like,
        "ipv6": ipv6,
        "ipv6_special": ipv6_special,
        "it_fiscal_code": it_fiscal_code,
        "it_vat": it_vat,
        "jp_my_number": jp_my_number,
        "kr_rrn": kr_rrn,
        "kr_rrn_checked": kr_rrn_checked,
        "key_like": key_like,
        "mac_address": mac_address,
        "machine_name": machine_name,
        "mx_curp": mx_curp,
        "named_account": named_account,
        "nl_bsn": nl_bsn,
        "no_fodselsnummer": no_fodselsnummer,
        "nz_ird": nz_ird,
        "nz_nhi": nz_nhi,
        "owner_suffix": owner_suffix,
        "patient_file": patient_file,
        "personal_account": personal_account,
        "personal_file": personal_file,
        "phone_international": phone_international,
        "phone_keyed": phone_keyed,
        "phone_national": phone_national,
        "pl_pesel": pl_pesel,
        "pt_nif": pt_nif,
        "raw_bytes": raw_bytes,
        "ro_cnp": ro_cnp,
        "se_personnummer": se_personnummer,
        "secret_like": secret_like,
        "secret_literal": secret_literal,
        "secret_value": secret_value,
        "sg_nric_fin": sg_nric_fin,
        "share_host": share_host,
        "site_account": site_account,
        "th_tnin": th_tnin,
        "token_like": token_like,
        "tr_tckn": tr_tckn,
        "tw_national_id": tw_national_id,
        "uk_nhs": uk_nhs,
        "url_user": url_user,
        "us_dea": us_dea,
        "us_itin": us_itin,
        "us_npi": us_npi,
        "us_ssn": us_ssn,
        "user_name": user_name,
        "user_value": user_value,
        "userinfo": userinfo,
        "vendor_key": vendor_key,
        "za_id_number": za_id_number,
    }
)
"""Every check, by the name rules call it."""
