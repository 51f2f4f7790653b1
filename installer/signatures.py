"""Who signed the runtime's programs: checked where osslsigncode and this machine's certificates can."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from installer.locked import BuildError

AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
SIGNED = (".exe", ".dll", ".pyd")
_SIGNERS = re.compile(r"CN\s?=\s?(Python Software Foundation|Microsoft Corporation|Microsoft Windows[^,/\n]*)")
_DIGEST = re.compile(r"(Current|Calculated) message digest\s*:\s*([0-9A-F]+)")


@dataclass(frozen=True)
class Signature:
    """``proven``: the chain leads to an authority this machine trusts. Without it only the digest is known to fit."""

    file: str
    signer: str
    proven: bool


def check_signatures(files: Mapping[str, bytes]) -> tuple[Signature, ...]:
    """Every program of the runtime; nothing where this machine cannot check.

    Raises ``BuildError`` naming a program whose signature does not fit its bytes, or that has none.
    """
    if shutil.which("osslsigncode") is None or not AUTHORITIES.exists():
        return ()
    with tempfile.TemporaryDirectory() as folder:
        return tuple(
            _check(Path(folder, name), content) for name, content in sorted(files.items()) if name.endswith(SIGNED)
        )


def _check(path: Path, content: bytes) -> Signature:
    path.write_bytes(content)
    trust = ["-CAfile", str(AUTHORITIES), "-TSA-CAfile", str(AUTHORITIES)]
    command = ["osslsigncode", "verify", "-ignore-crl", "-ignore-cdp", *trust, "-in", str(path)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    words = answer.stdout + answer.stderr
    if "Invalid option" in words or "Usage:" in words:  # older versions know fewer options
        answer = subprocess.run(
            ["osslsigncode", "verify", "-in", str(path)], check=False, capture_output=True, text=True
        )
        words = answer.stdout + answer.stderr
    digests = {kind: digest for kind, digest in _DIGEST.findall(words)}
    if len(digests) != 2 or len(set(digests.values())) != 1:
        raise BuildError(f"{path.name} does not fit the signature it carries")
    signer = _SIGNERS.search(words)
    if signer is None:
        raise BuildError(f"{path.name} is signed by neither the Python Software Foundation nor Microsoft")
    return Signature(path.name, signer[1], answer.returncode == 0)
