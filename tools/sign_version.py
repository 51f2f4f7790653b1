"""For who publishes the program: the key pair, and the signed version file that Aviso de versão reads.

python -m tools.sign_version new-key KEY          the private key to KEY (keep it secret), the public one to stdout
python -m tools.sign_version sign KEY VERSION FILE [--news TEXT] [--page ADDRESS]
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


def main(arguments: list[str] | None = None) -> int:
    """Returns the process status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    new_key = commands.add_parser("new-key")
    new_key.add_argument("key", type=Path)
    new_key.set_defaults(run=_new_key)
    sign = commands.add_parser("sign")
    sign.add_argument("key", type=Path)
    sign.add_argument("version")
    sign.add_argument("file", type=Path)
    sign.add_argument("--news", default="")
    sign.add_argument("--page", default="")
    sign.set_defaults(run=_sign)
    options = parser.parse_args(arguments)
    options.run(options)
    return 0


def _new_key(options: argparse.Namespace) -> None:
    key = Ed25519PrivateKey.generate()
    with options.key.open("xb") as file:
        options.key.chmod(0o600)
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    print(base64.b64encode(key.public_key().public_bytes_raw()).decode())


def _sign(options: argparse.Namespace) -> None:
    key = load_pem_private_key(options.key.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    today = datetime.now().astimezone().date()
    said = {
        "versao": options.version,
        "publicada_em": today.isoformat(),
        "novidades": options.news,
        "pagina": options.page,
    }
    content = json.dumps(said, ensure_ascii=False)
    signature = base64.b64encode(key.sign(content.encode())).decode()
    document = json.dumps({"conteudo": content, "assinatura": signature}, ensure_ascii=False, indent=1)
    options.file.write_text(document, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
