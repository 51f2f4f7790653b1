"""``bancointegra pagamento``: consultar, pagar, confirmar, cancelar, estornar, situacao, verificar, listar …"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bancointegra.cli import exit_codes, pagamento_conta
from bancointegra.cli.lote import opened_program
from bancointegra.cli.output import write_json, write_line, write_note
from bancointegra.cli.pagamento_texto import (
    consultada_lines,
    convenio_json,
    ocorrencia_json,
    ocorrencia_line,
    pagamento_json,
    pagamento_line,
    saldo_json,
)
from bancointegra.cli.selecao import read_day
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import InputError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import PagamentoFilter, PagamentoSort, ResultadoPagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.texto import fold
from bancointegra.services.ocorrencia import DIAS_BUSCADOS

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program

_STATUS = {fold(situacao.value).replace(" ", "-"): situacao for situacao in SituacaoPagamento}


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``pagamento`` and its own commands."""
    pagamento = subparsers.add_parser("pagamento", help="pagamento de contas pela Celcoin")
    commands = pagamento.add_subparsers(metavar="COMANDO", required=True)

    consultar = commands.add_parser("consultar", help="mostra uma conta pela linha digitável; nada é pago")
    _add_codigo(consultar)
    consultar.set_defaults(func=_consultar)

    pagar = commands.add_parser("pagar", help="reserva o valor de uma conta; sem --confirmar, nada é pago ainda")
    _add_codigo(pagar)
    pagar.add_argument("--valor", type=_valor, metavar="1.250,00", help="outro valor, se a conta permitir")
    pagar.add_argument("--confirmar", action="store_true", help="reserva e confirma de uma vez")
    pagar.add_argument("--de-novo", action="store_true", help="paga mesmo que já tenha sido paga em outro dia")
    pagar.set_defaults(func=_pagar)

    _add_order(commands, "confirmar", "paga o que foi reservado", lambda p: p.services.pagamentos.pagamento.confirmar)
    _add_order(commands, "cancelar", "desiste de uma reserva", lambda p: p.services.pagamentos.pagamento.cancelar)
    _add_order(
        commands,
        "estornar",
        "pede de volta um pagamento ainda não liquidado",
        lambda p: p.services.pagamentos.pagamento.estornar,
    )
    _add_order(
        commands,
        "situacao",
        "pergunta à Celcoin como está um pagamento",
        lambda p: p.services.pagamentos.verificacao.verificar,
    )

    verificar = commands.add_parser("verificar", help="resolve com a Celcoin o que não terminou; mostra reservas órfãs")
    _add_common(verificar)
    verificar.set_defaults(func=_verificar)

    decidir = commands.add_parser("decidir", help="registra o que o suporte da Celcoin disse de um A CONFIRMAR")
    decidir.add_argument("id", type=int, metavar="ID")
    decidir.add_argument("--situacao", type=_situacao, required=True, metavar="S", help="pago, desfeito, estornado …")
    decidir.add_argument(
        "--motivo", required=True, metavar="TEXTO", help="quem informou, o protocolo; fica no histórico"
    )
    decidir.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    decidir.set_defaults(func=_decidir)

    listar = commands.add_parser("listar", help="lista pagamentos")
    listar.add_argument("texto", nargs="?", default="", help="só os que contêm este texto")
    listar.add_argument("--status", type=_statuses, default=frozenset(), metavar="S[,S]", help=", ".join(_STATUS))
    listar.add_argument("--de", type=read_day, metavar="AAAA-MM-DD", help="incluídos desde")
    listar.add_argument("--ate", type=read_day, metavar="AAAA-MM-DD", help="incluídos até")
    _add_common(listar)
    listar.set_defaults(func=_listar)

    comprovante = commands.add_parser("comprovante", help="mostra o comprovante de um pagamento confirmado")
    comprovante.add_argument("id", type=int, metavar="ID")
    comprovante.set_defaults(func=_comprovante)

    ocorrencias = commands.add_parser("ocorrencias", help="busca pagamentos devolvidos e lista todos")
    ocorrencias.add_argument("--dias", type=int, default=DIAS_BUSCADOS, metavar="N", help="quantos dias buscar")
    _add_common(ocorrencias)
    ocorrencias.set_defaults(func=_ocorrencias)

    convenios = commands.add_parser("convenios", help="procura convênios pelo nome")
    convenios.add_argument("texto", nargs="?", default="", help="parte do nome")
    convenios.add_argument("--atualizar", action="store_true", help="busca a lista de novo, mesmo que seja de hoje")
    _add_common(convenios)
    convenios.set_defaults(func=_convenios)

    saldo = commands.add_parser("saldo", help="saldo da conta na Celcoin")
    _add_common(saldo)
    saldo.set_defaults(func=_saldo)

    pagamento_conta.register(commands)


def conta_de(program: Program, mnemonico: str | None) -> ContaPagamento:
    """The account of that mnemonic, or the only one there is. Raises ``InputError``."""
    contas = program.services.pagamentos.conta.todas()
    chosen = [conta for conta in contas if mnemonico is None or conta.mnemonico == mnemonico.strip().upper()]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(conta.mnemonico for conta in contas) or "nenhuma; crie com bancointegra pagamento conta salvar"
    raise InputError("Informe a Conta de Pagamento.", field="--conta", hint=f"Há: {known}.")


def _consultar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        consultada = program.services.pagamentos.pagamento.consultar(conta_de(program, args.conta).id, args.codigo)
        if args.json:
            write_json(pagamento_json(consultada.pagamento))
        else:
            for line in consultada_lines(consultada):
                write_line(line)
    return exit_codes.OK


def _pagar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        service = program.services.pagamentos.pagamento
        pagamento_id = service.consultar(conta_de(program, args.conta).id, args.codigo).pagamento.id
        if args.valor is not None:
            service.definir_valor(pagamento_id, args.valor)
        pay = service.pagar if args.confirmar else service.reservar
        return _shown(program, args, [pay(pagamento_id, repetir=args.de_novo)])


def _verificar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        verificacao = program.services.pagamentos.verificacao
        resultados = verificacao.verificar_todos()
        status = _shown(program, args, resultados)
        for conta in program.services.pagamentos.conta.todas():
            for orfa in verificacao.orfas(conta.id):
                write_note(
                    f"Reserva órfã na Celcoin: transação {orfa.transacao}, NSU {orfa.nsu}. "
                    "Este programa não a conhece; ela se desfaz sozinha em 30 minutos."
                )
        if not resultados and not args.json:
            write_line("Nada a confirmar.")
        return status


def _decidir(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        resultado = program.services.pagamentos.verificacao.decidir(args.id, args.situacao, args.motivo)
        return _shown(program, args, [resultado])


def _listar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        busca = program.services.pagamentos.busca
        conta_id = conta_de(program, args.conta).id if args.conta else None
        filtro = PagamentoFilter(conta_id=conta_id, situacoes=args.status, de=args.de, ate=args.ate, texto=args.texto)
        for pagamento in busca.rows(busca.ids(filtro, PagamentoSort.INCLUSAO, descending=False)):
            if args.json:
                write_json(pagamento_json(pagamento))
            else:
                write_line(pagamento_line(pagamento))
    return exit_codes.OK


def _comprovante(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        write_line(program.services.pagamentos.pagamento.comprovante(args.id).texto)
    return exit_codes.OK


def _ocorrencias(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        service = program.services.pagamentos.ocorrencias
        conta = conta_de(program, args.conta)
        service.buscar(conta.id, args.dias)
        for guardada in service.listar(conta.id):
            if args.json:
                write_json(ocorrencia_json(guardada))
            else:
                write_line(ocorrencia_line(guardada))
    return exit_codes.OK


def _convenios(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        service = program.services.pagamentos.convenios
        conta_id = conta_de(program, args.conta).id
        if args.atualizar or not service.is_atual(conta_id):
            service.atualizar(conta_id)
        for convenio in service.procurar(conta_id, args.texto):
            if args.json:
                write_json(convenio_json(convenio))
            else:
                write_line(f"{convenio.limite:%H:%M} {convenio.nome}" if convenio.limite else f"--:-- {convenio.nome}")
    return exit_codes.OK


def _saldo(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        saldo = program.services.pagamentos.pagamento.saldo(conta_de(program, args.conta).id)
    if args.json:
        write_json(saldo_json(saldo))
    else:
        write_line(saldo.disponivel.com_simbolo)
    return exit_codes.OK


def _shown(
    program: Program, args: argparse.Namespace, resultados: list[ResultadoPagamento] | tuple[ResultadoPagamento, ...]
) -> int:
    """Tell each result; the status."""
    for resultado in resultados:
        if args.json:
            pagamento = program.services.pagamentos.busca.pagamento(resultado.pagamento_id)
            told = {
                "desfecho": resultado.desfecho.name.lower(),
                "mensagem": resultado.mensagem,
                "erro": resultado.codigo,
            }
            write_json(pagamento_json(pagamento) | told)
        else:
            word = "ok" if resultado.desfecho is Desfecho.CONFIRMADA else resultado.desfecho.value
            write_line(f"{resultado.pagamento_id} {resultado.identificacao}: {word}. {resultado.mensagem}")
    return exit_codes.for_results(resultados)


def _add_order(
    commands: argparse._SubParsersAction[Any],
    name: str,
    help_text: str,
    service: Callable[[Program], Callable[[int], ResultadoPagamento]],
) -> None:
    def run(args: argparse.Namespace) -> int:
        with opened_program(args) as program:
            return _shown(program, args, [service(program)(args.id)])

    parser = commands.add_parser(name, help=help_text)
    parser.add_argument("id", type=int, metavar="ID", help="o número do pagamento, como em listar")
    parser.add_argument("--json", action="store_true", help="um objeto JSON por linha")
    parser.set_defaults(func=run)


def _add_codigo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codigo", metavar="CODIGO", help="linha digitável ou código de barras, pontos permitidos")
    _add_common(parser)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--conta", metavar="MNEMONICO", help="a Conta de Pagamento, se houver mais de uma")
    parser.add_argument("--json", action="store_true", help="um objeto JSON por linha")


def _valor(text: str) -> Reais:
    try:
        return Reais.parse(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.message) from None


def _statuses(text: str) -> frozenset[SituacaoPagamento]:
    return frozenset(_situacao(part) for part in text.split(","))


def _situacao(text: str) -> SituacaoPagamento:
    name = fold(text).replace(" ", "-")
    if name not in _STATUS:
        raise argparse.ArgumentTypeError(f"status “{name}”; use {', '.join(_STATUS)}")
    return _STATUS[name]
