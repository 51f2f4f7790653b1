"""``bancointegra titulos alterar | baixar | protestar | cancelar-protesto``."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bancointegra.cli.lote import opened_program, run_batch
from bancointegra.cli.selecao import add_filter, allowed_situacoes, chosen_ids, read_day
from bancointegra.domain.encargos import Desconto, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.errors import InputError
from bancointegra.domain.instrucao import (
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarDesconto,
    AlterarJuros,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    CancelarProtesto,
    Instrucao,
    Protestar,
    operacao_of,
)
from bancointegra.domain.plano_instrucao import require_for_many
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import SITUACOES_POR_OPERACAO, Operacao


def register(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the commands to ``titulos``."""
    alterar = commands.add_parser("alterar", help="envia uma alteração de boletos registrados")
    add_filter(alterar)
    what = alterar.add_mutually_exclusive_group(required=True)
    what.add_argument("--vencimento", type=read_day, metavar="AAAA-MM-DD")
    what.add_argument("--multa", type=_multa, metavar="10,00|2%", help="em reais, em %% ou 0 para retirar")
    what.add_argument("--juros", type=_juros, metavar="0,70|1%", help="em reais por dia, em %% ao mês ou 0")
    what.add_argument("--desconto", type=_desconto, metavar="5,00|3%@AAAA-MM-DD", help="até a data, ou 0")
    what.add_argument("--abatimento", type=_abatimento, metavar="10,00", help="0 cancela")
    what.add_argument("--seu-numero", type=AlterarSeuNumero, metavar="TEXTO")
    what.add_argument("--data-limite", type=_data_limite, metavar="AAAA-MM-DD")
    what.add_argument("--valor", type=_valor, metavar="1250,00", help="novo valor nominal")
    alterar.add_argument("--pdf", action="store_true", help="gera de novo o PDF de cada boleto alterado")
    alterar.set_defaults(func=_alterar)

    baixar = commands.add_parser("baixar", help="baixa boletos registrados, sem pagamento")
    add_filter(baixar)
    baixar.add_argument("--sem-consultar", action="store_true", help="não pergunta antes ao banco se foi pago")
    baixar.set_defaults(func=_baixar)

    protestar = commands.add_parser("protestar", help="envia boletos registrados a protesto")
    add_filter(protestar)
    protestar.add_argument("--data", type=read_day, required=True, metavar="AAAA-MM-DD", help="data do protesto")
    protestar.add_argument("--escritorio", required=True, metavar="NOME", help="Escritório de Cobrança")
    protestar.set_defaults(func=_protestar)

    cancelar = commands.add_parser("cancelar-protesto", help="pede o cancelamento do protesto")
    add_filter(cancelar)
    cancelar.add_argument("--data", type=read_day, required=True, metavar="AAAA-MM-DD")
    cancelar.add_argument("--motivo", required=True, metavar="TEXTO")
    cancelar.set_defaults(func=_cancelar)


def _alterar(args: argparse.Namespace) -> int:
    chosen = [
        AlterarVencimento(args.vencimento) if args.vencimento else None,
        *(args.multa, args.juros, args.desconto, args.abatimento, args.seu_numero, args.data_limite, args.valor),
    ]
    return _run(args, next(instrucao for instrucao in chosen if instrucao is not None), gerar_pdf=args.pdf)


def _protestar(args: argparse.Namespace) -> int:
    return _run(args, Protestar(args.data, args.escritorio.strip()))


def _cancelar(args: argparse.Namespace) -> int:
    return _run(args, CancelarProtesto(args.data, args.motivo.strip()))


def _run(args: argparse.Namespace, instrucao: Instrucao, *, gerar_pdf: bool = False) -> int:
    operacao = operacao_of(instrucao)
    with opened_program(args) as program:
        _require_choice(args)
        situacoes = allowed_situacoes(args.status, operacao, SITUACOES_POR_OPERACAO[operacao])
        executar = program.services.instrucao.executar
        ids = chosen_ids(program, args, situacoes)
        require_for_many(instrucao, len(ids))
        return run_batch(program, args, operacao, ids, lambda i: executar(i, instrucao, gerar_pdf=gerar_pdf))


def _baixar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        _require_choice(args)
        situacoes = allowed_situacoes(args.status, Operacao.BAIXAR, SITUACOES_POR_OPERACAO[Operacao.BAIXAR])
        baixar = program.services.instrucao.baixar
        ids = chosen_ids(program, args, situacoes)
        return run_batch(
            program, args, Operacao.BAIXAR, ids, lambda i: baixar(i, consultar_antes=not args.sem_consultar)
        )


def _require_choice(args: argparse.Namespace) -> None:
    """What is written off cannot be brought back: nobody instructs a whole account by leaving a word out."""
    if not (args.titulo or args.de or args.ate):
        raise InputError("Diga quais títulos: --titulo, ou o período com --de e --ate.", field="--titulo")


def _multa(text: str) -> AlterarMulta:
    if percent := _percent(text):
        return AlterarMulta(Multa(TipoMulta.PERCENTUAL, percentual=percent))
    amount = _amount(text)
    return AlterarMulta(Multa(TipoMulta.VALOR, valor=amount) if amount else Multa())


def _juros(text: str) -> AlterarJuros:
    if percent := _percent(text):
        return AlterarJuros(Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=percent))
    amount = _amount(text)
    return AlterarJuros(Juros(TipoJuros.VALOR_POR_DIA, valor=amount) if amount else Juros())


def _desconto(text: str) -> AlterarDesconto:
    amount_text, _, day_text = text.partition("@")
    if not day_text:
        if _amount(amount_text):
            raise argparse.ArgumentTypeError("diga até quando: 5,00@AAAA-MM-DD")
        return AlterarDesconto(TipoDesconto.NENHUM, ())
    day: date = read_day(day_text)
    if percent := _percent(amount_text):
        return AlterarDesconto(TipoDesconto.PERCENTUAL_ATE_DATA, (Desconto(day, percentual=percent),))
    return AlterarDesconto(TipoDesconto.VALOR_ATE_DATA, (Desconto(day, valor=_amount(amount_text)),))


def _abatimento(text: str) -> AlterarAbatimento:
    return AlterarAbatimento(_amount(text))


def _data_limite(text: str) -> AlterarDataLimite:
    return AlterarDataLimite(read_day(text))


def _valor(text: str) -> AlterarValor:
    return AlterarValor(_amount(text))


def _amount(text: str) -> Reais:
    try:
        return Reais.parse(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.message) from None


def _percent(text: str) -> Decimal | None:
    """The number before a per cent sign; None without one."""
    if not text.endswith("%"):
        return None
    try:
        percent = Decimal(text[:-1].strip().replace(",", "."))
    except InvalidOperation:
        percent = Decimal(0)
    if not 0 < percent <= 100:
        raise argparse.ArgumentTypeError(f"“{text}” não é um percentual como 2%")
    return percent
