"""One sentence for the end of a batch: what was done, and what was not."""

from __future__ import annotations

from collections.abc import Sequence

from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.situacao import Operacao

_FEITO = {
    Operacao.REGISTRAR: ("boleto registrado", "boletos registrados", "Boletos registrados com sucesso!"),
    Operacao.CONSULTAR: ("boleto consultado", "boletos consultados", "Boletos consultados com sucesso!"),
    Operacao.ALTERAR: ("boleto alterado", "boletos alterados", "Boletos alterados com sucesso!"),
    Operacao.BAIXAR: ("boleto baixado", "boletos baixados", "Boletos baixados com sucesso!"),
    Operacao.PROTESTAR: ("boleto alterado", "boletos alterados", "Boletos alterados com sucesso!"),
    Operacao.CANCELAR_PROTESTO: ("boleto alterado", "boletos alterados", "Boletos alterados com sucesso!"),
}


def resumir(operacao: Operacao, resultados: Sequence[Resultado], nao_iniciados: int = 0) -> str:
    """The manual's message when all went well, else ``12 boletos registrados com sucesso. 1 recusado.``"""
    done = _count(resultados, Desfecho.CONFIRMADA)
    singular, plural, all_done = _FEITO[operacao]
    without_pdf = sum(r.desfecho is Desfecho.CONFIRMADA and bool(r.codigo) for r in resultados)
    if resultados and done == len(resultados) and not nao_iniciados and not without_pdf:
        return all_done
    paid = sum(r.desfecho is Desfecho.RECUSADA and r.codigo == "liquidado" for r in resultados)
    sentences = []
    if done:
        sentences.append(f"{done} {singular if done == 1 else plural} com sucesso.")
    others = [
        _some(_count(resultados, Desfecho.RECUSADA) - paid, "recusado", "recusados"),
        _some(paid, "já liquidado", "já liquidados"),
        _some(_count(resultados, Desfecho.A_CONFIRMAR), "a confirmar", "a confirmar"),
        _some(_count(resultados, Desfecho.AGUARDANDO), "aguardando aprovação", "aguardando aprovação"),
        _some(
            _count(resultados, Desfecho.NAO_ENVIADA),
            *(
                ("não consultado", "não consultados")
                if operacao is Operacao.CONSULTAR
                else ("não enviado", "não enviados")
            ),
        ),
        _some(without_pdf, "sem PDF", "sem PDF"),
        _some(nao_iniciados, "não iniciado", "não iniciados"),
    ]
    named = ", ".join(text for text in others if text)
    if named:
        sentences.append(f"{named}.")
    return " ".join(sentences) or "Nada a fazer."


def _count(resultados: Sequence[Resultado], desfecho: Desfecho) -> int:
    return sum(resultado.desfecho is desfecho for resultado in resultados)


def _some(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}" if number else ""
