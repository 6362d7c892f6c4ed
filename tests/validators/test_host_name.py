"""Can a text be the name of somebody's machine?"""

from __future__ import annotations

import pytest

from scrubber.validators.host_name import host_name


@pytest.mark.parametrize(
    "name",
    [
        "lab-gpu01",
        "LabX",
        "gandalf",
        "db01.example.com",
        "Janes-MacBook-Pro.local",
        "ip-10-0-0-1.ec2.internal",
        "ec2-192-0-2-34.cn-north-1.compute.amazonaws.com.cn",
        "proxy.cs.example.edu",
        "google.example.com",
        "cdn7.example.com",
        "static-analytics",
        "trello",
    ],
)
def test_machines_have_names(name: str) -> None:
    """What somebody called a machine is a host name."""
    assert host_name(name)


@pytest.mark.parametrize("name", ["localhost", "ip6-allnodes", "host.docker.internal", "wpad"])
def test_the_local_machine_is_nobodys(name: str) -> None:
    """Names every machine has for itself name none."""
    assert not host_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "pypi.org",
        "files.pythonhosted.org",
        "HuggingFace.co",
        "api.openai.com.",
        "s3.us-east-1.amazonaws.com",
        "www.google.de",
        "www.google.com.hk",
        "ssl.google-analytics.com",
        "i.somecdn.com",
        "img72.com",
        "c.trello.com",
    ],
)
def test_public_services_stay(name: str) -> None:
    """Whoever debugs a download must see from where, and everybody uses these."""
    assert not host_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "memory",
        "str",
        "None",
        "self.host",
        "args.host",
        "DB_HOST",
        "get_hostname",
        "192.0.2.1",
        "8080",
        "1a2b3c4d5e6f",
        "2.1.0rc1",
        "server.py",
        "{host}",
        "$HOST",
        "",
    ],
)
def test_words_code_numbers_and_templates_are_no_hosts(name: str) -> None:
    """What stands after the key words in English and in sources names no machine."""
    assert not host_name(name)
