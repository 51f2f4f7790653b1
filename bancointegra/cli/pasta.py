"""``bancointegra pasta``: processar, vigiar. The watched folder without a window."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bancointegra.cli import exit_codes
from bancointegra.cli.linhas import summary
from bancointegra.cli.lote import opened_program
from bancointegra.cli.output import write_error, write_json, write_line
from bancointegra.domain.copia import MotivoCopia
from bancointegra.domain.errors import AppError
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.services.pasta_monitorada import ArquivoTratado

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program

_BETWEEN_LOOKS = 3.0
_BETWEEN_ROUNDS = 10.0
_BETWEEN_CHECKS = 60.0


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``pasta`` and its own commands."""
    pasta = subparsers.add_parser("pasta", help="a pasta monitorada, em que outros programas deixam arquivos")
    commands = pasta.add_subparsers(metavar="COMANDO", required=True)

    processar = commands.add_parser("processar", help="trata uma vez o que está na pasta")
    _add_options(processar)
    processar.add_argument(
        "--espera",
        type=float,
        default=_BETWEEN_LOOKS,
        metavar="S",
        help="segundos entre as duas olhadas que mostram que ninguém mais grava um arquivo (3)",
    )
    processar.set_defaults(func=_processar)

    vigiar = commands.add_parser("vigiar", help="trata o que chega, até Ctrl+C")
    _add_options(vigiar)
    vigiar.add_argument(
        "--intervalo", type=float, default=_BETWEEN_ROUNDS, metavar="S", help="segundos entre as olhadas (10)"
    )
    vigiar.set_defaults(func=_vigiar)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pasta", type=Path, metavar="DIR", help="em vez da pasta escolhida na janela")
    parser.add_argument("--conta", metavar="MNEMONICO", help="em vez da conta escolhida na janela")
    parser.add_argument("--cobranca", metavar="NOME", help="em vez da cobrança escolhida na janela")
    parser.add_argument(
        "--registrar", action=argparse.BooleanOptionalAction, default=None, help="registra o que ficar PENDENTE"
    )
    parser.add_argument(
        "--pdf", action=argparse.BooleanOptionalAction, default=None, help="gera o PDF de cada boleto registrado"
    )
    parser.add_argument("--json", action="store_true", help="um objeto JSON por arquivo")


def _processar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        preferencias = _preferencias(program, args)
        program.services.reconciliacao.verificar_todas()
        treated = list(program.services.pasta.processar(preferencias))
        time.sleep(max(args.espera, 0))
        treated += program.services.pasta.processar(preferencias)
        last = {each.path.name: each for each in treated}
        for each in last.values():
            _show(each, as_json=args.json)
        return exit_codes.for_respostas([each.resposta for each in last.values()])


def _vigiar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        preferencias = _preferencias(program, args)
        program.services.pasta.conferir(preferencias)
        checked, copied, told = 0.0, program.clock.today(), ""
        while True:
            try:
                if copied != program.clock.today():
                    copied = program.clock.today()  # no window is ever closed here
                    program.services.copia.fazer(MotivoCopia.DIARIA)
                if time.monotonic() - checked >= _BETWEEN_CHECKS:
                    checked = time.monotonic()
                    program.services.reconciliacao.verificar_todas()
                for each in program.services.pasta.processar(preferencias):
                    if each.mudou:
                        _show(each, as_json=args.json)
                sys.stdout.flush()  # whoever reads us through a pipe hears of it now
                told = ""
            except AppError as error:
                if told != str(error):  # once: a folder on a server comes back, and watching goes on
                    write_error(error)
                told = str(error)
            time.sleep(max(args.intervalo, 1))


def _preferencias(program: Program, args: argparse.Namespace) -> PreferenciasPasta:
    kept = program.settings.pasta
    return replace(
        kept,
        pasta=args.pasta.absolute() if args.pasta else kept.pasta,
        conta=args.conta or kept.conta,
        cobranca=args.cobranca or kept.cobranca or _only_cobranca(program, args.conta or kept.conta),
        registrar=kept.registrar if args.registrar is None else args.registrar,
        gerar_pdf=kept.gerar_pdf if args.pdf is None else args.pdf,
    )


def _only_cobranca(program: Program, mnemonico: str) -> str:
    conta = program.services.busca.conta(mnemonico)
    tipos = program.services.busca.tipos_cobranca(conta.id) if conta else ()
    return tipos[0].nome if len(tipos) == 1 else ""


def _show(each: ArquivoTratado, *, as_json: bool) -> None:
    resposta = each.resposta
    if as_json:
        write_json(
            {
                "arquivo": resposta.arquivo,
                "caminho": str(each.path),
                "completo": resposta.is_completa,
                "linhas": len(resposta.linhas),
                "com_erro": sum(bool(linha.erro) and not linha.pendente for linha in resposta.linhas),
                "pendentes": sum(linha.pendente for linha in resposta.linhas),
                "erro": resposta.erro,
                "mensagem": resposta.mensagem,
            }
        )
    else:
        write_line(f"{resposta.arquivo}: {resposta.mensagem or summary(resposta.linhas)}")
