"""``bancointegra demo`` and ``bancointegra simulador``: the program, or the bank alone, without a real bank."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from bancointegra.cli import exit_codes
from bancointegra.cli.output import write_line


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the commands ``demo`` and ``simulador``."""
    demo = subparsers.add_parser("demo", help="abre o programa no banco simulado, com dados de exemplo")
    demo.add_argument("--sem-tela", action="store_true", help="percorre o roteiro sem tela e grava imagens e PDFs")
    demo.add_argument("--saida", type=Path, metavar="DIR", help="pasta dos dados, PDFs, imagens e report.json")
    demo.set_defaults(func=_demo)

    simulador = subparsers.add_parser("simulador", help="inicia só o banco simulado, neste computador")
    simulador.add_argument("--porta", type=int, default=0, metavar="N", help="porta (0: uma livre)")
    simulador.add_argument("--dados", dest="pasta", type=Path, metavar="DIR", help="pasta dos dados do banco simulado")
    simulador.set_defaults(func=_simulador)


def _demo(args: argparse.Namespace) -> int:
    # Imported here because Qt and the simulated bank take their time, and the other commands need neither.
    from bancointegra.bootstrap.demo import demo_folder

    if args.sem_tela or not _has_screen():
        from bancointegra.bootstrap.demo_route import run_route

        return run_route(args.saida or demo_folder(args.dados), write_line)
    from bancointegra.bootstrap.window import run_demo_window

    return run_demo_window(args.saida or demo_folder(args.dados))


def _simulador(args: argparse.Namespace) -> int:
    from bancointegra.bootstrap.simulation import run_simulator

    run_simulator(args.porta, args.pasta or args.dados, write_line)
    return exit_codes.OK


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
