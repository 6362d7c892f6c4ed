"""The table of fields: checked as a whole, read as TOML is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import scrubber.units.fields as module
from scrubber.errors import UnitError
from scrubber.units.fields import KINDS, ROLES, TABLE, FieldTable, kind_of, read_shapes

WRITTEN = Path(module.__file__).with_name("sentry_fields.toml").read_bytes()


def test_the_table_is_read_as_toml_is() -> None:
    """What reads it faster reads the same."""
    shapes = read_shapes(WRITTEN)
    written = tomllib.loads(WRITTEN.decode())
    assert {name: set(shape.fields) for name, shape in shapes.items()} == {
        name: set(fields) - {"*"} for name, fields in written.items()
    }


def test_every_shape_is_used() -> None:
    """A table that nothing leads to would be thought to protect something."""
    told = WRITTEN.decode()
    for name in tomllib.loads(told):
        assert f"@{name}" in told or name in KINDS.values()


def test_every_role_is_used() -> None:
    """A role that no field has is tested by nobody."""
    roles = {
        field.role for shape in read_shapes(WRITTEN).values() for field in shape.fields.values()
    }
    assert roles == set(ROLES)


@pytest.mark.parametrize(
    "table",
    [
        b'[a]\nx = "keep"',
        b'[a]\nx = "keep anything"',
        b'[a]\nx = "text id"x',
        b'[a]\nx = "identity"',
        b'[a]\nx = "text USERNAME"',
        b'[a]\nx = "secret"',
        b'[a]\nx = "text @b"',
        b"[a]\nx = 1",
        b"x y",
    ],
)
def test_what_no_field_can_be_is_refused(table: bytes) -> None:
    """A slip in the table is found when it is read, not when something leaks."""
    with pytest.raises(UnitError):
        read_shapes(table)


def test_a_kind_nobody_knows_is_refused() -> None:
    """It would be scrubbed as something else."""
    with pytest.raises(UnitError):
        FieldTable().root("letter")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_shape(kind: str) -> None:
    """A hook that names one gets it."""
    assert TABLE.root(kind).shape is not None


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("event_id exception", "event"),
        ("event_id type spans", "event"),
        ("severity_text severity_number body attributes", "log"),
        ("timestamp trace_id level body attributes", "log"),
        ("timestamp name type value unit attributes", "metric"),
        ("trace_id span_id name start_timestamp attributes", "span"),
        ("type category message data timestamp level", "breadcrumb"),
        ("sid did init started", "session"),
        ("attrs aggregates", "session"),
        ("check_in_id monitor_slug status", "check_in"),
        ("profiler_id chunk_id profile", "profile_chunk"),
        ("discarded_events timestamp", "client_report"),
        ("message", "event"),
        ("", "event"),
    ],
)
def test_a_kind_is_told_by_its_fields(names: str, kind: str) -> None:
    """A hook is given a dictionary, and not what it is."""
    assert kind_of(dict.fromkeys(names.split())) == kind


@pytest.mark.parametrize(
    ("shape", "name", "entity"),
    [
        ("user", "id", "USERNAME"),
        ("user", "username", "USERNAME"),
        ("user", "email", "EMAIL_ADDRESS"),
        ("user", "name", "PERSON"),
        ("event", "server_name", "HOSTNAME"),
    ],
)
def test_who_somebody_is_is_told_by_the_place(shape: str, name: str, entity: str) -> None:
    """A name that is a word is replaced all the same."""
    field = read_shapes(WRITTEN)[shape].fields[name]
    assert (field.role, field.entity) == ("identity", entity)
