"""Events of clients for other languages: short ones of our own, in the form those clients send."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from scrubber import Identity, Scrubber
from tests.payloads import fixed, general, grouping, planted, shape, strings, survivors


def frames(*given: dict[str, Any]) -> dict[str, Any]:
    """Return a stack trace."""
    return {"frames": [{"lineno": 12 + place, **one} for place, one in enumerate(given)]}


def event(platform: str, exception: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an event with one exception."""
    base = {"event_id": "a1" * 16, "timestamp": 1_795_436_963.5, "platform": platform}
    return {**base, "level": "error", "exception": {"values": [exception]}, **more}


TOKEN: Final = "q1" * 12

PAYLOADS: Final = {
    "csharp": event(
        "csharp",
        {
            "type": "System.NullReferenceException",
            "value": "Object reference not set to an instance of an object.",
            "module": "System.Private.CoreLib, Version=8.0.0.0, Culture=neutral",
            "mechanism": {"type": "AppDomain.UnhandledException", "handled": False},
            "stacktrace": frames(
                {
                    "function": "async Task<Result> Orders.PlaceAsync(Order order)+MoveNext()",
                    "module": "Shop.Orders.OrderService",
                    "package": "Shop.Orders, Version=1.4.2.0, Culture=neutral",
                    "filename": "OrderService.cs",
                    "abs_path": r"C:\Users\vexlab7\source\Shop\OrderService.cs",
                    "in_app": True,
                },
                {
                    "function": "void List<T>.ForEach(Action<T> action)",
                    "module": "System.Collections.Generic.List`1",
                    "in_app": False,
                },
            ),
        },
        contexts={
            "runtime": {"name": ".NET", "version": "8.0.4", "raw_description": ".NET 8.0.4"},
            "os": {"raw_description": "Microsoft Windows 10.0.19045"},
            "culture": {"calendar": "GregorianCalendar", "display_name": "English (Ireland)"},
            "Current Culture": {"name": "en-IE"},
        },
        modules={"System.Runtime": "8.0.0.0", "Shop.Orders": "1.4.2.0"},
        server_name="DESKTOP-VEX7Q2L",
        user={"username": "vexlab7", "ip_address": "192.0.2.7"},
    ),
    "android": event(
        "java",
        {
            "type": "IllegalStateException",
            "value": "Fragment MainFragment{6f3ab1} not attached to a context.",
            "module": "java.lang",
            "thread_id": 2,
            "stacktrace": frames(
                {
                    "function": "lambda$onCreate$0$com-example-app-MainActivity",
                    "module": "com.example.app.MainActivity",
                    "filename": "MainActivity.java",
                    "in_app": True,
                },
                {"function": "main", "module": "android.app.ActivityThread", "native": False},
            ),
        },
        contexts={
            "device": {
                "name": "Jane's Pixel 7",
                "family": "Pixel",
                "model": "Pixel 7",
                "archs": ["arm64-v8a"],
                "boot_time": "2026-11-20T08:00:00.000Z",
                "timezone": "Europe/Dublin",
                "id": "0f" * 16,
            },
            "app": {"app_identifier": "com.example.app", "permissions": {"CAMERA": "granted"}},
        },
        threads={"values": [{"id": 2, "name": "main", "state": "RUNNABLE", "main": True}]},
        breadcrumbs=[{"category": "ui.click", "data": {"view.id": "buy_button"}, "level": "info"}],
    ),
    "go": event(
        "go",
        {
            "type": "*url.Error",
            "value": f'Get "https://example.com/v1?token={TOKEN}": dial tcp 192.0.2.7:443: refused',
            "stacktrace": frames(
                {
                    "function": "(*Client).fetch.func1",
                    "module": "github.com/example/shop/internal/api",
                    "abs_path": "/home/vexlab7/go/src/shop/internal/api/client.go",
                    "in_app": True,
                }
            ),
        },
        modules={"github.com/getsentry/sentry-go": "v0.27.0", "golang.org/x/sys": "v0.18.0"},
        contexts={"device": {"arch": "amd64", "num_cpu": 8}, "runtime": {"go_numroutines": 4}},
    ),
    "dart": event(
        "other",
        {
            "type": "_TypeError",
            "value": "type 'Null' is not a subtype of type 'String' in type cast",
            "stacktrace": frames(
                {
                    "function": "_CartState.build.<fn>",
                    "package": "shop",
                    "filename": "cart.dart",
                    "abs_path": "package:shop/widgets/cart.dart",
                    "in_app": True,
                },
                {"function": "<asynchronous suspension>", "abs_path": "<asynchronous suspension>"},
            ),
        },
        debug_meta={
            "images": [
                {
                    "type": "elf",
                    "code_id": "b680cb890f9e3c12a24b172d050dec73",
                    "debug_id": "cb80b680-9e0f-123c-a24b-172d050dec73",
                    "image_addr": "0x7000000000",
                    "code_file": "libapp.so",
                }
            ]
        },
    ),
}


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    """A scrubber that knows no machine."""
    return Scrubber(identity=Identity.none())


def scrubbed(scrubber: Scrubber, payload: dict[str, Any]) -> dict[str, Any]:
    """Scrub an event, and hold that nothing inside failed."""
    found = scrubber.scrub(payload)
    assert found is not None
    assert scrubber.failures == 0
    return found


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_keeps_what_a_debugger_needs(name: str, scrubber: Scrubber) -> None:
    """What it is grouped by, its shape, ids and moments; and a second time changes nothing."""
    found = scrubbed(scrubber, PAYLOADS[name])
    assert grouping(PAYLOADS[name]) == grouping(found)
    assert fixed(PAYLOADS[name]) == fixed(found)
    assert shape(PAYLOADS[name]) == shape(found)
    assert found == scrubbed(scrubber, found)


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_names_no_person_and_no_machine(name: str, scrubber: Scrubber) -> None:
    """Users in Windows paths and Go paths, names of machines and of phones, addresses."""
    text = json.dumps(scrubbed(scrubber, PAYLOADS[name]))
    planted_here = ("vexlab7", "DESKTOP-VEX7Q2L", "Jane", "192.0.2.7", TOKEN, "0f0f0f")
    assert [value for value in planted_here if value in text] == []


@pytest.mark.parametrize("name", ["csharp", "android", "go", "dart"])
def test_the_rest_of_a_payload_is_untouched(name: str, scrubber: Scrubber) -> None:
    """Versions, models, modules and the words of messages stay as they are."""
    text = json.dumps(scrubbed(scrubber, PAYLOADS[name]))
    kept = {
        "csharp": ["Object reference not set to an instance", "Windows 10.0.19045", "en-IE"],
        "android": ["MainFragment{6f3ab1} not attached", "Pixel 7", "arm64-v8a", "buy_button"],
        "go": ["dial tcp", "refused", "v0.27.0", "internal/api/client.go", "amd64"],
        "dart": ["is not a subtype of type", "package:shop/widgets/cart.dart", "libapp.so"],
    }[name]
    assert [words for words in kept if words not in text] == []


@pytest.mark.parametrize("name", PAYLOADS)
def test_nothing_planted_in_any_field_survives(name: str, scrubber: Scrubber) -> None:
    """A field that is kept for its form is not kept where it holds something else."""
    payload = {**PAYLOADS[name], "a_field_nobody_knows": {"deep": ["text"]}}
    places = {path: number for number, path in enumerate(strings(payload), 1)}
    found = scrubbed(scrubber, planted(payload, places))
    left = {general(path): survivors(found, number) for path, number in places.items()}
    assert {field: kept for field, kept in left.items() if kept} == {}
