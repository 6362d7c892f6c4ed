"""Files with the suffix .zst are read and written by the command."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.version_info >= (3, 14):
    from compression.zstd import compress, decompress
else:
    from zstandard import ZstdDecompressor, compress

    def decompress(data: bytes) -> bytes:
        """Undo compress, for frames that do not state their size too."""
        with ZstdDecompressor().stream_reader(data) as stream:
            return stream.read()


LINE = b"mail jane@example.com, epoch 3 of 10\n"
REDACTED = b"mail [email], epoch 3 of 10\n"


def test_zst_file_is_redacted_into_a_zst_file(tmp_path: Path) -> None:
    """What comes out is compressed like what went in, and its text is redacted."""
    source, target = tmp_path / "app.log.zst", tmp_path / "out.log.zst"
    source.write_bytes(compress(LINE * 1000))
    command = [sys.executable, "-c", "from scrubber.cli import main; main()", "redact"]
    subprocess.run([*command, str(source), "-o", str(target)], check=True, cwd=tmp_path)
    assert decompress(target.read_bytes()) == REDACTED * 1000
    assert target.read_bytes()[:4] == b"\x28\xb5\x2f\xfd"
