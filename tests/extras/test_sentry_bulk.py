"""Images and bulk data in local variables, through a real sentry-sdk into a transport of our own.

Each release of the SDK has its own ways around a hook, so the whole serialised event is searched.
"""

from __future__ import annotations

import dataclasses
import inspect
import io
import json
import re
from collections import OrderedDict, UserDict, deque, namedtuple
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.integrations.sentry.raw_events import summarised
from scrubber.integrations.sentry.summaries import repr_processor, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

np = pytest.importorskip("numpy")
sdk: Any = pytest.importorskip("sentry_sdk")
serializer: Any = pytest.importorskip("sentry_sdk.serializer")
transport: Any = pytest.importorskip("sentry_sdk.transport")

# No name of a field, no line number and no dimension reads like one of these.
PIXEL = 173
ROW = (173, 219, 207)
BYTES = bytes(ROW) * (640 * 480)
SMALL = bytes(ROW) * (64 * 48)
SHOWN = re.compile(
    r"\b(?:173|219|207)(?:\.0*)?\b(?!\.\d)|\\+xad|\\+xdb|\\+xcf|\\u00ad|\\u00db|\\u00cf|rdvP|addbcf",
    re.IGNORECASE,
)
KNOWS_CUSTOM_REPR = "custom_repr" in inspect.signature(serializer.serialize).parameters or (
    "custom_repr" in sdk.consts.DEFAULT_OPTIONS
)
OPTIONS: list[dict[str, Any]] = [
    {"max_value_length": None},
    {"max_request_body_size": "always"},
    {"add_full_stack": True},
]


class Kept(transport.Transport):  # type: ignore[misc]
    """Keeps events."""

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        """Begin with none."""
        super().__init__(options)
        self.events: list[dict[str, Any]] = []

    def capture_envelope(self, envelope: Any) -> None:  # noqa: ANN401
        """Keep the event of an envelope, as it would be sent."""
        for item in envelope.items:
            payload = json.loads(item.payload.get_bytes())
            if payload.get("type") != "transaction":
                self.events.append(payload)

    def capture_event(self, event: dict[str, Any]) -> None:
        """Keep an event, for releases that ask for this."""
        self.events.append(event)


@contextmanager
def caught(
    *,
    ours: bool = True,
    custom: bool = True,
    **options: Any,  # noqa: ANN401
) -> Iterator[list[dict[str, Any]]]:
    """Set a client up that keeps what it sends, and take everything back after."""
    kept = Kept()
    if ours and custom and KNOWS_CUSTOM_REPR:
        options["custom_repr"] = wrapped(options.get("custom_repr"))
    before = list(serializer.global_repr_processors)
    if ours:
        serializer.add_global_repr_processor(repr_processor)
    client = sdk.Client(
        dsn="http://key@127.0.0.1:1/1", transport=kept, default_integrations=False, **options
    )
    try:
        with sdk.isolation_scope() as scope:
            scope.set_client(client)
            yield kept.events
    finally:
        client.close(timeout=0)
        serializer.global_repr_processors[:] = before


def crash(batch: object) -> None:
    """Crash with a local variable, and nothing else in the frames."""

    def train(batch: object) -> None:
        raise ValueError(type(batch).__name__)

    try:
        train(batch)
    except ValueError as error:
        sdk.capture_exception(error)


def crashes(held: Iterable[object], **options: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Crash once with each local variable and give the events."""
    with caught(**options) as events:
        for one in held:
            crash(one)
    return events


def crashed(local: object, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    """Crash with a local variable and give the event."""
    (event,) = crashes([local], **options)
    return event


def deeper(planted: object, wrap: Callable[[Any], object]) -> list[object]:
    """Give an object at every depth from 0 to 8."""
    row = [planted]
    for _ in range(8):
        row.append(wrap(row[-1]))
    return row


def leaks(event: dict[str, Any]) -> list[str]:
    """Give what shows a pixel, with what stands around it; ids and times are left out."""
    ids = {"event_id", "timestamp", "sdk", "contexts", "modules", "breadcrumbs", "server_name"}
    text = json.dumps({name: part for name, part in event.items() if name not in ids})
    return [text[max(0, at.start() - 40) : at.end() + 20] for at in SHOWN.finditer(text)]


def vars_of(event: dict[str, Any]) -> Any:  # noqa: ANN401
    """Give the local variable that was planted."""
    return event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["vars"]["batch"]


@dataclasses.dataclass
class Config:
    """A class of settings, with something in it."""

    held: object
    rate: float = 0.1


Pair = namedtuple("Pair", ["left", "right"])  # noqa: PYI024  # the older way, too


class Settings(dict[str, object]):
    """A mapping of one's own."""


class Verbose:
    """A class that prints what it holds."""

    def __init__(self, held: object) -> None:
        """Hold it."""
        self.held = held

    def __repr__(self) -> str:
        return f"Verbose(held={self.held!r})"


class Slotted:
    """A class that prints what it holds, and has no dictionary."""

    __slots__ = ("held",)

    def __init__(self, held: object) -> None:
        """Hold it."""
        self.held = held

    def __repr__(self) -> str:
        return f"Slotted(held={self.held!r})"


class Method:
    """A class whose bound methods are somewhere."""

    def __init__(self, held: object) -> None:
        """Hold it."""
        self.held = held

    def __repr__(self) -> str:
        return f"Method({self.held!r})"

    def run(self) -> None:
        """Do nothing."""


WRAPPERS: dict[str, Callable[[Any], object]] = {
    "dict": lambda held: {"a": held, "b": 1},
    "key": lambda held: {"a": {SMALL[:300]: held}},
    "list": lambda held: [1, held],
    "tuple": lambda held: ("a", held),
    "dataclass": Config,
    "namedtuple": lambda held: Pair(held, 1),
    "namespace": lambda held: SimpleNamespace(held=held, n=1),
    "subclass": lambda held: Settings(held=held),
    "ordered": lambda held: OrderedDict(a=held),
    "user dict": lambda held: UserDict(a=held),
    "deque": lambda held: deque([held]),
    "values": lambda held: {"a": held}.values(),
    "partial": lambda held: partial(print, held),
    "verbose": Verbose,
    "slotted": Slotted,
    "method": lambda held: Method(held).run,
    "error": ValueError,
}

BULK: dict[str, Callable[[], object]] = {
    "array": lambda: np.full((48, 64, 3), PIXEL, np.uint8),
    "floats": lambda: np.full((40, 40), float(PIXEL), np.float32),
    "bytes": lambda: SMALL,
    "bytearray": lambda: bytearray(SMALL),
    "memoryview": lambda: memoryview(SMALL),
    "rows": lambda: [[list(ROW) for _ in range(16)] for _ in range(12)],
    "flat": lambda: list(ROW) * 50,
}


@pytest.mark.parametrize("bulk", ["array", "floats", "bytes", "bytearray", "rows", "flat"])
def test_without_us_pixels_enter(bulk: str) -> None:
    """The search finds what the SDK alone sends, so finding nothing means something."""
    assert leaks(crashed({"a": [BULK[bulk]()]}, ours=False))


@pytest.mark.parametrize("bulk", BULK)
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_no_pixel_enters_at_any_depth(wrapper: str, bulk: str) -> None:
    """Whatever holds an image, and however deep it lies, no value of it is in the event."""
    events = crashes(deeper(BULK[bulk](), WRAPPERS[wrapper]))
    assert [leaks(event) for event in events] == [[]] * 9


@pytest.mark.parametrize("bulk", ["array", "bytes", "rows"])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_no_pixel_enters_whatever_the_options(options: dict[str, Any], bulk: str) -> None:
    """Options that lift Sentry's own limits lift none of ours."""
    if not options.keys() <= sdk.consts.DEFAULT_OPTIONS.keys():
        pytest.skip("this release has no such option")
    events = crashes(deeper(BULK[bulk](), lambda held: {"a": [Config(held)]}), **options)
    assert [leaks(event) for event in events] == [[]] * 9


@pytest.mark.parametrize("bulk", ["array", "bytes", "rows"])
def test_no_pixel_enters_without_custom_repr(bulk: str) -> None:
    """Processors alone hold where the SDK asks nobody: older releases, other integrations."""
    for wrap in WRAPPERS.values():
        events = crashes(deeper(BULK[bulk](), wrap), custom=False)
        assert [leaks(event) for event in events] == [[]] * 9


def test_an_image_in_a_local_makes_a_small_event() -> None:
    """0.9 MB of pixels in bytes, in an array and in lists are some words each."""
    image = np.frombuffer(BYTES, np.uint8).reshape(480, 640, 3)
    local = {"raw": BYTES, "array": image, "rows": image.tolist()}
    event = crashed(local)
    assert len(json.dumps(event)) < 100_000
    assert vars_of(event) == {
        "raw": "<bytes 921600>",
        "array": "<ndarray uint8 480x640x3>",
        "rows": "<list of 480x640x3 numbers>",
    }


def test_what_is_small_stays_as_sentry_writes_it() -> None:
    """Settings, boxes, short bytes and texts are what a debugger needs."""
    local = {
        "box": [1, 2, 3.5, 4],
        "name": "a.png",
        "token": b"abc",
        "n": None,
        "deep": {"a": {"b": {"c": {"d": [1, "x"]}}}},
    }
    plain = {
        "box": ["1", "2", "3.5", "4"],
        "name": "'a.png'",
        "token": "b'abc'",
        "n": "None",
        "deep": {"a": {"b": {"c": "{'d': [1, 'x']}"}}},
    }
    assert vars_of(crashed(local)) == plain


def test_entries_where_the_depth_ends_are_told_one_by_one() -> None:
    """The last container that Sentry walks keeps its shape, and says that it was cut."""
    batch = [np.zeros((3, 64, 64), np.uint8) for _ in range(32)]
    event = crashed({"a": {"b": {"c": batch}}})
    assert vars_of(event)["a"]["b"]["c"] == ["<ndarray uint8 3x64x64>"] * 10


def test_what_processors_are_not_asked_of_is_summarised_before() -> None:
    """Contexts, tags and arguments of log messages hold objects, too."""
    image = np.full((48, 64, 3), PIXEL, np.uint8)
    with caught() as events:
        scope = sdk.Scope.get_isolation_scope()
        scope.add_event_processor(summarised)
        scope.set_context("batch", {"image": image, "raw": BYTES, "rows": image.tolist()})
        scope.set_tag("raw", BYTES)
        message = {"message": "bad %s %s", "params": [image, BYTES]}
        sdk.capture_event({"logentry": message, "level": "error"})
    (event,) = events
    event["sent"] = event["contexts"].pop("batch")
    assert leaks(event) == []
    assert event["sent"]["image"] == "<ndarray uint8 48x64x3>"
    assert event["logentry"]["params"] == ["<ndarray uint8 48x64x3>", "<bytes 921600>"]


def test_extra_and_breadcrumbs_hold_no_pixel() -> None:
    """What is set by hand goes through the same processors."""
    planted = {"image": BULK["array"](), "rows": BULK["rows"](), "raw": BYTES}
    with caught() as events:
        scope = sdk.Scope.get_isolation_scope()
        scope.set_extra("batch", planted)
        sdk.add_breadcrumb(message="step", data={"batch": planted})
        sdk.capture_message("done")
    (event,) = events
    crumbs = json.dumps(event["breadcrumbs"])
    assert leaks(event) == []
    assert "ndarray uint8" in crumbs
    assert not re.search(r"\b173\b|u00ad|\\xad", crumbs)


@pytest.mark.skipif(not KNOWS_CUSTOM_REPR, reason="this release has no custom_repr")
def test_the_users_own_repr_is_asked_for_the_rest() -> None:
    """Theirs tells their objects; an image never reaches it."""
    asked = []

    def mine(value: object) -> str | None:
        asked.append(type(value).__name__)
        return "mine" if isinstance(value, str) else None

    event = crashed({"name": "a", "image": BULK["array"]()}, custom_repr=mine)
    assert vars_of(event)["name"] == "mine"
    assert "ndarray" not in asked
    assert leaks(event) == []


def test_images_of_pillow_are_told_by_mode_and_size() -> None:
    """An image is not loaded to be told."""
    image: Any = pytest.importorskip("PIL.Image")
    file = io.BytesIO()
    image.new("RGB", (640, 480), ROW).save(file, "PNG")
    lazy = image.open(io.BytesIO(file.getvalue()))
    event = crashed([image.new("L", (64, 48)), lazy, file.getvalue()])
    assert vars_of(event) == [
        "<Image L 64x48>",
        "<PngImageFile RGB 640x480>",
        "<bytes image/png 640x480>",
    ]
    assert lazy.fp is not None
    assert leaks(event) == []


def test_tables_are_told_by_their_shape() -> None:
    """No cell, no column and no category of a table is told."""
    pd: Any = pytest.importorskip("pandas")
    frame = pd.DataFrame({"Jane Doe": [PIXEL] * 100, "b": pd.Categorical(["Jane"] * 100)})
    local = [frame, frame["Jane Doe"], frame["b"], frame.index, frame.columns, frame["b"].array]
    event = crashed(local)
    assert vars_of(event)[:3] == [
        "<DataFrame 100x2>",
        "<Series int64 100>",
        "<Series category 100>",
    ]
    assert leaks(event) == []
    assert "Jane" not in json.dumps(vars_of(event))


def test_columns_of_arrow_and_polars_are_told_by_their_shape() -> None:
    """Names of fields in a type are no part of what is told."""
    pa: Any = pytest.importorskip("pyarrow")
    pl: Any = pytest.importorskip("polars")
    rows = [{"jane": PIXEL}] * 30
    table, frame = pa.table({"jane": rows}), pl.DataFrame({"jane": rows})
    local = [table, table["jane"], pa.array(rows), frame, frame["jane"], frame.lazy()]
    event = crashed(local)
    assert vars_of(event) == [
        "<Table 30x1>",
        "<ChunkedArray>",
        "<Array>",
        "<DataFrame 30x1>",
        "<Series Struct 30>",
        "<LazyFrame>",
    ]
    assert leaks(event) == []


def test_models_of_pydantic_and_attrs_print_their_fields_only() -> None:
    """A field that is not to be shown is not, and an image in one is told."""
    pydantic: Any = pytest.importorskip("pydantic")
    attrs: Any = pytest.importorskip("attrs")
    hidden = "a1" * 16
    model = pydantic.create_model(
        "Model",
        __config__={"arbitrary_types_allowed": True},
        image=(np.ndarray, ...),
        size=(int, 3),
        token=(str, pydantic.Field(hidden, repr=False)),
        key=(pydantic.SecretStr, pydantic.SecretStr(hidden)),
    )
    kind = attrs.make_class("Kind", {"image": attrs.field(), "token": attrs.field(repr=False)})
    image = BULK["array"]()
    event = crashed([model(image=image), kind(image, hidden)])
    assert vars_of(event) == [
        "Model(image=<ndarray uint8 48x64x3>, size=3, key=SecretStr('**********'))",
        "Kind(image=<ndarray uint8 48x64x3>)",
    ]
    assert hidden not in json.dumps(event["exception"])


def test_labelled_and_sparse_arrays_are_told() -> None:
    """Other libraries that hold pixels."""
    scipy: Any = pytest.importorskip("scipy.sparse")
    xarray: Any = pytest.importorskip("xarray")
    image: Any = BULK["array"]()
    local = [
        scipy.csr_matrix(image[:, :, 0]),
        scipy.coo_array(image[:, :, 0]),
        xarray.DataArray(image),
        xarray.Dataset({"jane": (("x", "y", "z"), image)}),
    ]
    event = crashed(local)
    assert vars_of(event) == [
        "<csr_matrix uint8 48x64>",
        "<coo_array uint8 48x64>",
        "<DataArray>",
        "<Dataset>",
    ]


def test_tensors_are_told_by_type_shape_and_device() -> None:
    """Tensors, parameters and the keys of an optimizer's state."""
    torch: Any = pytest.importorskip("torch")
    tensor = torch.full((2, 3, 64, 64), float(PIXEL))
    parameter = torch.nn.Parameter(tensor[0, 0])
    event = crashed([tensor, parameter, {parameter: {"step": tensor}}, tensor.untyped_storage()])
    assert vars_of(event) == [
        "<Tensor float32 2x3x64x64 cpu>",
        "<Parameter float32 64x64 cpu>",
        "{<Parameter float32 64x64 cpu>: {'step': <Tensor float32 2x3x64x64 cpu>}}",
        "<UntypedStorage>",
    ]
    assert leaks(event) == []
