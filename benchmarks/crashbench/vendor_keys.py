"""
Keys of vendors in their published formats, check characters included, made from chance.

Promise: no key of two splits is of one vendor, and none is written out here: a scanner of secrets
finds nothing in this file.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from .chance import ALNUM, BASE32, BASE64, DIGITS, HEX, LETTERS, LOWER, UPPER, URLSAFE

if TYPE_CHECKING:
    from collections.abc import Callable

    from .cases import Split
    from .chance import Chance

BASE62: Final = DIGITS + UPPER + LOWER
LOWNUM: Final = DIGITS + LOWER
UPNUM: Final = DIGITS + UPPER


def base62(number: int, width: int) -> str:
    """Write a number in base 62, digits before upper before lower case, as GitHub does."""
    out = ""
    while number:
        number, digit = divmod(number, 62)
        out = BASE62[digit] + out
    return out.rjust(width, "0")


def _checked(prefix: str) -> Callable[[Chance], str]:
    """Make keys that end with the CRC-32 of their random part in base 62 (GitHub, npm)."""

    def make(chance: Chance) -> str:
        body = chance.text(ALNUM, 30)
        return prefix + body + base62(binascii.crc32(body.encode()), 6)

    return make


def _grafana(chance: Chance) -> str:
    body = chance.text(ALNUM, 32)
    return f"glsa_{body}_{binascii.crc32(body.encode()):08x}"


def _atlassian(chance: Chance) -> str:
    body = "ATATT3x" + "FfGF0" + chance.text(URLSAFE, 175)
    return f"{body}={binascii.crc32(body.encode()):08X}"


def _pypi(chance: Chance) -> str:
    caveat = b'{"permissions": "user", "version": 1}'
    packet = b"\x02\x01\x08pypi.org\x02\x10" + chance.data(16) + b"\x06" + caveat + chance.data(32)
    return "pypi-" + base64.urlsafe_b64encode(packet).decode().rstrip("=")


def _jwt_part(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def jwt(chance: Chance) -> str:
    """Make a JSON web token of this decade."""
    kind = chance.pick(("HS256", "RS256", "ES256"))
    head = _jwt_part(f'{{"alg":"{kind}","typ":"JWT"}}')
    issued = 1_750_000_000 + chance.below(40_000_000)
    claims = f'{{"sub":"{chance.text(DIGITS, 10)}","iat":{issued},"exp":{issued + 3600}}}'
    length = 342 if kind == "RS256" else 86 if kind == "ES256" else 43
    return f"{head}.{_jwt_part(claims)}.{chance.text(URLSAFE, length)}"


def pem(chance: Chance, kind: str) -> str:
    """Make a private key in PEM."""
    size = chance.between(300, 900)
    lines = base64.b64encode(b"\x30\x82\x04\xa3\x02\x01\x00" + chance.data(size)).decode()
    body = "\n".join(lines[at : at + 64] for at in range(0, len(lines), 64))
    name = f"{kind} PRIVATE KEY".strip()
    return f"-----BEGIN {name}-----\n{body}\n-----END {name}-----"


def _form(*parts: str | tuple[str, int]) -> Callable[[Chance], str]:
    """Make keys of fixed words, and of random text over an alphabet of a length."""

    def make(chance: Chance) -> str:
        return "".join(p if isinstance(p, str) else chance.text(*p) for p in parts)

    return make


VENDORS: Final[dict[Split, dict[str, Callable[[Chance], str]]]] = {
    "dev": {
        "GitHub personal": _checked("ghp_"),
        "AWS access key": _form("AKIA", (BASE32, 16)),
        "Slack bot": _form("xoxb-", (DIGITS, 12), "-", (DIGITS, 13), "-", (ALNUM, 24)),
        "Stripe": _form("sk_live_", (ALNUM, 24)),
        "OpenAI": _form("sk-proj-", (URLSAFE, 74), "T3BlbkFJ", (URLSAFE, 74)),
        "PyPI": _pypi,
        "GitLab": _form("glpat-", (URLSAFE, 20)),
        "SendGrid": _form("SG.", (URLSAFE, 22), ".", (URLSAFE, 43)),
        "Databricks": _form("dapi", (HEX, 32)),
        "DigitalOcean": _form("dop_v1_", (HEX, 64)),
        "Shopify": _form("shpat_", (HEX, 32)),
        "Telegram bot": _form((DIGITS[1:], 1), (DIGITS, 9), ":AA", (URLSAFE, 33)),
        "Linear": _form("lin_api_", (ALNUM, 40)),
        "New Relic": _form("NRAK-", (UPNUM, 27)),
        "Grafana": _grafana,
        "HashiCorp Vault": _form("hvs.", (URLSAFE, 95)),
        "Docker Hub": _form("dckr_pat_", (URLSAFE, 27)),
        "Replicate": _form("r8_", (ALNUM, 37)),
        "Sentry user": _form("sntryu_", (HEX, 64)),
        "Figma": _form("figd_", (URLSAFE, 40)),
        "Doppler": _form("dp.pt.", (ALNUM, 43)),
        "Square": _form("sq0atp-", (URLSAFE, 22)),
        "Airtable": _form("pat", (ALNUM, 14), ".", (HEX, 64)),
        "Azure client secret": _form((ALNUM, 3), "8Q~", (ALNUM + "_~.-", 31), (ALNUM, 3)),
        "Brevo": _form("xkeysib-", (HEX, 64), "-", (ALNUM, 16)),
    },
    "test": {
        "GitHub app": _checked("ghs_"),
        "npm": _checked("npm_"),
        "AWS temporary key": _form("ASIA", (BASE32, 16)),
        "Google API": _form("AIza", (URLSAFE, 35)),
        "Google OAuth client": _form("GOCSPX-", (URLSAFE, 28)),
        "Slack user": _form(
            "xoxp-", (DIGITS, 12), "-", (DIGITS, 12), "-", (DIGITS, 13), "-", (HEX, 32)
        ),
        "Anthropic": _form("sk-ant-api03-", (URLSAFE, 93), "AA"),
        "Hugging Face": _form("hf_", (LETTERS, 34)),
        "Twilio": _form("SK", (HEX, 32)),
        "Atlassian": _atlassian,
        "Postman": _form("PMAK-", (HEX, 24), "-", (HEX, 34)),
        "Notion": _form("ntn_", (DIGITS, 11), (ALNUM, 35)),
        "Terraform Cloud": _form((ALNUM, 14), ".atlasv1.", (ALNUM + "-_=", 66), (ALNUM, 1)),
        "Pulumi": _form("pul-", (HEX, 40)),
        "Groq": _form("gsk_", (ALNUM, 52)),
        "RubyGems": _form("rubygems_", (HEX, 48)),
        "Mailgun": _form("key-", (HEX, 32)),
        "LangSmith": _form("lsv2_pt_", (HEX, 32), "_", (HEX, 10)),
        "PlanetScale": _form("pscale_tkn_", (ALNUM, 43)),
        "Supabase": _form("sbp_", (HEX, 40)),
        "age": _form("AGE-SECRET-KEY-1", ("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)),
        "Tailscale": _form("tskey-auth-k", (ALNUM, 11), "CNTRL-", (ALNUM, 32)),
        "Azure storage": _form("AccountKey=", (BASE64, 86), "=="),
        "Discord webhook": _form(
            "https://discord.com/api/webhooks/", (DIGITS, 18), "/", (URLSAFE, 68)
        ),
        "Shippo": _form("shippo_live_", (HEX, 40)),
        "EasyPost": _form("EZAK", (ALNUM, 54)),
        "Mapbox": _form("sk.eyJ", (ALNUM, 58), ".", (URLSAFE, 22)),
        "Alibaba": _form("LTAI", (ALNUM, 20)),
        "Prefect": _form("pnu_", (LOWNUM, 36)),
    },
}
