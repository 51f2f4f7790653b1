"""The commands, and what happens when one fails."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from bancointegra import __version__
from bancointegra.cli import certificado, codigos, conta, copia, exit_codes, pagamento, pasta, simulacao, titulos
from bancointegra.cli.output import write_error, write_note
from bancointegra.cli.verificacao import run_selfcheck
from bancointegra.domain.certificado import SUFIXOS_DE_CERTIFICADO
from bancointegra.domain.errors import AppError
from bancointegra.services.incident import as_app_error


class _Parser(argparse.ArgumentParser):
    """argparse in Portuguese."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        write_note(f"Comando não entendido: {message}")
        raise SystemExit(exit_codes.USAGE)


def build_parser() -> argparse.ArgumentParser:
    """The parser with all commands; each sets ``func``, which takes the arguments and returns the status."""
    parser = _Parser(
        prog="bancointegra",
        description="Boletos do Itaú e pagamento de contas pela Celcoin. Sem comando, abre a janela.",
    )
    parser.add_argument("--version", action="version", version=f"BancoIntegra {__version__}")
    parser.add_argument(
        "--dados", type=Path, metavar="DIR", help="pasta de dados (também pela variável BANCOINTEGRA_DADOS)"
    )
    parser.add_argument(
        "--selfcheck", type=Path, metavar="ARQ", help="verifica a instalação e grava o resultado em ARQ (JSON)"
    )
    subparsers: Any = parser.add_subparsers(metavar="COMANDO", parser_class=_Parser)
    codigos.register(subparsers)
    titulos.register(subparsers)
    conta.register(subparsers)
    certificado.register(subparsers)
    copia.register(subparsers)
    pagamento.register(subparsers)
    pasta.register(subparsers)
    simulacao.register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the process status (``cli/exit_codes.py``)."""
    _speak_utf8()
    given = sys.argv[1:] if argv is None else list(argv)
    args = build_parser().parse_args([] if is_certificate(given) else given)
    try:
        if args.selfcheck:
            return run_selfcheck(args.selfcheck, args.dados)
        if hasattr(args, "func"):
            return int(args.func(args))
        from bancointegra.bootstrap.window import run_window  # Qt is loaded only for the window

        return run_window(args.dados, [Path(name) for name in given] if is_certificate(given) else ())
    except AppError as error:
        write_error(error)
        return exit_codes.for_error(error)
    except KeyboardInterrupt:
        write_note("Interrompido. O que já foi enviado ao banco está gravado.")
        return exit_codes.STOPPED
    except BrokenPipeError:
        # The reader of our output went away (``| head``); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.OK
    except Exception as defect:  # noqa: BLE001 - logged and told under its incident number
        write_error(as_app_error(defect))
        return exit_codes.DEFECT


def is_certificate(given: Sequence[str]) -> bool:
    """Whether the command line is files to import: what Windows gives a program that opens them."""
    return bool(given) and all(Path(name).suffix.lower() in SUFIXOS_DE_CERTIFICADO for name in given)


def _speak_utf8() -> None:
    """A Windows console or pipe may expect another encoding; our output is UTF-8 everywhere.

    Started by a double click, a Windows program has neither console nor pipe: what is said then goes nowhere.
    """
    if sys.stdout is None or sys.stderr is None:
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError):
                stream.reconfigure(encoding="utf-8", errors="replace")
