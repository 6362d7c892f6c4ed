"""Which variables hold a secret, and which part of their value is one."""

from __future__ import annotations

import json

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.machine import Machine
from scrubber.identity.secret_values import MOST_PARTS, secret_name

SECRET = "k7Qm2x" + "Vb9Lr4Tz"
LONG = "k7Qm2xVb9" + "Lr4TzW8s" + "Yp3Nf6"
WORD = "correct-horse" + "-battery"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PASSWORD", True),
        ("DB_PASSWORD", True),
        ("DB_PASSWORD_1", True),
        ("PGPASSWORD", True),
        ("MYSQL_PWD", True),
        ("REDIS_PASS", True),
        ("github_token", True),
        ("GITHUB_TOKEN_PROD", True),
        ("clientSecret", True),
        ("AWS_SECRET_ACCESS_KEY", True),
        ("OPENAI_API_KEY", True),
        ("OPENAIAPIKEY", True),
        ("SSH_PRIVATE_KEY_B64", True),
        ("SENTRY_DSN", True),
        ("NPM_AUTH", True),
        ("GOOGLE_CREDENTIALS_JSON", True),
        ("VAULT_SECRET_ID", True),
        ("TOKENIZERS_PARALLELISM", False),
        ("SSH_AUTH_SOCK", False),
        ("AUTHOR", False),
        ("GIT_AUTHOR_NAME", False),
        ("XAUTHORITY", False),
        ("GPG_AGENT_INFO", False),
        ("PASSWORD_FILE", False),
        ("TOKEN_PATH", False),
        ("AWS_ACCESS_KEY_ID", False),
        ("MAX_TOKENS", False),
        ("PAD_TOKEN", False),
        ("PWD", False),
        ("OLDPWD", False),
        ("COMPASS", False),
        ("PATH", False),
        ("", False),
        ("_", False),
    ],
)
def test_name_of_a_secret(name: str, *, expected: bool) -> None:
    """Whole words at the end of the name decide."""
    assert secret_name(name) is expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DB_PASSWORD", SECRET, (SECRET,)),
        ("DB_PASSWORD", f'"{SECRET}"', (SECRET,)),
        ("DB_PASSWORD", WORD, (WORD,)),
        ("DB_PASSWORD", "two words here", ("two words here",)),
        ("DB_PASSWORD", "short7!", ()),
        ("DB_PASSWORD", "12345678", ()),
        ("DB_PASSWORD", "3.141592653", ()),
        ("DB_PASSWORD", "production", ()),
        ("DB_PASSWORD", "xxxxxxxxxx", ()),
        ("DB_PASSWORD", "**********", ()),
        ("DB_PASSWORD", "${DB_PASSWORD}", ()),
        ("DB_PASSWORD", "<password>", ()),
        ("DB_PASSWORD", "/run/secrets/db", ()),
        ("DB_PASSWORD", "~/.secrets/db", ()),
        ("DB_PASSWORD", "C:\\secrets\\db", ()),
        ("DB_PASSWORD", "/" + SECRET, ("/" + SECRET,)),
        ("AUTH_TOKEN", f"Bearer {LONG}", (LONG,)),
        ("ENABLE_AUTH", "disabled", ()),
        ("WANDB_KEY", LONG, (LONG,)),
        ("CACHE_KEY", "train-images-v2", ()),
        ("DATABASE_URL", f"postgres://u7:{SECRET}@db.example.com/x", (SECRET,)),
        ("DATABASE_URL", "postgres://db.example.com/x", ()),
        ("API_TOKEN", "https://example.com/token", ()),
        ("SENTRY_DSN", f"https://{LONG}@sentry.example.com/1", (LONG,)),
        ("CALLBACK", "https://some-tenant-of-ours@sentry.example.com/1", ()),
        ("DB_PASSWORD", "k7Qz" * 20_000, ()),
        ("CALLBACK", f"https://example.com/x?a=1&token={SECRET}", (SECRET,)),
        ("CALLBACK", "https://example.com/x?token=a%2Fb%2Fc9d8", ("a%2Fb%2Fc9d8", "a/b/c9d8")),
        ("CONNECTION_STRING", f"Name=x;Key={LONG}", (LONG, f"Name=x;Key={LONG}")),
        ("USER_NAME", LONG, ()),
        ("TOKENIZERS_PARALLELISM", "disabled", ()),
    ],
)
def test_value_of_a_secret(name: str, value: str, expected: tuple[str, ...]) -> None:
    """No number, path, mask, word or URL; of a URL the password alone."""
    assert collect(Machine.of({name: value})).secrets == expected


def test_json_gives_its_keys() -> None:
    """What is named a secret whatever it is, and else what is long and looks random."""
    document = json.dumps(
        {"type": "service_account", "password": SECRET, "list": [{"x": LONG}], "n": 7}
    )
    assert collect(Machine.of({"GCP_CREDENTIALS": document})).secrets == (SECRET, LONG)
    broken = document[:-1]
    assert collect(Machine.of({"GCP_CREDENTIALS": broken})).secrets == (LONG,)


def test_json_that_is_too_deep_is_read_as_text() -> None:
    """No source fails for it."""
    identity = collect(Machine.of({"API_TOKEN": f'{"[" * 60_000}"{LONG}"'}))
    assert (identity.secrets, identity.failures) == ((LONG,), 0)


@pytest.mark.parametrize("newline", ["\n", "\\n", "\r\n"])
def test_key_of_several_lines_gives_its_lines(newline: str) -> None:
    """At most `MOST_PARTS`; the head and a short last line are none."""
    lines = [f"{LONG}{number:02}" for number in range(20)]
    key = newline.join(("-----BEGIN " + "PRIVATE KEY-----", *lines, "ab==", "-----END-----"))
    assert collect(Machine.of({"SSH_KEY": "x", "TLS_PRIVATE_KEY": key})).secrets == (
        *lines[:MOST_PARTS],
    )


def test_long_secret_is_given_in_pieces() -> None:
    """Each as long as a value may be, and nothing is left out."""
    secret = "k7Qz" * 1500
    assert collect(Machine.of({"DB_PASSWORD": secret})).secrets == (secret[:4096], secret[4096:])


def test_path_that_exists_is_no_secret() -> None:
    """Wherever it lies."""
    value = "/" + SECRET
    machine = Machine(environ={"DB_PASSWORD": value}, exists=lambda path: path == value)
    assert collect(machine).secrets == ()
