"""Secrets and files given to commands: from a file or from stdin, never from the command line, never printed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bancointegra.domain.certificado import TAMANHO_MAXIMO_ARQUIVO
from bancointegra.domain.errors import InputError

STDIN = "-"


def add_secret(parser: argparse.ArgumentParser, option: str, what: str) -> None:
    """An option that names where a secret is read from."""
    parser.add_argument(option, metavar="ARQ|-", help=f"arquivo com {what}, na primeira linha; - lê da entrada padrão")


def read_secret(source: str | None) -> str:
    """The first line of ``source``; empty when there is none. Raises ``InputError``."""
    if source is None:
        return ""
    if source == STDIN:
        return sys.stdin.readline().strip("\r\n")
    try:
        lines = read_file(Path(source)).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{source} não é um arquivo de texto.", hint="Grave-o em UTF-8.") from error
    return lines[0] if lines else ""


def read_file(path: Path) -> bytes:
    """A small file whole. Raises ``InputError`` when it cannot be read or is too big for a certificate."""
    try:
        if path.stat().st_size > TAMANHO_MAXIMO_ARQUIVO:
            raise InputError(f"{path} é grande demais para um certificado ou uma chave.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Não foi possível ler {path}.", hint="Confira o caminho e a permissão.") from error
