"""Is it a secret, or what stands in its place?"""

from __future__ import annotations

import random
import string

import pytest

from scrubber.validators.aws import aws_secret
from scrubber.validators.basic_pair import basic_pair
from scrubber.validators.secret import secret_literal, secret_value
from scrubber.validators.secret_like import secret_like, token_like
from scrubber.validators.userinfo import url_user, userinfo

BASE62 = string.ascii_letters + string.digits


@pytest.mark.parametrize(
    "value",
    [
        "hunter2",
        "swordfish",
        "super_secret",
        "correct horse battery",
        "p@$$w0rd!",
        "123456",
        "$ecretP4ss",
        "[abc123",
        "<x9",
        "!?%&@",
        "pässword",
        "/9xKq2/ab+c",
        "password123",
        "C3.14",
        "correct horse battery?!",
        "my dog Rex is 7!",
        "aes2x56",
        "PASSWORD1",
        "%q1w2e3",
        "LIVE_9F8E7D6C5B4A",
        "correct.horse.battery",
        "$super$ecret",
        "#gets0m3",
        "blue#horse",
        "'hunter2'",
        "xX9",
        "CC-1234abcd",
        "aws:iam9",
    ],
)
def test_values_that_nothing_speaks_against_are_secrets(value: str) -> None:
    """A strong key word makes a secret of any value without a reason against it."""
    assert secret_value(value)
    assert secret_literal(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "None",
        "null.",
        "true",
        "str",
        "0",
        "must",
        "Incorrect!",
        "isn't",
        "***",
        "xxxx",
        "...",
        "?",
        "****1234",
        "-->",
        "<password>",
        "{password}",
        "{0}",
        "{pw",
        "{{ vault_password }}",
        "#{password}",
        "${DB_PASSWORD}",
        "$(cat x)",
        "$DB_PASSWORD",
        "$dbpassword",
        "$env:X",
        "%PASSWORD%",
        "%s",
        "%s:%s",
        "%(password)s",
        "[Filtered]",
        "[redacted",
        "(hidden)",
        ":password",
        "@password",
        "Optional[str]",
        "password",
        "YOUR_API_KEY",
        "self.password",
        "args.api_key",
        "credentials.secret_key2",
        "request.form",
        "obj->passwd",
        "/run/secrets/db",
        "~/.pw",
        "./keys/db",
        "C:\\keys\\x",
        "//host/x",
        "server.pem",
        "$dir/private/cakey.pem#",
        "$1",
        "%w",
        "%+v:%q",
        "!Ref",
        '" + value + "',
        "', x, '",
        "\\S+",
        ".*/x",
        "required|min:6",
        "OPENAI_API_KEY",
        "ENCRYPTION_KEY_DEFAULT",
        "TEST_ENCRYPTION_KEY3",
        "NOT_IMPL",
        "X-API-Key",
        "AES-256",
        "sha256-rsa2048",
        "3DES",
        "asn1",
        "EOF",
        "your-api-key-here",
        "This field may not be blank.",
        "Forgot your password?",
        "Password must be at least 8 characters",
        "Unable to log in with provided credentials.",
        "Reset password",
        "Access token",
        "'$STAGING_PASSWORD'",
        "$accountKey",
        '\\$_POST["pw"]',
        "$BASE_URL/#/forgot",
        "{base64(user:pw",
        "&lt;YOURPASS&gt;",
        "<xs:element name=",
        "api_token =",
        "ENC[AES256_GCM",
        "hf_xxxxxxxxxxxx",
        "arn:aws:iam::aws:policy/Admin2",
        "members/passwords#edit",
        "sessions#create",
        "#add-password",
        "/fr/guide@2.1/login",
        "Apache-2.0",
        "GPL-3.0-or-later",
        "base64",
        "example_key",
        "json.value",
        "CRAM-MD5",
        "1*tchar",
    ],
)
def test_types_references_masks_and_sentences_are_no_secrets(value: str) -> None:
    """What real texts write in place of a secret is refused, quoted or not."""
    assert not secret_value(value)
    assert not secret_literal(value)


@pytest.mark.parametrize(
    "value",
    [
        "db_password",
        "adminPassword",
        "user-secret-value",
        "mock_key",
        "CryptoKey",
        "PrivateKeyTypes",
        "t.Any",
        "pw",
        "random_password.db.result",
        "identityToken",
        "index_url_user_password",
        "readPassword",
        "basepath",
        "servername",
        "foo",
    ],
)
def test_a_name_in_code_is_a_secret_only_in_quotes(value: str) -> None:
    """`password=db_password` passes a variable, `password="db_password"` a text."""
    assert not secret_value(value)
    assert secret_literal(value)


@pytest.mark.parametrize(
    ("value", "like", "token"),
    [
        ("hunter2", True, False),
        ("abc123def456", True, True),
        ("deadbeefcafe0123", True, True),
        ("DEADBEEFCAFE0123", True, True),
        ("aBcDeFgHiJkLmNoPqR", True, True),
        ("s3cr3t", True, False),
        ("s3cr3t!x9", True, True),
        ("layer12abc_3x", True, True),
        ("word_1234", False, False),
        ("my-secret", False, False),
        ("32000", False, False),
        ("1.5e-3ms", False, False),
        ("0x7f14ea5bed50", False, False),
        ("2026-01-01T12:00", False, False),
        ("gpt-4-turbo", False, False),
        ("CRAM-MD5", False, False),
        ("v1.2.3", False, False),
        ("meta-llama/Llama-2-7b", False, False),
        ("ModuleNotFoundError", False, False),
        ("args.token1", False, False),
        ("model.layers.0.self_attn.q_proj.weight", False, False),
        ("model.q7x2.k9", True, True),
        ("[PAD]", False, False),
        ("node.children[-1].remove1()", False, False),
        ("release-1a2b3c4d", True, False),
        ("release-1a2b3c4d5", True, True),
        ("abc12", False, False),
        ("two words 1", False, False),
        ("</s>", False, False),
    ],
)
def test_made_up_texts_are_told_from_names_and_numbers(
    value: str, *, like: bool, token: bool
) -> None:
    """How letters and digits mix tells secrets from names; a token needs more of it."""
    assert (secret_like(value), token_like(value)) == (like, token)


@pytest.mark.parametrize(
    ("alphabet", "length"),
    [
        (BASE62, 16),
        (BASE62, 32),
        (BASE62 + "-_", 16),
        (string.ascii_uppercase + "234567", 16),
        ("0123456789abcdef", 16),
    ],
)
def test_random_texts_look_random(alphabet: str, length: int) -> None:
    """At least nine in ten random texts are accepted, in every alphabet tokens are made of."""
    rng = random.Random(0)  # noqa: S311  # texts for a test
    texts = ["".join(rng.choices(alphabet, k=length)) for _ in range(2000)]
    assert sum(map(token_like, texts)) >= 0.9 * len(texts)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("jane:hunter2", True),
        ("git:hunter2", True),
        (":hunter2", True),
        ("jane:***", True),
        ("user:***", False),
        ("user:password", False),
        ("${USER}:${PASSWORD}", False),
        (":", False),
    ],
)
def test_the_user_part_of_a_url(value: str, *, expected: bool) -> None:
    """It is a finding when the password or the user is more than a stand-in."""
    assert userinfo(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("jane", True), ("jane%40example.com", True), ("git", False), ("$USER", False), ("", False)],
)
def test_users_of_urls(value: str, *, expected: bool) -> None:
    """Accounts of services and templates name no one."""
    assert url_user(value) is expected


def test_aws_secrets_are_random_base64() -> None:
    """Random texts of 40 characters are accepted but for one in 500."""
    rng = random.Random(0)  # noqa: S311  # texts for a test
    texts = ["".join(rng.choices(BASE62 + "+/", k=40)) for _ in range(2000)]
    assert sum(map(aws_secret, texts)) >= len(texts) - 4


@pytest.mark.parametrize(
    "value",
    ["0123456789abcdef0123456789abcdef01234567", "A" * 40, "aA0" * 13 + "a", "aA0", "x" * 41],
)
def test_hashes_and_repetitions_are_no_aws_secrets(value: str) -> None:
    """Hex, one case, few different characters and other lengths are refused."""
    assert not aws_secret(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("amFuZTpodW50ZXIy", True),
        ("amFuZTp4eXp6eQ", True),
        ("amFuZTp4eXp6eQ==", True),
        ("Authentication", False),
        ("YWJjZGVmZ2hpamts", False),
        ("amFuZTo=", False),
        ("OnNlY3JldHh5", False),
        ("/////w==", False),
        ("a", False),
        ("", False),
    ],
)
def test_basic_pair(value: str, expected: bool) -> None:  # noqa: FBT001  # what is expected
    """A user, a colon and a password, printable; padded or not."""
    assert basic_pair(value) is expected
