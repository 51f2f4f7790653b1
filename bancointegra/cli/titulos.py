"""``bancointegra titulos``: importar, listar, registrar, consultar, verificar."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from bancointegra.bootstrap.program import Program, open_program
from bancointegra.cli import exit_codes
from bancointegra.cli.output import write_error, write_json, write_line, write_note
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.errors import InputError, PrintError
from bancointegra.domain.order import Resultado
from bancointegra.domain.situacao import SITUACOES_POR_OPERACAO, Operacao, Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import TipoPeriodo, Titulo, TituloFilter, TituloSort
from bancointegra.services.resumo import resumir

PARALLEL = 8
_MAX_FAULTS_SHOWN = 30

_STATUS = {fold(situacao.value).replace(" ", "-"): situacao for situacao in Situacao}
_PERIODO = {fold(periodo.value): periodo for periodo in TipoPeriodo}


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``titulos`` and its own commands."""
    titulos = subparsers.add_parser("titulos", help="títulos a receber e seus boletos")
    commands = titulos.add_subparsers(metavar="COMANDO", required=True)

    importar = commands.add_parser("importar", help="importa títulos de um arquivo CSV; tudo ou nada")
    importar.add_argument("arquivo", type=Path, metavar="ARQ.csv")
    _add_conta(importar)
    importar.set_defaults(func=_importar)

    listar = commands.add_parser("listar", help="lista títulos")
    _add_filter(listar)
    listar.set_defaults(func=_listar)

    registrar = commands.add_parser("registrar", help="registra boletos dos títulos PENDENTE (ou BAIXADO, se pedido)")
    _add_filter(registrar)
    registrar.add_argument("--pdf", action="store_true", help="gera o PDF de cada boleto registrado")
    registrar.add_argument("--pasta", type=Path, metavar="DIR", help="pasta dos PDFs")
    registrar.set_defaults(func=_registrar)

    consultar = commands.add_parser("consultar", help="pergunta ao banco a situação dos boletos registrados")
    _add_filter(consultar)
    consultar.set_defaults(func=_consultar)

    imprimir = commands.add_parser("imprimir", help="gera de novo o PDF de boletos registrados")
    _add_filter(imprimir)
    imprimir.add_argument("--pasta", type=Path, metavar="DIR", help="pasta dos PDFs")
    imprimir.set_defaults(func=_imprimir)

    verificar = commands.add_parser("verificar", help="resolve com o banco o que está A CONFIRMAR")
    verificar.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    verificar.set_defaults(func=_verificar)


def _add_conta(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--conta", required=True, metavar="MNEMONICO", help="a Conta Bancária")
    parser.add_argument("--cobranca", metavar="NOME", help="o Tipo de Cobrança, quando a conta tem mais de um")
    parser.add_argument("--json", action="store_true", help="um objeto JSON por linha")


def _add_filter(parser: argparse.ArgumentParser) -> None:
    _add_conta(parser)
    parser.add_argument("--status", type=_statuses, metavar="S[,S]", help=f"entre {', '.join(_STATUS)}")
    parser.add_argument("--de", type=_day, metavar="AAAA-MM-DD", help="início do período")
    parser.add_argument("--ate", type=_day, metavar="AAAA-MM-DD", help="fim do período")
    parser.add_argument("--por", type=_period, default=TipoPeriodo.VENCIMENTO, help="vencimento, emissao ou liquidacao")
    parser.add_argument("--titulo", action="append", metavar="N[/P]", help="só este título; pode repetir")


def _statuses(text: str) -> frozenset[Situacao]:
    chosen = [fold(part).replace(" ", "-") for part in text.split(",")]
    unknown = [name for name in chosen if name not in _STATUS]
    if unknown:
        raise argparse.ArgumentTypeError(f"status “{unknown[0]}”; use {', '.join(_STATUS)}")
    return frozenset(_STATUS[name] for name in chosen)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” não é uma data AAAA-MM-DD") from None


def _period(text: str) -> TipoPeriodo:
    try:
        return _PERIODO[fold(text)]
    except KeyError:
        raise argparse.ArgumentTypeError(f"“{text}”; use {', '.join(_PERIODO)}") from None


@contextlib.contextmanager
def _program(args: argparse.Namespace) -> Iterator[Program]:
    program = open_program(args.dados)
    try:
        yield program
    finally:
        program.close()


def _importar(args: argparse.Namespace) -> int:
    with _program(args) as program:
        conta = _conta(program, args.conta)
        tipo = _tipo_cobranca(program, conta, args.cobranca)
        previa = program.services.importacao.ler(args.arquivo, conta)
        for falha in previa.falhas[:_MAX_FAULTS_SHOWN]:
            write_note(str(falha))
        if len(previa.falhas) > _MAX_FAULTS_SHOWN:
            write_note(f"… e mais {len(previa.falhas) - _MAX_FAULTS_SHOWN}.")
        if previa.falhas:
            write_note("Nada foi importado. Corrija o arquivo e importe de novo.")
            return exit_codes.PARTIAL
        stored = program.services.importacao.importar(previa, tipo.id)
        if args.json:
            write_json({"importados": stored, "ja_existentes": previa.ja_existentes})
        else:
            write_line(f"{stored} títulos importados ({previa.total.com_simbolo}); {previa.ja_existentes} já existiam.")
        return exit_codes.OK


def _listar(args: argparse.Namespace) -> int:
    with _program(args) as program:
        for titulo_id in _chosen_ids(program, args, args.status or frozenset()):
            titulo = program.services.busca.titulo(titulo_id)
            if args.json:
                write_json(_titulo_json(titulo))
            else:
                write_line(_titulo_line(titulo))
        return exit_codes.OK


def _registrar(args: argparse.Namespace) -> int:
    with _program(args) as program:
        if args.pasta:
            program.use_boleto_folder(args.pasta)
        situacoes = _allowed(args.status, Operacao.REGISTRAR, default=frozenset({Situacao.PENDENTE}))
        ids = _chosen_ids(program, args, situacoes)
        registrar = program.services.registro.registrar
        return _run_batch(program, args, Operacao.REGISTRAR, ids, lambda i: registrar(i, gerar_pdf=args.pdf))


def _consultar(args: argparse.Namespace) -> int:
    with _program(args) as program:
        situacoes = _allowed(args.status, Operacao.CONSULTAR, SITUACOES_POR_OPERACAO[Operacao.CONSULTAR])
        ids = _chosen_ids(program, args, situacoes)
        return _run_batch(program, args, Operacao.CONSULTAR, ids, program.services.consulta.consultar)


def _imprimir(args: argparse.Namespace) -> int:
    with _program(args) as program:
        if args.pasta:
            program.use_boleto_folder(args.pasta)
        status = exit_codes.OK
        for titulo_id in _chosen_ids(program, args, args.status or frozenset({Situacao.REGISTRADO})):
            try:
                path = program.services.impressao.gerar_pdf(titulo_id)
            except PrintError as error:
                write_error(error)
                status = exit_codes.LOCAL
                continue
            titulo = program.services.busca.titulo(titulo_id)
            if args.json:
                write_json(_titulo_json(titulo))
            else:
                write_line(f"{titulo.identificacao}: {path}")
        return status


def _verificar(args: argparse.Namespace) -> int:
    with _program(args) as program:
        resultados = program.services.reconciliacao.verificar_todas()
        for resultado in resultados:
            _show(program, resultado, as_json=args.json)
        if not args.json:
            write_line(resumir(Operacao.REGISTRAR, resultados) if resultados else "Nada a confirmar.")
        return exit_codes.for_results(resultados)


def _run_batch(
    program: Program,
    args: argparse.Namespace,
    operacao: Operacao,
    ids: Sequence[int],
    work_one: Callable[[int], Resultado],
) -> int:
    resultados = []
    with ThreadPoolExecutor(PARALLEL) as pool:
        try:
            for resultado in pool.map(work_one, ids):
                resultados.append(resultado)
                _show(program, resultado, as_json=args.json)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    if not args.json:
        write_line(resumir(operacao, resultados) if resultados else "Nenhum título encontrado.")
    return exit_codes.for_results(resultados)


def _show(program: Program, resultado: Resultado, *, as_json: bool) -> None:
    if not as_json:
        write_line(f"{resultado.titulo}: {resultado.desfecho.value}. {resultado.mensagem}")
        return
    titulo = _titulo_json(program.services.busca.titulo(resultado.titulo_id))
    write_json(
        {
            **titulo,
            "desfecho": resultado.desfecho.name.lower(),
            "mensagem": resultado.mensagem,
            "erro": resultado.codigo,
        }
    )


def _conta(program: Program, mnemonico: str) -> ContaBancaria:
    conta = program.services.busca.conta(mnemonico)
    if conta is None:
        known = ", ".join(conta.mnemonico for conta in program.services.busca.contas()) or "nenhuma"
        raise InputError(f"Não há conta com o mnemônico {mnemonico}.", field="--conta", hint=f"Contas: {known}.")
    return conta


def _tipo_cobranca(program: Program, conta: ContaBancaria, nome: str | None) -> TipoCobranca:
    tipos = program.services.busca.tipos_cobranca(conta.id)
    chosen = [tipo for tipo in tipos if nome is None or fold(tipo.nome) == fold(nome)]
    if len(chosen) != 1:
        known = ", ".join(tipo.nome for tipo in tipos) or "nenhum"
        raise InputError("Informe um Tipo de Cobrança da conta.", field="--cobranca", hint=f"Tipos: {known}.")
    return chosen[0]


def _allowed(
    asked: frozenset[Situacao] | None, operacao: Operacao, default: frozenset[Situacao]
) -> frozenset[Situacao]:
    if asked is None:
        return default
    refused = sorted(s.value for s in asked - SITUACOES_POR_OPERACAO[operacao])
    if refused:
        raise InputError(f"{operacao.value} não aceita {', '.join(refused)}.", field="--status")
    return asked


def _chosen_ids(program: Program, args: argparse.Namespace, situacoes: frozenset[Situacao]) -> tuple[int, ...]:
    conta = _conta(program, args.conta)
    tipo_id = _tipo_cobranca(program, conta, args.cobranca).id if args.cobranca else None
    if args.titulo:
        keys = [_key(text) for text in args.titulo]
        found = program.services.busca.por_numero(conta.id, keys)
        missing = ["/".join(part for part in key if part) for key in keys if key not in found]
        if missing:
            raise InputError(f"Título não encontrado: {', '.join(missing)}.", field="--titulo")
        return tuple(found[key].id for key in keys)
    filtro = TituloFilter(
        conta_id=conta.id,
        tipo_cobranca_id=tipo_id,
        situacoes=situacoes,
        tipo_periodo=args.por,
        de=args.de,
        ate=args.ate,
    )
    return program.services.busca.ids(filtro, TituloSort.VENCIMENTO, descending=False)


def _key(text: str) -> tuple[str, str]:
    numero, _, parcela = text.partition("/")
    return numero, parcela


def _titulo_json(titulo: Titulo) -> dict[str, Any]:
    boleto = titulo.boleto
    return {
        "id": titulo.id,
        "titulo": titulo.identificacao,
        "sacado": titulo.sacado.nome,
        "documento": titulo.sacado.documento.numero,
        "emissao": titulo.emissao.isoformat(),
        "vencimento": titulo.vencimento.isoformat(),
        "valor": str(titulo.valor.decimal),
        "situacao": titulo.situacao.value,
        "a_confirmar": titulo.a_confirmar,
        "nosso_numero": boleto.nosso_numero if boleto else None,
        "linha_digitavel": boleto.linha_digitavel if boleto else None,
        "codigo_barras": boleto.codigo_barras if boleto else None,
        "liquidado_em": titulo.liquidado_em.isoformat() if titulo.liquidado_em else None,
        "valor_pago": str(titulo.valor_pago.decimal) if titulo.valor_pago else None,
        "pdf": titulo.pdf_path or None,
    }


def _titulo_line(titulo: Titulo) -> str:
    situacao = "A CONFIRMAR" if titulo.a_confirmar else titulo.situacao.value
    return (
        f"{titulo.identificacao:<12} {titulo.sacado.nome[:32]:<32} {titulo.vencimento:%d/%m/%Y} "
        f"{titulo.valor!s:>14} {situacao}"
    )
