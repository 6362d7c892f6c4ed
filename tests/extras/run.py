"""Run the heavy tests, each part in an environment of its own. This is `make test-extras`.

A part that cannot be installed here is skipped with its reason, aloud. What does not count as such:
crashscrub itself must install, and a part that was installed must pass. Exits 1 otherwise.

    python tests/extras/run.py [PART ...]

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BASE = "[cli,testing]"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the matrix.

    Attributes:
        name: How it is named in the output and on the command line.
        requirements: What pip installs beside crashscrub, its command and its test tools.
        tests: The files that are run.
        options: For pytest.
        without: What is taken out again: where it has no wheel, crashscrub does without it.
        variables: Of the environment, where nothing else is said there.
    """

    name: str
    requirements: tuple[str, ...]
    tests: tuple[str, ...]
    options: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


# An old release warns about what newer Pythons deprecate: not ours to mend, so only shown.
OLD = ("-W", "default")

SENTRY = ("test_sentry_transport.py", "test_sentry_versions.py")

PARTS = (
    Part("sentry-oldest", ("sentry-sdk==2.0.*",), SENTRY, OLD),
    Part("sentry-2.14", ("sentry-sdk==2.14.*",), SENTRY, OLD),  # the first with custom_repr
    Part("sentry-2.30", ("sentry-sdk==2.30.*",), SENTRY, OLD),  # before_send_log, an experiment
    Part("sentry-2.44", ("sentry-sdk==2.44.*",), SENTRY, OLD),  # before_send_metric, at the top
    Part(
        "sentry-newest",  # spans are streamed
        ("sentry-sdk>=2.0",),
        (*SENTRY, "test_sentry_fields.py"),
    ),
    Part("remarks", ("sentry-relay>=0.9",), ("test_sentry_remarks.py",)),
    Part("crashes", ("-r", f"{HERE}/crashes/requirements.txt"), ("test_crashes.py",)),
    Part("columns", (f"{ROOT}[columns]",), ("../columns",)),
    Part(
        "archives",
        (f"{ROOT}[archives]", "nbformat>=5", "tensorboard>=2.16"),
        (
            *("../archive/formats", "../archive/engines", "../benchmarks/tree"),
            "../benchmarks/test_archive_jobs.py",
        ),
    ),
    # The bound is pip's: it goes back to an s3fs whose fsspec nobody has before it finds an answer.
    Part(
        "s3",
        (f"{ROOT}[archives,remote]", "moto[server,s3]>=5", "s3fs>=2025.9"),
        ("test_s3.py",),
    ),
    Part("report-page", ("playwright>=1.40",), ("test_report_page.py",)),
    Part("ray", (f"{ROOT}[ray]",), ("test_ray.py",)),
    Part("spark", (f"{ROOT}[spark]",), ("test_spark.py",)),
    Part("spacy", (f"{ROOT}[spacy]",), ("test_spacy.py",)),
    Part("presidio", (f"{ROOT}[presidio]", "presidio-anonymizer>=2.2"), ("test_presidio.py",)),
    Part("crashbench", (f"{ROOT}[bench]",), ("../benchmarks/crashbench", "../cli/test_bench.py")),
    Part(
        "consent",
        (f"{ROOT}[settings]",),
        ("test_consent_processes.py",),
        variables=(("CONSENT_PROCESSES", "1000"),),
    ),
    Part("training", ("python-crfsuite>=0.9.11", "faker>=30", "names>=0.3"), ("test_training.py",)),
    Part("zstd", (f"{ROOT}[zstd]",), ("test_zstd.py",)),
    Part("platform-payloads", ("pip>=22",), ("test_platform_payloads.py",)),
    # Built from source it needs the compiler it was made for: only where it has a wheel.
    Part("fuzz", ("--only-binary=atheris", "atheris>=2.3"), ("test_fuzz.py",)),
    Part(
        "growth",
        (f"{ROOT}[testing]", "pytest-xdist"),
        ("../rules/test_growth.py",),
        ("--numprocesses=auto",),
        variables=(("GROWTH_SHARE", "1"),),
    ),
)


# Everything on the reference engine, as where Vectorscan has no wheel.
# What finds and replaces, on the reference engine, as where Vectorscan has no wheel.
WITHOUT_TEXT = (
    "adoption",
    "archive",
    "benchmarks",
    "consent",
    "identity",
    "retention",
    "telemetry",
)
REFERENCE_ONLY = Part(
    "reference-only",
    (f"{ROOT}[dev]",),
    ("..",),
    ("-n", "auto", *(f"--ignore={HERE.parent / name}" for name in WITHOUT_TEXT)),
    without=("hyperscan",),
)
NOTHING_RAN = 5
"""What pytest ends with when all tests of a part were skipped before they were collected."""


def last_error(output: str) -> str:
    """Return pip's own reason, in one line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["pip gave no reason"])[-1]


def pip(python: Path, *requirements: str) -> str:
    """Install requirements.

    Returns:
        Why that was not possible, or "".
    """
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    done = subprocess.run(
        [*command, *requirements],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        cwd=ROOT,
    )
    return last_error(done.stdout) if done.returncode else ""


def run(part: Part) -> bool:
    """Install one part and run its tests.

    Returns:
        Whether it passed or was skipped.
    """
    print(f"\n== {part.name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="extras-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts" if os.name == "nt" else "bin", "python")
        reason = pip(python, "--editable", f"{ROOT}{BASE}")
        if reason:
            print(f"failed: {part.name}: crashscrub cannot be installed: {reason}")
            return False
        reason = pip(python, *part.requirements)
        if reason:
            print(f"skipped: {part.name}: {reason}")
            return True
        for name in part.without:
            command = [str(python), "-m", "pip", "--quiet", "uninstall", "--yes", name]
            if subprocess.run(command, check=False, cwd=ROOT).returncode:
                print(f"skipped: {part.name}: {name} cannot be taken out")
                return True
        tests = [str(HERE / name) for name in part.tests]
        command = [str(python), "-m", "pytest", "--quiet", "-rs", "-p", "no:cacheprovider"]
        command += part.options
        variables = {**dict(part.variables), **os.environ}
        done = subprocess.run([*command, *tests], check=False, cwd=ROOT, env=variables)
    if done.returncode == NOTHING_RAN:
        print(f"skipped: {part.name}: for the reasons above")
        return True
    print(f"{'failed' if done.returncode else 'passed'}: {part.name}")
    return done.returncode == 0


def main(names: list[str]) -> int:
    """Run the parts named, or all; 0 when none failed."""
    parts = (*PARTS, REFERENCE_ONLY)
    unknown = set(names) - {part.name for part in parts}
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    results = [run(part) for part in parts if not names or part.name in names]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
