"""Strategies for lines that name people, in many scripts, and for lines that hold anything."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = (
    "Jane Doe",
    "john smith",
    "MARIA GONZALEZ",
    "Gonzalez, Maria",
    "Doe, J.",
    "Jean-Luc Martin",
    "Sean O'Brien",
    "Ludwig van der Berg",
    "Ren\u00e9e M\u00fcller",
    "Rene\u0301e Mu\u0308ller",
    "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
    "\u674e\u4f1f",
    "\u7530\u4e2d\u3055\u304f\u3089",
    "\uae40\ubbfc\uc900",
    "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df",
    "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
    "\u0905\u092e\u093f\u0924 \u0936\u0930\u094d\u092e\u093e",
    "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
    "\u10d2\u10d8\u10dd\u10e0\u10d2\u10d8",
)
WORDS = (
    "user",
    "not found",
    "KeyError:",
    "Error",
    "loss=0.41",
    "epoch 3",
    "Dr.",
    "for",
    "'",
    '"',
    "(",
    ")",
    ",",
    ".",
    "_",
    "-",
    " ",
    "",
    "\t",
    "\x00",
    "\ud800",
    "\u0301",
    "\u200b",
    "\u0663\u0664",
    "192.0.2.17",
    "jane@example.com",
    "Redis",
    "London",
    "\\n",
    "\\u0042",
    "%20",
)

names = st.sampled_from(NAMES)
words = st.one_of(names, st.sampled_from(WORDS), st.text(max_size=6))


def _one_line(parts: list[str]) -> str:
    return " ".join(parts).replace("\n", " ")


lines = st.lists(words, max_size=8).map(_one_line)
"""Lines without a newline; some are empty."""

texts = st.lists(lines, max_size=4).map("\n".join)
