"""Cells of a notebook: files that are none, and the globals of a notebook as locals."""
# [plants] home_linux password email
# [stays] <ipython-input-3-5d2c1b0a9f8e>
# [stays] ipykernel_4711
# [stays] the frame is empty

from __future__ import annotations

import linecache
from typing import Any

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def cell(source: str, name: str, scope: dict[str, Any]) -> None:
    """Run a cell as IPython does."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), scope)  # noqa: S102


def main() -> None:
    """Run three cells."""
    scope: dict[str, Any] = {"__name__": "__main__", "_ih": ["", "login()"], "Out": {}}
    first = f"password = {of('password')!r}\nowner = {of('email')!r}\npath = {of('home_linux')!r}\n"
    text = "the frame is empty: "
    second = f"def load_frame(path):\n    rows = []\n    raise ValueError({text!r} + path)\n"
    scope["_ih"] += [first]
    cell(first, "/tmp/ipykernel_4711/1234567.py", scope)
    cell(second, "/tmp/ipykernel_4711/2345678.py", scope)
    cell("load_frame(path)\n", "<ipython-input-3-5d2c1b0a9f8e>", scope)


start()
main()
