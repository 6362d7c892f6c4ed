"""
The limits of the GA4 Measurement Protocol, written down from its reference alone.

It shares no line with the package: a limit that was read wrongly there would be wrong here, too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from tests.telemetry.servers import Received

MEMBERS = {"client_id", "consent", "events", "non_personalized_ads"}
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
FOLLOWING = f"{LETTERS}0123456789_"
PREFIXES = ("_", "firebase_", "ga_", "google_", "gtag.")
RESERVED = {"app_remove", "error", "first_open", "first_visit", "session_start", "user_engagement"}


def faults(request: Received) -> list[str]:
    """Return a sentence for each limit that a request breaks."""
    parts = urlsplit(request.path)
    query = parse_qs(parts.query)
    body = json.loads(request.body.decode("utf-8", "strict"))
    found = []
    if parts.path != "/mp/collect" or sorted(query) != ["api_secret", "measurement_id"]:
        found.append("address")
    if request.headers.get("Content-Type") != "application/json":
        found.append("content type")
    if len(request.body) >= 130_000:
        found.append("size")
    if set(body) != MEMBERS:
        found.append("members")
    if body.get("consent") != {"ad_user_data": "DENIED", "ad_personalization": "DENIED"}:
        found.append("consent")
    if body.get("non_personalized_ads") is not True:
        found.append("personalized")
    if not isinstance(body.get("client_id"), str) or not body["client_id"]:
        found.append("client id")
    if not 1 <= len(body.get("events", ())) <= 25:
        found.append("number of events")
    return found + [fault for event in body.get("events", ()) for fault in _of_event(event)]


def _of_event(event: dict[str, Any]) -> list[str]:
    found = [f"event name: {fault}" for fault in _of_name(event["name"])]
    if event["name"] in RESERVED:
        found.append("reserved event")
    if set(event) != {"name", "params"}:
        found.append("members of an event")
    if len(event["params"]) > 25:
        found.append("number of parameters")
    for name, value in event["params"].items():
        found += [f"parameter name: {fault}" for fault in _of_name(name)]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            found.append("type of a value")
        if isinstance(value, str) and not 0 < len(value) <= 100:
            found.append("length of a value")
    return found


def _of_name(name: str) -> list[str]:
    found = []
    if not 1 <= len(name) <= 40:
        found.append("length")
    if name[:1] not in LETTERS or not set(name) <= set(FOLLOWING):
        found.append("characters")
    if name.startswith(PREFIXES):
        found.append("prefix")
    return found
