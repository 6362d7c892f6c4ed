"""Fields are sensitive by their names, and never by accident: `scrubber.units.keys`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.units.keys import KeyIndex, sensitive_key

INDEX = KeyIndex.from_rules(
    [
        (
            [
                "token",
                "access_token",
                "password",
                "passwd",
                "pwd",
                "secret",
                "api_key",
                "authorization",
                "set-cookie",
                "cookie",
                "session id",
                "2fa_code",
                "pass",
                "auth_tokens",
                "密码",
                "пароль",
                "contraseña",
            ],
            "SECRET",
        ),
        (["email", "e-mail address"], "EMAIL_ADDRESS"),
        (["pin", "passwort", "password"], "PIN"),
    ]
)


SENSITIVE = """
    token TOKEN access_token accessToken AccessToken accesstoken ACCESSTOKEN x-access-token token_2
    password DB_PASSWORD dbpassword dbPassword DBPassword password1 password12_3 pass_word
    rabbitmqpassword forgot.password passwd pgpasswd mysqlpwd clientSecret client_secret
    clientsecret X-Api-Key x_api_key api-key apikey APIKEY openaiApiKey openaiapikey API_KEY_3
    myopenaiapikey Authorization HTTP_AUTHORIZATION proxy-authorization Set-Cookie set_cookie
    setcookie Cookie sessionId PHP_SESSION_ID phpsessionid 2fa_code 2faCode user[password]
    config.db.password --password password: password[] oauth2_token eos.access_token
    new_token HF_TOKEN first.access_token auth_tokens userAuthTokens DB_PASS smtpPass user1_pass
    mypass p12_pass pass Pass 密码 用户密码 db_密码 пароль Пароль user_пароль contrase\u00f1a
    contrasen\u0303a DB_PWD pwd db_pwd Pwd
"""


@pytest.mark.parametrize("name", SENSITIVE.split())
def test_a_name_that_ends_in_a_key_is_sensitive(name: str) -> None:
    """Separators, capitals, digits and glued prefixes do not hide a key."""
    assert sensitive_key(name, INDEX) == "SECRET"


ORDINARY = """
    tokenizer tokenizers author authors authority max_tokens tokens num_tokens token_count
    tokens_per_second time_per_token pad_token eos_token bos_token unk_token sep_token cls_token
    mask_token next_token nextToken nexttoken padtoken eos_token_2 pad_token_id special_token
    password_file passwordFile passwordless password_less secret_name secrets secretary spin
    pinned p_in pi_n opinion copin cookiecutter cookies betoken subtoken nonsecret key monkey
    TOKENIZERS_PARALLELISM AUTHOR SSH_AUTH_SOCK api keyboard apikeyboard api_keyring lineno
    filename function email_sent 2 ___ -
    last_token inputToken FIRST_TOKEN draft_token image_token prev_token start_token end_token
    target_token output_token current_token page_token position_token access_tokens forward_pass
    first_pass CurrentPass graph_pass is_pass pass_rate passes lowpass bypass PWD OLDPWD
    led_pin gpio_pin dataPin pin_memory 密码学
"""


@pytest.mark.parametrize("name", ORDINARY.split())
def test_a_name_that_only_resembles_a_key_is_not_sensitive(name: str) -> None:
    """A key inside a word, or before the last word, says nothing about the value."""
    assert sensitive_key(name, INDEX) is None


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("user email", "EMAIL_ADDRESS"),
        ("useremail", "EMAIL_ADDRESS"),
        ("E-Mail-Address", "EMAIL_ADDRESS"),
        ("card_pin", "PIN"),
        ("mypin", "PIN"),
        ("bank_pin", "PIN"),
        ("cardPin2", "PIN"),
        ("2_pin", "PIN"),
        ("data_pin", None),
        ("PASSWORT", "PIN"),
        ("\uff50\uff49\uff4e", "PIN"),
        ("Großes-Passwort", "PIN"),
        ("", None),
        ("парольный", None),
    ],
)
def test_a_key_names_the_entity_of_its_rule(name: str, entity: str | None) -> None:
    """Words are compared without case, and full-width letters are letters."""
    assert sensitive_key(name, INDEX) == entity


def test_the_first_rule_with_a_key_decides() -> None:
    """Two rules may list one key: the order of rules settles it."""
    index = KeyIndex.from_rules([(["a key"], "FIRST"), (["a_key"], "SECOND")])
    assert sensitive_key("aKey", index) == "FIRST"


def test_the_longest_key_decides() -> None:
    """`card token` is more than `token`."""
    index = KeyIndex.from_rules([(["token"], "SECRET"), (["card_token"], "CREDIT_CARD")])
    assert sensitive_key("my_card_token", index) == "CREDIT_CARD"
    assert sensitive_key("mycardtoken", index) == "CREDIT_CARD"


def test_a_key_that_says_next_token_is_believed() -> None:
    """What a rule lists outright is not excused."""
    index = KeyIndex.from_rules([(["token", "next_token"], "SECRET")])
    assert sensitive_key("nextToken", index) == "SECRET"


@pytest.mark.parametrize("keys", [[], [""], ["--", "_"]])
def test_a_key_without_letters_names_nothing(keys: list[str]) -> None:
    """An empty key would otherwise end every name."""
    assert sensitive_key("password", KeyIndex.from_rules([(keys, "SECRET")])) is None


def test_letters_beyond_any_prefix_are_not_prefixes() -> None:
    """Glued prefixes are tried for a bounded length only."""
    assert sensitive_key("my" * 12 + "token", INDEX) == "SECRET"
    assert sensitive_key("my" * 13 + "token", INDEX) is None


@pytest.mark.parametrize("name", ["1_" * 500_000, "a" * 1_000_000, "aB" * 500_000, "-" * 1_000_000])
def test_a_long_name_is_judged_at_once(name: str) -> None:
    """The time is linear: a megabyte of name takes no noticeable time."""
    assert sensitive_key(name, INDEX) is None


@pytest.mark.parametrize("name", ["PWD", "OLDPWD", "PWD (2)", "OLDPWD(3)"])
def test_the_folder_of_a_process_is_no_password(name: str) -> None:
    """In an environment `PWD` is where the program runs; a crash report needs it."""
    assert sensitive_key(name, INDEX) is None


@given(st.text(max_size=20))
def test_any_name_before_a_key_leaves_it_sensitive(before: str) -> None:
    """Words in front, whatever they are, say only whose password it is."""
    assert sensitive_key(f"{before}_password", INDEX) == "SECRET"


@given(st.text(max_size=20) | st.just("key 1"), st.integers(2, 99))
def test_numbering_a_name_does_not_change_the_verdict(name: str, number: int) -> None:
    """Keys that collide are numbered, and scrubbing again must find the same."""
    index = KeyIndex.from_rules([(["token", "key1"], "SECRET")])
    assert sensitive_key(f"{name} ({number})", index) == sensitive_key(name, index)
