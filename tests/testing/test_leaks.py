"""A planted value is seen however it is written, and nothing is seen where it is not."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from scrubber import Identity, Scrubber
from scrubber.encodings import ENCODINGS
from scrubber.testing.leaks import Leak, leaks, legible
from scrubber.testing.planting import Planted, Sample
from scrubber.testing.readings import readings
from tests.identity.planted import plant

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "examples"
_RNG: Final = Random(8)  # noqa: S311  # made to be no secret
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
TOKEN: Final = "".join(_RNG.choices(_LETTERS, k=36))
MAILBOX: Final = Planted("EMAIL_ADDRESS", "korvax.mundrel@example.com", ("korvax.mundrel",))
PERSON: Final = Planted("PERSON", "Zo\u00eb Mundrelova", ("Mundrelova",))
PLANTED: Final = (
    MAILBOX,
    PERSON,
    Planted("PERSON", "\u5c71\u7530 \u592a\u90ce"),
    Planted("IP_ADDRESS", "192.0.2.17", ("192.0.2",)),
    Planted("IP_ADDRESS", "2001:db8:85a3::8a2e:370:7334"),
    Planted("USERNAME", "vexlora7"),
    Planted("SECRET", f"ghp_{TOKEN}", (TOKEN[:18], TOKEN[18:])),
    Planted("SECRET", plant(8).odd),
    Planted("FILE_PATH", "C:\\Users\\vexlora7\\new.txt"),
)
PLACES: Final = (
    *("{}", "see {} now", "'{}'", "({})", "x={};y", "{} {}", "\n{}\n", "\u00e9{}\u00e9"),
    *('{{"k": "{}"}}', "run.{}.v2", "\x1b[1m{}\x1b[0m", "[user] {}"),
)
BREAKS: Final[tuple[str, ...]] = (
    *("\n", "\r\n", "\\\n", "\n      ", "\n\t| ", "' '", "'\n   '", '" \\\n "', "' +\n '"),
)
OUTPUTS: Final[dict[str, Callable[[str], object]]] = {
    "a text": str,
    "bytes": lambda text: text.encode("utf-8", "surrogatepass"),
    "utf-16": lambda text: text.encode("utf-16", "surrogatepass"),
    "utf-32 after a byte": lambda text: b"a" + text.encode("utf-32-be", "surrogatepass"),
    "an event": lambda text: {"a": [{"b": text}], "n": 1},
    "a key": lambda text: {"x": {text: 1}},
    "json": lambda text: json.dumps({"a": text}),
    "json in a repr": lambda text: repr({"b": json.dumps({"k": text})}),
    "a repr of bytes": lambda text: repr(text.encode("utf-8", "surrogatepass")),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "hex": lambda text: text.encode().hex(),
    "a list of lines": lambda text: text.split("\n"),
}


def seen(output: object, one: Planted) -> bool:
    """Tell whether the whole of it is seen."""
    return any(not leak.part for leak in leaks(output, [one]))


@pytest.mark.parametrize("one", PLANTED, ids=range(len(PLANTED)))
@pytest.mark.parametrize("name", ENCODINGS)
def test_a_value_is_seen_in_every_encoding_and_place(name: str, one: Planted) -> None:
    """Alone, between words, in quotes and twice in a row."""
    written = ENCODINGS[name].encode(one.value)
    missed = [place for place in PLACES if not seen(place.format(written, written), one)]
    assert missed == []


@pytest.mark.parametrize("one", PLANTED[1::2], ids=range(4))
@pytest.mark.parametrize("name", ENCODINGS)
def test_a_value_is_seen_across_the_ends_of_lines(name: str, one: Planted) -> None:
    """At 64 and at 76 columns, at a few, and broken once at any column in any way."""
    written = ENCODINGS[name].encode(one.value)
    rng = Random(name)  # noqa: S311
    for width, end in ((64, "\n"), (76, "\r\n"), (9, "\n")):
        long = f"{'x' * 40} {written}"
        lines = [long[at : at + width] for at in range(0, len(long), width)]
        assert seen(end.join(lines), one), width
    missed = []
    for joint in BREAKS:
        at = rng.randrange(1, len(written))
        if not seen(f"({written[:at]}{joint}{written[at:]})", one):
            missed.append((at, joint))
    assert missed == []


@pytest.mark.parametrize("one", PLANTED, ids=range(len(PLANTED)))
@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_value_is_seen_in_everything_that_holds_texts(kind: str, one: Planted) -> None:
    """In bytes of any width, in keys, and in text inside text."""
    for name in ("raw", "json", "html_hex", "base64_1"):
        text = f"see {ENCODINGS[name].encode(one.value)} now"
        assert seen(OUTPUTS[kind](text), one), name


@pytest.mark.parametrize(
    ("output", "encoding"),
    [
        ("korvax.mundrel@example.com", "raw"),
        ("KORVAX.Mundrel@example.com", "folded"),
        ("korvax.mundrel\uff20example.com", "folded"),
        ("kor\u00advax.mundrel@example.com", "raw"),
        ("korvax.mundrel%40example.com", "url"),
        ("korvax.mundrel%2540example.com", "url_twice"),
        ("korvax.mundrel\\u0040example.com", "decoded"),
        ("korvax.mundrel&commat;example.com", "decoded"),
        ("korvax.mun\ndrel@example.com", "raw wrapped"),
        (base64.b64encode(b"12 korvax.mundrel@example.com").decode(), "base64_0"),
        (base64.b64encode(b"KORVAX.MUNDREL@example.com").decode(), "base64"),
        (
            base64.encodebytes(b"1" * 50 + b"korvax.mundrel@example.com").decode(),
            "base64_2 wrapped",
        ),
        (b"korvax.mundrel@example.com".hex(), "hex"),
        (b"korvax.mundrel@example.com".hex(" "), "hex"),
        ("korvax.mundrel@example.com".encode("utf-16-le"), "wide"),
    ],
)
def test_it_is_told_how_a_value_is_written(output: object, encoding: str) -> None:
    """By the name in the table, or by what had to be undone."""
    assert leaks(output, [MAILBOX]) == [Leak("EMAIL_ADDRESS", encoding, part=False, where="")]


@pytest.mark.parametrize(
    ("value", "output"),
    [
        ("4111111111111111", "4111 1111-1111.1111"),
        ("4111 1111 1111 1111", "4111111111111111"),
        ("+1 201 555 0123", "+12015550123"),
        ("192.0.2.17", "ip-192-0-2-17.example.com"),
        ("0a:5e:00:53:c7:f1", "0A5E.0053.C7F1"),
        ("Korvax Mundrel", "/data/Mundrel/korvax_mundrel.dcm"),
        ("Al Li", "al_li.dcm"),
    ],
)
def test_other_separators_hide_nothing(value: str, output: str) -> None:
    """Numbers and names are written in groups, as anyone likes."""
    (leak,) = leaks(output, [Planted("X", value)])
    assert leak.encoding == "separators"


@pytest.mark.parametrize(
    ("value", "output"),
    [
        ("2001:db8::8a2e:7334", "2001:0DB8:0000:0000:0000:0000:8a2e:7334"),
        ("2001:0db8:0000:0000:0000:0000:8a2e:7334%eth0", "from 2001:db8::8a2e:7334"),
        ("192.0.2.17", "::ffff:c000:211"),
        ("192.0.2.17", "17.2.0.192.in-addr.arpa"),
        ("::ffff:192.0.2.17", "at 192.0.2.17:80"),
    ],
)
def test_an_address_is_seen_in_each_of_its_spellings(value: str, output: str) -> None:
    """A library writes an address as it likes."""
    (leak,) = leaks(output, [Planted("IP_ADDRESS", value)])
    assert (leak.encoding, leak.part) == ("readdressed", False)


def test_an_address_in_a_longer_one_is_no_leak() -> None:
    """One digit more, and it is another; a port or a colon behind it changes nothing."""
    wanted = [Planted("IP_ADDRESS", one) for one in ("192.0.2.17", "2001:db8::1")]
    assert leaks("192.0.2.171 ::ffff:c000:2110 2001:db8::12 12001:db8::1", wanted) == []
    assert legible("(192.0.2.17:80, 2001:db8::1: refused)", wanted) == [True, True]


def test_a_part_is_seen_where_the_whole_is_gone() -> None:
    """A surname alone, an address without its last octet; the whole goes before its parts."""
    assert leaks("Dr. Mundrelova called", [PERSON]) == [Leak("PERSON", "raw", part=True, where="")]
    assert leaks("from 192.0.2.[ip]", PLANTED) == [Leak("IP_ADDRESS", "raw", part=True, where="")]
    for encoding in ENCODINGS.values():
        text = f"see {encoding.encode('Mundrelova')} now"
        assert [leak.part for leak in leaks(text, [PERSON])] == [True], encoding.name
    both = "Zo\u00eb Mundrelova, Mundrelova"
    assert leaks(both, [PERSON]) == [Leak("PERSON", "raw", part=False, where="")]


SHORT: Final = (
    Planted("USERNAME", "ann", ("user", "an", "1234")),
    Planted("USERNAME", "home"),
    Planted("IP_ADDRESS", "192.0.2.1"),
    Planted("PERSON", "Al Li", ("Li", "Alli")),
    Planted("USERNAME", "png", ("640x480", "tensor", "float32")),
)


@pytest.mark.parametrize(
    "output",
    [
        "annotate cannot planner",
        "[user]/a.py [user:~k3f9x2m7pq*] <home>/a [username]",
        "[image/png 640x480] [tensor float32 3x4]",
        "192.0.2.17 1192.0.2.1",
        "all in, ally",
        "an 1234 loss=0.41234",
        None,
        {"a": [None, True, 1.5], "b": ()},
        b"\x00\xff",
    ],
    ids=range(9),
)
def test_what_stands_in_other_words_is_no_leak(output: object) -> None:
    """Short values count as words of their own only; words of placeholders never."""
    assert leaks(output, SHORT) == []


def test_it_is_told_where() -> None:
    """By the path of a field, through keys, lists and objects."""
    event = {
        "exception": {"values": [{"value": "vexlora7"}]},
        "extra": {"a b": "vexlora7", "vexlora7": {"n": "see vexlora7"}},
        "n": (1, {"x": [4111111111111111]}),
        "raised": ValueError("vexlora7"),
    }
    wanted = [Planted("USERNAME", "vexlora7"), Planted("CREDIT_CARD", "4111111111111111")]
    assert [leak.where for leak in leaks(event, wanted)] == [
        "exception.values[0].value",
        "extra[key]",
        "extra[key].n",
        "n[1].x[0]",
        "raised",
    ]


def test_no_key_of_a_path_shows_what_was_planted() -> None:
    """Neither one that holds it, nor two that hold it together."""
    name = Planted("PERSON", "korvax.mundrel")
    for output in ({"korvax": {"mundrel": "korvax.mundrel"}}, {"X_korvax.mundrel": "a"}):
        assert leaks(output, [name])
        assert "korvax" not in repr(leaks(output, [name])).lower()


def test_what_cannot_be_looked_into_is_an_error() -> None:
    """A generator or an object that shows nothing of itself would hide everything."""
    for output in (iter("ab"), (one for one in "ab"), object(), {"a": [object()]}):
        with pytest.raises(TypeError, match="cannot look into a "):
            leaks(output, PLANTED)


def test_objects_are_looked_into() -> None:
    """Attributes and slots, whatever a `repr` leaves out; a cycle ends."""
    output: dict[str, Any] = {"sample": MAILBOX}
    output["again"] = output
    assert [leak.where for leak in leaks(output, [MAILBOX]) if not leak.part] == ["sample.value"]


class Table:
    """A table, whose `repr` leaves out its middle as those of columns do."""

    def __repr__(self) -> str:
        return "a ... z"

    def to_dict(self) -> dict[str, list[str]]:
        """Give everything."""
        return {"who": ["a", "vexlora7", "z"]}


def test_tables_are_looked_into_as_a_whole() -> None:
    """Those who print only their ends, too."""
    wanted = [Planted("USERNAME", "vexlora7")]
    assert [leak.where for leak in leaks([Table()], wanted)] == ["[0].who[1]"]
    numpy = pytest.importorskip("numpy")
    array = numpy.array(["a"] * 2500 + ["vexlora7"] + ["z"] * 2500)
    assert [leak.where for leak in leaks({"x": array}, wanted)] == ["x[2500]"]


def test_many_texts_give_what_each_gives() -> None:
    """One look at everything sees what a look at each text sees."""
    texts = [
        place.format(encoding.encode(one.value), "")
        for one, encoding, place in zip(PLANTED * 2, ENCODINGS.values(), PLACES * 2, strict=False)
    ]
    apart = [[leak.encoding for leak in leaks(text, PLANTED)] for text in texts]
    together = leaks({f"n{at}": text for at, text in enumerate(texts)}, PLANTED)
    assert sorted(leak.encoding for leak in together) == sorted(sum(apart, []))  # noqa: RUF017


def test_nothing_is_seen_in_what_was_scrubbed() -> None:
    """Planted in every encoding, scrubbed, and looked for."""
    scrubber = Scrubber(identity=Identity.none())
    for encoding in ENCODINGS.values():
        text = f"\nmail: {encoding.encode('to korvax.mundrel@example.com now')}\n"
        if encoding.name in ("nfc", "nfd"):
            continue
        assert leaks(scrubber.scrub_text(text), [MAILBOX]) == [], encoding.name


def test_no_alarm_is_false_on_the_examples() -> None:
    """A log and a traceback: everything is seen before they are scrubbed, nothing after."""
    scrubber = Scrubber(identity=Identity.none())
    wanted = [
        Planted("USERNAME", "jane"),
        Planted("EMAIL_ADDRESS", "jane.doe@example.com", ("jane.doe", "doe")),
    ]
    for name in ("crash.log", "traceback.txt"):
        text = (EXAMPLES / name).read_text("utf-8")
        assert leaks(text, wanted) != [], name
        assert leaks(scrubber.scrub_text(text), wanted) == [], name


@pytest.mark.parametrize("unit", ["\\", "' ", "a\n", "%25", "&amp;", "61", "\\\\'\n%2525&amp;"])
def test_the_cost_grows_with_the_text(unit: str) -> None:
    """Four times the text makes no more readings, and not much more than four times of them."""
    short, long = (list(readings(unit * count)) for count in (200, 800))
    assert len(long) <= len(short) + 4
    assert sum(len(text) for _, text in long) <= 5 * sum(len(text) for _, text in short)


def test_a_planted_value_is_never_blank() -> None:
    """It would stand everywhere."""
    with pytest.raises(ValueError, match="USERNAME: a planted value must not be blank"):
        Planted("USERNAME", " \n")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Planted("PERSON", "Jane Doe", "Doe"),  # type: ignore[arg-type]
        lambda: Planted("PERSON", 7),  # type: ignore[arg-type]
        lambda: Sample("x", MAILBOX),  # type: ignore[arg-type]
        lambda: Sample("x", (MAILBOX,), "mail"),  # type: ignore[arg-type]
    ],
)
def test_one_text_in_the_place_of_many_is_refused(make: Callable[[], object]) -> None:
    """Its letters would be looked for, and nothing would be proven."""
    with pytest.raises(TypeError, match="must be a "):
        make()


def test_no_repr_shows_anything() -> None:
    """Of what was planted, and of what was found."""
    assert repr(MAILBOX) == "Planted(entity='EMAIL_ADDRESS')"
    assert "korvax" not in repr(leaks("korvax.mundrel", [MAILBOX]))
