"""
Mailboxes without a domain: `jane@mail01`, but not those that every machine has.

Where a word for e-mail stands before it, an account at a bare host is an address. The accounts
that systems create (`root@localhost`) say nothing about a person and much about the fault.

Promise: only accounts that are nobody's and marks of versions are refused.
"""

from __future__ import annotations

from scrubber.validators.account import personal_account


def email_host(value: str) -> bool:
    """Tell whether an account at a host without a domain is a person's mailbox.

    Args:
        value: account, `@`, host.

    Returns:
        Whether the account can be a person's and the host is no number.

    >>> email_host("jane@mail01"), email_host("root@localhost"), email_host("app@2")
    (True, False, False)
    """
    account, _, host = value.rpartition("@")
    if account.casefold() in {"git", "hg", "postmaster", "mailer-daemon", "daemon"}:
        return False
    return personal_account(account) and bool(host) and not host.isdecimal()
