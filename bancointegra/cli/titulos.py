"""``bancointegra titulos``: importar, listar, registrar, consultar, imprimir, verificar."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bancointegra.cli import exit_codes, instrucoes
from bancointegra.cli.linhas import show_linhas
from bancointegra.cli.lote import opened_program, run_batch, show_resultado, titulo_json, titulo_line
from bancointegra.cli.output import write_error, write_json, write_line, write_note
from bancointegra.cli.selecao import (
    add_conta,
    add_filter,
    allowed_situacoes,
    chosen_ids,
    find_conta,
    find_tipo_cobranca,
    titulo_ids,
)
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import InputError, PrintError
from bancointegra.domain.ponte import PedidoPonte
from bancointegra.domain.situacao import SITUACOES_POR_OPERACAO, Operacao, Situacao
from bancointegra.services.importacao_inteira import problemas
from bancointegra.services.resumo import resumir

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program

_MAX_FAULTS_SHOWN = 30


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``titulos`` and its own commands."""
    titulos = subparsers.add_parser("titulos", help="títulos a receber e seus boletos")
    commands = titulos.add_subparsers(metavar="COMANDO", required=True)

    importar = commands.add_parser("importar", help="importa títulos de CSV, XLSX ou NF-e, e os registra se pedido")
    importar.add_argument("arquivo", type=Path, metavar="ARQ")
    add_conta(importar)
    importar.add_argument("--registrar", action="store_true", help="registra os que ficarem PENDENTE")
    importar.add_argument("--pdf", action="store_true", help="gera o PDF de cada boleto registrado")
    importar.add_argument("--pasta", type=Path, metavar="DIR", help="pasta dos PDFs")
    importar.add_argument("--tudo-ou-nada", action="store_true", help="com uma linha errada, não importa nenhuma")
    importar.set_defaults(func=_importar)

    listar = commands.add_parser("listar", help="lista títulos")
    add_filter(listar)
    listar.set_defaults(func=_listar)

    registrar = commands.add_parser("registrar", help="registra boletos dos títulos PENDENTE (ou BAIXADO, se pedido)")
    add_filter(registrar)
    registrar.add_argument("--pdf", action="store_true", help="gera o PDF de cada boleto registrado")
    registrar.add_argument("--pasta", type=Path, metavar="DIR", help="pasta dos PDFs")
    registrar.set_defaults(func=_registrar)

    consultar = commands.add_parser("consultar", help="pergunta ao banco a situação dos boletos registrados")
    add_filter(consultar)
    consultar.set_defaults(func=_consultar)

    imprimir = commands.add_parser("imprimir", help="gera de novo o PDF de boletos registrados")
    add_filter(imprimir)
    imprimir.add_argument("--pasta", type=Path, metavar="DIR", help="pasta dos PDFs")
    imprimir.set_defaults(func=_imprimir)

    instrucoes.register(commands)

    verificar = commands.add_parser("verificar", help="resolve com o banco o que está A CONFIRMAR")
    verificar.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    verificar.set_defaults(func=_verificar)

    negada = commands.add_parser("aprovacao-negada", help="encerra o que aguardava uma aprovação que foi negada")
    add_conta(negada)
    negada.add_argument("--titulo", action="append", required=True, metavar="N[/P]", help="o título; pode repetir")
    negada.set_defaults(func=_aprovacao_negada)


def _importar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        if args.pasta:
            program.use_boleto_folder(args.pasta)
        conta = find_conta(program, args.conta)
        tipo = find_tipo_cobranca(program, conta, args.cobranca)
        if args.tudo_ou_nada and not _is_faultless(program, args.arquivo, conta):
            return exit_codes.PARTIAL
        pedido = PedidoPonte(conta, tipo.id, args.registrar, args.pdf)
        resposta = program.services.ponte.processar(args.arquivo, pedido)
        if resposta.erro:
            raise InputError(resposta.mensagem, code=resposta.erro)
        show_linhas(program, resposta, as_json=args.json)
        return exit_codes.for_linhas(resposta.linhas)


def _is_faultless(program: Program, arquivo: Path, conta: ContaBancaria) -> bool:
    """Whether all rows can be imported; the faults are told."""
    problems = problemas(program.services.importacao.ler([arquivo], conta))
    for problem in problems[:_MAX_FAULTS_SHOWN]:
        write_note(problem)
    if len(problems) > _MAX_FAULTS_SHOWN:
        write_note(f"… e mais {len(problems) - _MAX_FAULTS_SHOWN}.")
    if problems:
        write_note("Nada foi importado. Corrija o arquivo e importe de novo.")
    return not problems


def _listar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        for titulo_id in chosen_ids(program, args, args.status or frozenset()):
            titulo = program.services.busca.titulo(titulo_id)
            if args.json:
                write_json(titulo_json(titulo))
            else:
                write_line(titulo_line(titulo))
        return exit_codes.OK


def _registrar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        if args.pasta:
            program.use_boleto_folder(args.pasta)
        situacoes = allowed_situacoes(args.status, Operacao.REGISTRAR, default=frozenset({Situacao.PENDENTE}))
        ids = chosen_ids(program, args, situacoes)
        registrar = program.services.registro.registrar
        return run_batch(program, args, Operacao.REGISTRAR, ids, lambda i: registrar(i, gerar_pdf=args.pdf))


def _consultar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        situacoes = allowed_situacoes(args.status, Operacao.CONSULTAR, SITUACOES_POR_OPERACAO[Operacao.CONSULTAR])
        ids = chosen_ids(program, args, situacoes)
        return run_batch(program, args, Operacao.CONSULTAR, ids, program.services.consulta.consultar)


def _imprimir(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        if args.pasta:
            program.use_boleto_folder(args.pasta)
        status = exit_codes.OK
        for titulo_id in chosen_ids(program, args, args.status or frozenset({Situacao.REGISTRADO})):
            try:
                path = program.services.impressao.gerar_pdf(titulo_id)
            except PrintError as error:
                write_error(error)
                status = exit_codes.LOCAL
                continue
            titulo = program.services.busca.titulo(titulo_id)
            if args.json:
                write_json(titulo_json(titulo))
            else:
                write_line(f"{titulo.identificacao}: {path}")
        return status


def _verificar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        resultados = program.services.reconciliacao.verificar_todas()
        for resultado in resultados:
            show_resultado(program, resultado, as_json=args.json)
        if not args.json:
            write_line(resumir(Operacao.REGISTRAR, resultados) if resultados else "Nada a confirmar.")
        return exit_codes.for_results(resultados)


def _aprovacao_negada(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        found = [program.services.reconciliacao.encerrar_negada(one) for one in titulo_ids(program, args)]
        resultados = [resultado for resultado in found if resultado is not None]
        for resultado in resultados:
            show_resultado(program, resultado, as_json=args.json)
        if not resultados and not args.json:
            write_line("Nenhum destes títulos aguarda aprovação.")
        denied = [one for one in resultados if one.codigo != "aprovacao_negada"]
        return exit_codes.for_results(denied)
