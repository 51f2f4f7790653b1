"""Choosing títulos on the command line: the account, the filter, single títulos."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.errors import InputError
from bancointegra.domain.situacao import SITUACOES_POR_OPERACAO, Operacao, Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import TipoPeriodo, TituloFilter, TituloSort

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program

_STATUS = {fold(situacao.value).replace(" ", "-"): situacao for situacao in Situacao}
_PERIODO = {fold(periodo.value): periodo for periodo in TipoPeriodo}


def add_conta(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--conta", required=True, metavar="MNEMONICO", help="a Conta Bancária")
    parser.add_argument("--cobranca", metavar="NOME", help="o Tipo de Cobrança, quando a conta tem mais de um")
    parser.add_argument("--json", action="store_true", help="um objeto JSON por linha")


def add_filter(parser: argparse.ArgumentParser) -> None:
    add_conta(parser)
    parser.add_argument("--status", type=_statuses, metavar="S[,S]", help=f"entre {', '.join(_STATUS)}")
    parser.add_argument("--de", type=read_day, metavar="AAAA-MM-DD", help="início do período")
    parser.add_argument("--ate", type=read_day, metavar="AAAA-MM-DD", help="fim do período")
    parser.add_argument("--por", type=_period, default=TipoPeriodo.VENCIMENTO, help="vencimento, emissao ou liquidacao")
    parser.add_argument("--titulo", action="append", metavar="N[/P]", help="só este título; pode repetir")


def _statuses(text: str) -> frozenset[Situacao]:
    chosen = [fold(part).replace(" ", "-") for part in text.split(",")]
    unknown = [name for name in chosen if name not in _STATUS]
    if unknown:
        raise argparse.ArgumentTypeError(f"status “{unknown[0]}”; use {', '.join(_STATUS)}")
    return frozenset(_STATUS[name] for name in chosen)


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” não é uma data AAAA-MM-DD") from None


def _period(text: str) -> TipoPeriodo:
    try:
        return _PERIODO[fold(text)]
    except KeyError:
        raise argparse.ArgumentTypeError(f"“{text}”; use {', '.join(_PERIODO)}") from None


def find_conta(program: Program, mnemonico: str) -> ContaBancaria:
    conta = program.services.busca.conta(mnemonico)
    if conta is None:
        known = ", ".join(conta.mnemonico for conta in program.services.busca.contas()) or "nenhuma"
        raise InputError(f"Não há conta com o mnemônico {mnemonico}.", field="--conta", hint=f"Contas: {known}.")
    return conta


def find_tipo_cobranca(program: Program, conta: ContaBancaria, nome: str | None) -> TipoCobranca:
    tipos = program.services.busca.tipos_cobranca(conta.id)
    chosen = [tipo for tipo in tipos if nome is None or fold(tipo.nome) == fold(nome)]
    if len(chosen) != 1:
        known = ", ".join(tipo.nome for tipo in tipos) or "nenhum"
        raise InputError("Informe um Tipo de Cobrança da conta.", field="--cobranca", hint=f"Tipos: {known}.")
    return chosen[0]


def allowed_situacoes(
    asked: frozenset[Situacao] | None, operacao: Operacao, default: frozenset[Situacao]
) -> frozenset[Situacao]:
    if asked is None:
        return default
    refused = sorted(s.value for s in asked - SITUACOES_POR_OPERACAO[operacao])
    if refused:
        raise InputError(f"{operacao.value} não aceita {', '.join(refused)}.", field="--status")
    return asked


def chosen_ids(program: Program, args: argparse.Namespace, situacoes: frozenset[Situacao]) -> tuple[int, ...]:
    conta = find_conta(program, args.conta)
    tipo_id = find_tipo_cobranca(program, conta, args.cobranca).id if args.cobranca else None
    if args.titulo:
        return titulo_ids(program, args)
    filtro = TituloFilter(
        conta_id=conta.id,
        tipo_cobranca_id=tipo_id,
        situacoes=situacoes,
        tipo_periodo=args.por,
        de=args.de,
        ate=args.ate,
    )
    return program.services.busca.ids(filtro, TituloSort.VENCIMENTO, descending=False)


def titulo_ids(program: Program, args: argparse.Namespace) -> tuple[int, ...]:
    """The títulos named by ``--titulo``."""
    keys = [_key(text) for text in args.titulo]
    found = program.services.busca.por_numero(find_conta(program, args.conta).id, keys)
    missing = ["/".join(part for part in key if part) for key in keys if key not in found]
    if missing:
        raise InputError(f"Título não encontrado: {', '.join(missing)}.", field="--titulo")
    return tuple(found[key].id for key in keys)


def _key(text: str) -> tuple[str, str]:
    numero, _, parcela = text.partition("/")
    return numero, parcela
