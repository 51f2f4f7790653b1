"""The one sentence at the end of a batch."""

from __future__ import annotations

import pytest

from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.situacao import Operacao
from bancointegra.services.resumo import resumir


def _resultados(confirmadas: int, recusadas: int = 0, a_confirmar: int = 0, nao_enviadas: int = 0) -> list[Resultado]:
    counts = {
        Desfecho.CONFIRMADA: confirmadas,
        Desfecho.RECUSADA: recusadas,
        Desfecho.A_CONFIRMAR: a_confirmar,
        Desfecho.NAO_ENVIADA: nao_enviadas,
    }
    return [Resultado(1, "1/1", desfecho, "") for desfecho, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("operacao", "counts", "nao_iniciados", "sentence"),
    [
        (Operacao.REGISTRAR, (1,), 0, "Boletos registrados com sucesso!"),
        (Operacao.REGISTRAR, (12,), 0, "Boletos registrados com sucesso!"),
        (Operacao.REGISTRAR, (12, 1), 0, "12 boletos registrados com sucesso. 1 recusado."),
        (
            Operacao.REGISTRAR,
            (1, 2, 1, 1),
            0,
            "1 boleto registrado com sucesso. 2 recusados, 1 a confirmar, 1 não enviado.",
        ),
        (Operacao.REGISTRAR, (0, 0, 3, 2), 0, "3 a confirmar, 2 não enviados."),
        (Operacao.REGISTRAR, (3,), 7, "3 boletos registrados com sucesso. 7 não iniciados."),
        (Operacao.REGISTRAR, (0,), 1, "1 não iniciado."),
        (Operacao.REGISTRAR, (0,), 0, "Nada a fazer."),
        (Operacao.CONSULTAR, (5,), 0, "Boletos consultados com sucesso!"),
        (Operacao.CONSULTAR, (4, 0, 0, 1), 0, "4 boletos consultados com sucesso. 1 não consultado."),
        (Operacao.CONSULTAR, (0, 0, 0, 2), 0, "2 não consultados."),
    ],
)
def test_sentences(operacao: Operacao, counts: tuple[int, ...], nao_iniciados: int, sentence: str) -> None:
    assert resumir(operacao, _resultados(*counts), nao_iniciados) == sentence
