"""The receipt of a pagamento as it is shown and printed: proof of a payment, and of nothing less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import RuleError
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.transacao_pagamento import Comprovante

_DEVOLVIDO = {
    SituacaoPagamento.ESTORNADO: "foi estornado",
    SituacaoPagamento.DEVOLVIDO: "foi devolvido pelo beneficiário",
    SituacaoPagamento.DESFEITO: "foi desfeito",
    SituacaoPagamento.CANCELADO: "foi cancelado",
}


@dataclass(frozen=True, slots=True)
class ComprovanteImpresso:
    """Everything on the receipt. ``emitido_em`` is when this copy was made."""

    pagamento: Pagamento
    comprovante: Comprovante
    conta: ContaPagamento
    emitido_em: datetime

    @property
    def is_simulacao(self) -> bool:
        """Whether the money was play money, which the receipt must say."""
        return self.conta.ambiente is Ambiente.SIMULACAO


def motivo_para_nao_comprovar(pagamento: Pagamento) -> str:
    """Why there is no receipt; empty when there is one. A mere reserve has none: nothing is paid yet."""
    if pagamento.situacao is SituacaoPagamento.PAGO:
        return ""
    if pagamento.situacao in _DEVOLVIDO:
        return f"O pagamento {_DEVOLVIDO[pagamento.situacao]}; o dinheiro voltou ao saldo e não há comprovante."
    return "Só um pagamento Pago tem comprovante."


def require_comprovavel(pagamento: Pagamento) -> None:
    """Raise ``RuleError`` unless the pagamento is paid."""
    if motivo := motivo_para_nao_comprovar(pagamento):
        raise RuleError(motivo, code="sem_comprovante")
