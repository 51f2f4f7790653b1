"""What the clerk is asked before an operation, as plain values. No window is needed to import this module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bancointegra.domain.conta import Ambiente, ContaBancaria
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import TituloRow
from bancointegra.services.busca import Selecao
from bancointegra.ui.integracao.actions import (
    BAIXAR,
    CANCELAR_PROTESTO,
    NAO_APROVADO,
    PROTESTAR,
    REGISTRAR,
    BankAction,
    left_out_sentence,
)
from bancointegra.ui.integracao.texts import contar

_SIMULACAO = "banco simulado neste computador; nada é enviado ao Itaú"
_EM_PRODUCAO = {
    REGISTRAR: "os boletos passam a existir no banco e podem ser pagos",
    BAIXAR: "os boletos deixam de poder ser pagos",
    PROTESTAR: "o pedido segue do banco para o cartório",
    CANCELAR_PROTESTO: "o pedido segue do banco para o cartório",
    NAO_APROVADO: "o programa pergunta ao banco antes de encerrar",
}


@dataclass(frozen=True, slots=True)
class Confirmacao:
    """An operation about to be confirmed. ``notes`` are further lines: (name, text)."""

    action: BankAction
    conta: ContaBancaria
    selecao: Selecao
    question: str
    notes: tuple[tuple[str, str], ...] = ()
    warning: str = ""

    @property
    def rows(self) -> tuple[TituloRow, ...]:
        return self.selecao.aceitas

    @property
    def total(self) -> Reais:
        return Reais.total(row.valor for row in self.rows)

    @property
    def ambiente_explained(self) -> str:
        return _SIMULACAO if self.conta.ambiente is Ambiente.SIMULACAO else _EM_PRODUCAO[self.action]

    @property
    def left_out(self) -> str:
        """``Ficam de fora 2: 1 REGISTRADO e 1 A CONFIRMAR.``, or empty."""
        return left_out_sentence(self.selecao.de_fora)


def confirmar_registro(conta: ContaBancaria, rows: Sequence[TituloRow], pdf_folder: Path | None) -> Confirmacao:
    """``Registrar 3 boletos?``; ``pdf_folder`` is None when no PDF is wanted."""
    selecao = REGISTRAR.split(rows)
    question = f"Registrar {contar(len(selecao.aceitas), 'boleto', 'boletos')}?"
    pdf = f"gravar em {pdf_folder}" if pdf_folder else "não gerar"
    return Confirmacao(REGISTRAR, conta, selecao, question, (("PDF", pdf),))


def confirmar_baixa(conta: ContaBancaria, rows: Sequence[TituloRow]) -> Confirmacao:
    """``Deseja realizar a baixa de 3 boletos?`` (manual, Realizar a baixa, step 7)."""
    selecao = BAIXAR.split(rows)
    question = f"Deseja realizar a baixa de {contar(len(selecao.aceitas), 'boleto', 'boletos')}?"
    return Confirmacao(
        BAIXAR, conta, selecao, question, warning="O sacado não poderá mais pagar o boleto baixado. Não há desfazer."
    )


def confirmar_protesto(conta: ContaBancaria, rows: Sequence[TituloRow]) -> Confirmacao:
    """``Deseja protestar 2 títulos?`` (manual, Realizar Protesto, step 8)."""
    selecao = PROTESTAR.split(rows)
    question = f"Deseja protestar {contar(len(selecao.aceitas), 'título', 'títulos')}?"
    warning = (
        "O protesto é um ato legal contra o sacado e tem custas de cartório. Confira antes se não houve pagamento."
    )
    return Confirmacao(PROTESTAR, conta, selecao, question, warning=warning)


def confirmar_cancelamento(conta: ContaBancaria, rows: Sequence[TituloRow]) -> Confirmacao:
    """``Deseja cancelar o protesto de 2 títulos?`` (manual, Cancelamento de Protesto, step 8)."""
    selecao = CANCELAR_PROTESTO.split(rows)
    question = f"Deseja cancelar o protesto de {contar(len(selecao.aceitas), 'título', 'títulos')}?"
    warning = "O pedido de protesto é retirado. Protestar de novo exige um novo pedido, com novas custas."
    return Confirmacao(CANCELAR_PROTESTO, conta, selecao, question, warning=warning)


def confirmar_negada(conta: ContaBancaria, rows: Sequence[TituloRow]) -> Confirmacao:
    """``A aprovação de 2 pedidos foi negada?``"""
    question = f"A aprovação de {contar(len(rows), 'pedido', 'pedidos')} foi negada?"
    warning = (
        "Confirme com quem aprova. O que o banco não fez é encerrado, e o título volta a aceitar pedidos. "
        "Se a aprovação vier mais tarde, o banco fará o pedido mesmo assim."
    )
    return Confirmacao(NAO_APROVADO, conta, Selecao(tuple(rows), ()), question, warning=warning)
