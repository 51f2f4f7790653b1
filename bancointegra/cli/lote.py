"""Running a batch on the command line, eight títulos at a time, and telling its results."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from bancointegra.cli import exit_codes
from bancointegra.cli.output import write_json, write_line
from bancointegra.domain.order import Resultado
from bancointegra.domain.situacao import Operacao
from bancointegra.domain.titulo import Titulo
from bancointegra.services.resumo import resumir

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program

PARALLEL = 8


@contextlib.contextmanager
def opened_program(args: argparse.Namespace) -> Iterator[Program]:
    from bancointegra.bootstrap.program import open_program  # what only computes needs no store and no bank

    program = open_program(args.dados)
    try:
        yield program
    finally:
        program.close()


def run_batch(
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
                show_resultado(program, resultado, as_json=args.json)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    if not args.json:
        write_line(resumir(operacao, resultados) if resultados else "Nenhum título encontrado.")
    return exit_codes.for_results(resultados)


def show_resultado(program: Program, resultado: Resultado, *, as_json: bool) -> None:
    if not as_json:
        write_line(f"{resultado.titulo}: {resultado.desfecho.value}. {resultado.mensagem}")
        return
    titulo = titulo_json(program.services.busca.titulo(resultado.titulo_id))
    write_json(
        {
            **titulo,
            "desfecho": resultado.desfecho.name.lower(),
            "mensagem": resultado.mensagem,
            "erro": resultado.codigo,
        }
    )


def titulo_json(titulo: Titulo) -> dict[str, Any]:
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
        "aguardando_aprovacao": titulo.aguardando,
        "nosso_numero": boleto.nosso_numero if boleto else None,
        "linha_digitavel": boleto.linha_digitavel if boleto else None,
        "codigo_barras": boleto.codigo_barras if boleto else None,
        "liquidado_em": titulo.liquidado_em.isoformat() if titulo.liquidado_em else None,
        "valor_pago": str(titulo.valor_pago.decimal) if titulo.valor_pago else None,
        "pdf": titulo.pdf_path or None,
    }


def titulo_line(titulo: Titulo) -> str:
    in_doubt = "AGUARDANDO APROVAÇÃO" if titulo.aguardando else "A CONFIRMAR"
    situacao = in_doubt if titulo.a_confirmar else titulo.situacao.value
    return (
        f"{titulo.identificacao:<12} {titulo.sacado.nome[:32]:<32} {titulo.vencimento:%d/%m/%Y} "
        f"{titulo.valor!s:>14} {situacao}"
    )
