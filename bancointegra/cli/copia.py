"""``bancointegra copia``: fazer, listar, restaurar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bancointegra.cli import exit_codes
from bancointegra.cli.conta import add_json
from bancointegra.cli.lote import opened_program
from bancointegra.cli.output import write_json, write_line, write_note
from bancointegra.domain.copia import ConteudoCopia, MotivoCopia
from bancointegra.domain.errors import AppError, InputError


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``copia`` and its own commands."""
    copia = subparsers.add_parser("copia", help="cópias de segurança dos dados")
    commands = copia.add_subparsers(metavar="COMANDO", required=True)

    fazer = commands.add_parser("fazer", help="faz uma cópia agora e a confere")
    add_json(fazer)
    fazer.set_defaults(func=_fazer)

    listar = commands.add_parser("listar", help="lista as cópias e o que cada uma tem")
    add_json(listar)
    listar.set_defaults(func=_listar)

    restaurar = commands.add_parser("restaurar", help="volta os dados ao que está numa cópia")
    restaurar.add_argument("arquivo", type=Path, metavar="ARQ")
    restaurar.add_argument("--sim", action="store_true", help="confirma; sem ela, só mostra o que a cópia tem")
    add_json(restaurar)
    restaurar.set_defaults(func=_restaurar)


def _fazer(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        feita = program.services.copia.fazer(MotivoCopia.A_PEDIDO)
        if args.json:
            write_json({"arquivo": str(feita.path), "aviso": feita.aviso})
        else:
            write_line(str(feita.path))
        if feita.aviso:
            write_note(feita.aviso)
            return exit_codes.LOCAL
        return exit_codes.OK


def _listar(args: argparse.Namespace) -> int:
    from bancointegra.bootstrap.copias import build_catalogo
    from bancointegra.bootstrap.program import program_paths

    catalogo = build_catalogo(program_paths(args.dados))
    status = exit_codes.OK
    for copia in catalogo.listar():
        try:
            conteudo: ConteudoCopia | None = catalogo.previa(copia.path)
            problema = ""
        except AppError as error:
            conteudo, problema, status = None, str(error), exit_codes.LOCAL
        if args.json:
            write_json(
                {
                    "arquivo": str(copia.path),
                    "feita_em": copia.nome.em.isoformat(),
                    "motivo": copia.nome.motivo.value,
                    "versao": copia.nome.versao,
                    "origem": copia.nome.origem,
                    "tamanho": copia.tamanho,
                    "problema": problema,
                    **(_conteudo_json(conteudo) if conteudo else {}),
                }
            )
        else:
            write_line(f"{copia.path}: {problema or _conteudo_line(conteudo)}")
    return status


def _restaurar(args: argparse.Namespace) -> int:
    from bancointegra.bootstrap.copias import build_catalogo, restore_copy
    from bancointegra.bootstrap.program import program_paths

    paths = program_paths(args.dados).create()
    conteudo = build_catalogo(paths).previa(args.arquivo)
    if not args.sim:
        write_line(_conteudo_line(conteudo))
        raise InputError(
            "Nada foi restaurado.",
            hint="O que foi feito depois da cópia deixa de aparecer. Repita com --sim para restaurar.",
            code="sem_confirmacao",
        )
    conferencias = restore_copy(paths, args.arquivo)
    if args.json:
        write_json({"restaurada": str(args.arquivo), "contas_a_conferir": len(conferencias)})
    else:
        write_line("Cópia restaurada.")
    if conferencias:
        libera = max(conferencia.nao_antes for conferencia in conferencias).astimezone()
        write_note(
            f"{len(conferencias)} conta(s) só registram depois que “titulos verificar” perguntar ao banco o que veio "
            f"depois da cópia, a partir de {libera:%d/%m/%Y %H:%M}."
        )
    return exit_codes.OK


def _conteudo_json(conteudo: ConteudoCopia) -> dict[str, Any]:
    return {
        "contas": list(conteudo.contas),
        "titulos": {situacao.value: count for situacao, count in conteudo.titulos.items()},
        "a_confirmar": conteudo.a_confirmar,
        "ultima_mudanca": conteudo.ultima_mudanca.isoformat() if conteudo.ultima_mudanca else None,
        "tabelas": conteudo.tabelas.name.lower(),
    }


def _conteudo_line(conteudo: ConteudoCopia | None) -> str:
    if conteudo is None:
        return ""
    changed = f"{conteudo.ultima_mudanca:%d/%m/%Y %H:%M}" if conteudo.ultima_mudanca else "nenhuma"
    total = sum(conteudo.titulos.values())
    return f"{total} títulos, {len(conteudo.contas)} contas, última mudança {changed}, {conteudo.tabelas.value}"
