"""
Anonymous usage events: which features are used, never by whom or on what.

    from scrubber.telemetry import Choice, Client, Event, GoogleAnalytics4, Number

    usage = Client(
        settings,
        GoogleAnalytics4(MEASUREMENT_ID, API_SECRET),
        [Event("train", {"task": Choice("detect", "segment"), "epochs": Number(0, 1000)})],
    )
    usage.record("train", task="detect", epochs=100)

This module only gives the public names, each fetched from its module when it is first asked for
(PEP 562).

Promise: importing it opens no socket and starts no thread.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.telemetry.anonymity import KAnonymous, rare
    from scrubber.telemetry.arguments import CommandLine
    from scrubber.telemetry.client import Client
    from scrubber.telemetry.consenting import Consent
    from scrubber.telemetry.description import (
        Allowed,
        Description,
        EventDescription,
        ParameterDescription,
    )
    from scrubber.telemetry.ga4 import GoogleAnalytics4
    from scrubber.telemetry.json_endpoint import JsonEndpoint
    from scrubber.telemetry.parameters import Choice, Flag, Flags, Number, PublicName
    from scrubber.telemetry.schema import Event
    from scrubber.telemetry.tally import Stats

_HOME = {
    "Allowed": "description",
    "Choice": "parameters",
    "Client": "client",
    "CommandLine": "arguments",
    "Consent": "consenting",
    "Description": "description",
    "Event": "schema",
    "EventDescription": "description",
    "Flag": "parameters",
    "Flags": "parameters",
    "GoogleAnalytics4": "ga4",
    "JsonEndpoint": "json_endpoint",
    "KAnonymous": "anonymity",
    "Number": "parameters",
    "ParameterDescription": "description",
    "PublicName": "parameters",
    "Stats": "tally",
    "rare": "anonymity",
}

__all__ = [
    "Allowed",
    "Choice",
    "Client",
    "CommandLine",
    "Consent",
    "Description",
    "Event",
    "EventDescription",
    "Flag",
    "Flags",
    "GoogleAnalytics4",
    "JsonEndpoint",
    "KAnonymous",
    "Number",
    "ParameterDescription",
    "PublicName",
    "Stats",
    "rare",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module 'scrubber.telemetry' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"scrubber.telemetry.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
