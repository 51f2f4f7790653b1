"""The results of a batch, one line for each título. No window is needed to import this module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.situacao import Operacao
from bancointegra.ui.integracao.batch import BatchItem, BatchReport
from bancointegra.ui.tokens import A_CONFIRMAR


class Outcome(Enum):
    """How one título ended: icon and token of its colour, the worst first."""

    DOUBT = ("clock", "warning")
    REFUSED = ("circle-x", "danger")
    NOT_SENT = ("circle-alert", "danger")
    PAID = ("landmark", "warning")
    PENDING = ("hourglass", "warning")
    DENIED = ("circle-x", "warning")
    PARTLY = ("triangle-alert", "warning")
    DONE = ("circle-check", "success")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What the list of results shows of one título."""

    titulo: str
    sacado: str
    outcome: Outcome
    word: str
    message: str


_PAID_CODE = "liquidado"
_DENIED_CODE = "aprovacao_negada"
_DONE = {
    Operacao.REGISTRAR: "Registrado",
    Operacao.ALTERAR: "Alterado",
    Operacao.CONSULTAR: "Consultado",
    Operacao.BAIXAR: "Baixado",
    Operacao.PROTESTAR: "Pedido enviado",
    Operacao.CANCELAR_PROTESTO: "Cancelamento enviado",
    None: "Confirmado",
}
_NOT_DONE = {
    Operacao.REGISTRAR: "Não enviado",
    Operacao.ALTERAR: "Não alterado",
    Operacao.CONSULTAR: "Não consultado",
    Operacao.BAIXAR: "Não baixado",
    Operacao.PROTESTAR: "Não protestado",
    Operacao.CANCELAR_PROTESTO: "Não cancelado",
    None: "Não verificado",
}
_OUTCOMES = {
    Desfecho.A_CONFIRMAR: Outcome.DOUBT,
    Desfecho.RECUSADA: Outcome.REFUSED,
    Desfecho.NAO_ENVIADA: Outcome.NOT_SENT,
    Desfecho.AGUARDANDO: Outcome.PENDING,
}


def result_lines(report: BatchReport) -> tuple[ResultLine, ...]:
    """What needs attention first; otherwise in the order of the list."""
    worst_first = list(Outcome)
    lines = [_line(item, report.action.operacao) for item in report.items]
    return tuple(sorted(lines, key=lambda line: worst_first.index(line.outcome)))


def as_tabbed_text(lines: Sequence[ResultLine]) -> str:
    """For the clipboard: one line a título, columns apart by tabs, so that a spreadsheet takes it."""
    header = "Título\tSacado\tResultado\tMensagem"
    return "\n".join([header, *("\t".join((x.titulo, x.sacado, x.word, x.message)) for x in lines)])


def _line(item: BatchItem, operacao: Operacao | None) -> ResultLine:
    outcome = _outcome(item.resultado)
    words = {
        Outcome.DOUBT: A_CONFIRMAR,
        Outcome.REFUSED: "Recusado",
        Outcome.NOT_SENT: _NOT_DONE[operacao],
        Outcome.PAID: "LIQUIDADO",
        Outcome.PENDING: "Aguardando aprovação",
        Outcome.DENIED: "Não aprovado",
        Outcome.PARTLY: f"{_DONE[operacao]}, sem PDF",
        Outcome.DONE: _DONE[operacao],
    }
    pdf = f"PDF: {PurePath(item.resultado.pdf_path).name}" if item.resultado.pdf_path else ""
    message = " ".join(part for part in (item.resultado.mensagem, pdf) if part)
    return ResultLine(item.before.titulo, item.before.sacado, outcome, words[outcome], message)


def _outcome(resultado: Resultado) -> Outcome:
    if resultado.desfecho is Desfecho.CONFIRMADA:
        return Outcome.PARTLY if resultado.codigo else Outcome.DONE
    if resultado.codigo == _PAID_CODE:
        return Outcome.PAID
    if resultado.codigo == _DENIED_CODE:
        return Outcome.DENIED
    return _OUTCOMES[resultado.desfecho]
