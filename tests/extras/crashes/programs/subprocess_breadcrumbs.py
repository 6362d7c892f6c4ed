"""Commands that went well before something else failed: they are in the trail."""
# [plants] password github_key home_linux server
# [stays] no device is free

from __future__ import annotations

import subprocess
import sys

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def prepare() -> None:
    """Run the tools."""
    tool = [sys.executable, "-c", "pass"]
    subprocess.run(
        [*tool, "mysql", f"--password={of('password')}", "--host", of("server")], check=True
    )
    subprocess.run(
        [*tool, "git", "clone", f"https://x:{of('github_key')}@example.com/a.git"], check=True
    )
    subprocess.run(f"{sys.executable} -c pass --out {of('home_linux')}", shell=True, check=True)  # noqa: S602


start()
prepare()
raise RuntimeError("no device is free")
