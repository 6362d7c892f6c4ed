"""What a server receives, and what it does not."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

from scrubber.telemetry import Choice, Client, Event, GoogleAnalytics4, JsonEndpoint, Stats
from scrubber.telemetry.system import system_fields
from tests.telemetry.clients import INSTALLATION, SCRUBBER, Choices, ga4_client, json_client
from tests.telemetry.ga4_rules import faults
from tests.telemetry.servers import PATIENCE, Received, Server, Silent, until

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = {
    "task": "segment",
    "epochs": 100,
    "images": 5000,
    "amp": True,
    "model": "yolov8n.pt",
    "data": "coco.yaml",
    "flags": ["epochs", "batch", "name"],
}
TOLD = {
    "task": "segment",
    "epochs": 100,
    "images": 100,
    "amp": 1,
    "model": "yolov8n",
    "data": "coco",
    "flags": "batch,epochs,+1",
}


def test_ga4_request_is_the_expected_one(server: Server) -> None:
    """One event is one request, member by member."""
    client = ga4_client(Choices(), server.url, app_version="8.3.1+jane")
    client.record("train", **GIVEN)
    assert client.flush(PATIENCE)
    (request,) = server.received
    assert request.path == "/mp/collect?measurement_id=G-EXAMPLE00&api_secret=not-a-secret"
    assert request.json == {
        "client_id": INSTALLATION,
        "non_personalized_ads": True,
        "consent": {"ad_user_data": "DENIED", "ad_personalization": "DENIED"},
        "events": [
            {
                "name": "train",
                "params": {
                    **TOLD,
                    **system_fields(),
                    "app_version": "8.3.1",
                    "engagement_time_msec": 1,
                },
            }
        ],
    }
    assert faults(request) == []
    assert client.stats() == Stats(recorded=1, sent=1, requests=1)
    client.close()


def test_json_request_is_the_expected_one(server: Server) -> None:
    """A server of one's own gets an id and events."""
    client = json_client(Choices(), server.url)
    client.record("train", **GIVEN)
    assert client.flush(PATIENCE)
    (request,) = server.received
    events = [{"name": "train", "params": {**TOLD, **system_fields()}}]
    assert request.json == {"installation_id": INSTALLATION, "events": events}
    client.close()


def test_headers_tell_nothing_of_the_machine(server: Server) -> None:
    """Only what HTTP needs, and the headers of the sink."""
    client = Client(
        Choices(),
        JsonEndpoint(server.url, headers={"X-App": "mylib"}),
        [Event("start")],
        force=True,
        linger=0,
        scrubber=SCRUBBER,
    )
    client.record("start")
    assert client.flush(PATIENCE)
    headers = server.received[0].headers
    assert sorted(headers) == [
        "Accept-Encoding",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Host",
        "User-Agent",
        "X-App",
    ]
    assert headers["User-Agent"] == "crashscrub"
    client.close()


def test_many_events_are_several_requests_within_the_limits(server: Server) -> None:
    """Sixty events go in requests of at most 25, and none is lost."""
    client = ga4_client(Choices(), server.url, burst=100, linger=60)
    for number in range(60):
        client.record("train", epochs=number)
    assert client.flush(PATIENCE)
    assert [fault for one in server.received for fault in faults(one)] == []
    assert [event["params"]["epochs"] for event in server.events] == list(range(60))
    assert client.stats().requests == len(server.received) >= 3
    client.close()


def test_the_widest_event_is_within_the_limits(server: Server) -> None:
    """As many parameters as there may be, with the longest names and values."""
    wide = {
        f"{'n' * 38}{at:02}": Choice("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 100) for at in range(20)
    }
    event = Event("e" * 40, wide)
    sink = GoogleAnalytics4("G-EXAMPLE00", "not-a-secret", url=server.url)
    client = Client(Choices(), sink, [event], force=True, linger=60, scrubber=SCRUBBER)
    for _ in range(40):
        client.record(event.name, **{name: kind.values[0] for name, kind in wide.items()})
    assert client.flush(PATIENCE)
    assert [fault for one in server.received for fault in faults(one)] == []
    assert len(server.received) > 2
    assert client.stats().sent == len(server.events) == 40
    client.close()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"user_id": "7"}, "members"),
        ({"ip_override": "192.0.2.1"}, "members"),
        ({"consent": {}}, "consent"),
        ({"events": [{"name": "a", "params": {}}] * 26}, "number of events"),
        ({"events": [{"name": "a" * 41, "params": {}}]}, "event name: length"),
        ({"events": [{"name": "error", "params": {}}]}, "reserved event"),
        ({"events": [{"name": "a", "params": {"x": "y" * 101}}]}, "length of a value"),
        ({"events": [{"name": "a", "params": {"1x": 1}}]}, "parameter name: characters"),
        ({"events": [{"name": "a", "params": {"x": True}}]}, "type of a value"),
        ({"events": [{"name": "a", "params": dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 1)}]},
         "number of parameters"),
    ],
)  # fmt: skip
def test_validator_sees_each_fault(change: dict[str, object], fault: str) -> None:
    """The validator of these tests is no rubber stamp."""
    good = {
        "client_id": "a",
        "non_personalized_ads": True,
        "consent": {"ad_user_data": "DENIED", "ad_personalization": "DENIED"},
        "events": [{"name": "a", "params": {}}],
    }
    path = "/mp/collect?measurement_id=G-A&api_secret=b"
    headers = {"Content-Type": "application/json"}
    assert faults(Received(path, headers, json.dumps(good).encode())) == []
    assert faults(Received(path, headers, json.dumps({**good, **change}).encode())) == [fault]


def test_what_was_sent_is_in_the_journal(server: Server) -> None:
    """The note is byte for byte what the server got."""
    choices = Choices()
    client = ga4_client(choices, server.url)
    client.record("export", format="onnx")
    assert client.flush(PATIENCE)
    host = server.url.split("/")[2]
    assert choices.noted == [("usage_events", server.received[0].body, host)]
    client.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(status: int) -> None:
    """The host that was named is the only one that gets anything."""
    with Server() as elsewhere, Server(status, {"Location": elsewhere.url}) as server:
        choices = Choices()
        client = ga4_client(choices, server.url)
        client.record("export")
        assert client.flush(PATIENCE)
        assert (len(server.received), elsewhere.received) == (1, [])
        assert client.stats() == Stats(recorded=1, refused=1)
        assert len(choices.noted) == 1  # it has left
        client.close()


def test_refusal_is_counted_and_not_tried_again() -> None:
    """A server in trouble is left alone."""
    with Server(500) as server:
        client = ga4_client(Choices(), server.url)
        client.record("export")
        assert client.flush(PATIENCE)
        assert (len(server.received), client.stats().refused) == (1, 1)
        client.close()


def test_proxy_is_not_asked_for_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes to loopback in plain text does not pass a proxy."""
    with Server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        client = ga4_client(Choices(), server.url)
        client.record("export")
        assert client.flush(PATIENCE)
        assert (len(server.received), proxy.received) == (1, [])
        client.close()


def test_proxy_is_asked_for_other_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `urllib` does it: by a tunnel, so that the proxy sees a host and no payload."""
    with Silent(b"HTTP/1.1 403 Forbidden\r\n\r\n") as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        choices = Choices()
        client = ga4_client(choices, "https://stats.example.com/mp/collect")
        client.record("export")
        assert client.flush(PATIENCE)
        assert proxy.taken[0].recv(1 << 16).startswith(b"CONNECT stats.example.com:443 ")
        assert client.stats().unreachable == 1
        assert choices.noted == []  # nothing of the payload has left
        client.close()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for loopback that nobody has signed, and its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate")
    file = tmp_path / "both.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "certificate")]
    subprocess.run(command, check=True, capture_output=True)
    file.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "certificate").read_bytes())
    return file


@pytest.mark.parametrize("trusted", [False, True], ids=["unknown", "trusted"])
def test_certificate_decides(
    trusted: bool,  # noqa: FBT001  # a parameter of a test
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HTTPS to a host whose certificate nobody signed sends nothing, and is counted."""
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Server()
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    with server:
        choices = Choices()
        client = ga4_client(choices, server.url.replace("http:", "https:"))
        client.record("export")
        assert client.flush(PATIENCE)
        if trusted:
            until(lambda: server.received)
            assert client.stats() == Stats(recorded=1, sent=1, requests=1)
        else:
            assert (server.received, choices.noted) == ([], [])
            assert client.stats() == Stats(recorded=1, untrusted=1)
        client.close()


def test_payload_is_what_is_sent_but_for_the_id(server: Server) -> None:
    """What a page shows is what leaves."""
    client = ga4_client(Choices(), server.url)
    client.record("train", **GIVEN)
    assert client.flush(PATIENCE)
    shown = client.payload("train", **GIVEN)
    zeros = "00000000-0000-0000-0000-000000000000"
    assert shown.replace(zeros.encode(), INSTALLATION.encode()) == server.received[0].body
    client.close()


def test_a_monitoring_sdk_of_the_program_adds_nothing(server: Server) -> None:
    """It replaces methods of the library, and would put its ids and its key on each request."""
    sdk = pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed")
    sdk.init("http://public@127.0.0.1:9/1", traces_sample_rate=1.0)
    try:
        test_headers_tell_nothing_of_the_machine(server)
    finally:
        sdk.get_client().close(timeout=0)
        sdk.get_global_scope().set_client(None)
