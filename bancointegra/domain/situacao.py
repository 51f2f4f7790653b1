"""The situações of a título, the operations, and which operation each situação allows (the manual's table)."""

from __future__ import annotations

from enum import Enum

from bancointegra.domain.errors import RuleError


class Situacao(Enum):
    """The manual's status of a título in the bank integration. The value is the label on the screen."""

    PENDENTE = "PENDENTE"
    REGISTRADO = "REGISTRADO"
    BAIXADO = "BAIXADO"
    LIQUIDADO = "LIQUIDADO"
    PROTESTADO = "PROTESTADO"
    CANCELAMENTO_ENVIADO = "CANCELAMENTO ENVIADO"

    @property
    def titulo(self) -> str:
        """The status of the título itself: ABERTO, LIQUIDADO or EM PROTESTO."""
        if self is Situacao.LIQUIDADO:
            return "LIQUIDADO"
        if self in (Situacao.PROTESTADO, Situacao.CANCELAMENTO_ENVIADO):
            return "EM PROTESTO"
        return "ABERTO"


class Operacao(Enum):
    """What the clerk can ask of the bank. The value is the label on the button."""

    REGISTRAR = "Registrar"
    ALTERAR = "Enviar Alteração"
    CONSULTAR = "Consultar"
    BAIXAR = "Baixar"
    PROTESTAR = "Protestar"
    CANCELAR_PROTESTO = "Cancelar Protesto"

    @property
    def changes_something(self) -> bool:
        """Whether it needs an order in the journal."""
        return self is not Operacao.CONSULTAR


SITUACOES_POR_OPERACAO: dict[Operacao, frozenset[Situacao]] = {
    Operacao.REGISTRAR: frozenset({Situacao.PENDENTE, Situacao.BAIXADO}),
    Operacao.ALTERAR: frozenset({Situacao.REGISTRADO}),
    Operacao.CONSULTAR: frozenset({Situacao.REGISTRADO, Situacao.PROTESTADO, Situacao.CANCELAMENTO_ENVIADO}),
    Operacao.BAIXAR: frozenset({Situacao.REGISTRADO}),
    Operacao.PROTESTAR: frozenset({Situacao.REGISTRADO}),
    Operacao.CANCELAR_PROTESTO: frozenset({Situacao.PROTESTADO}),
}


def is_permitida(operacao: Operacao, situacao: Situacao) -> bool:
    """Whether a título in ``situacao`` (and without an open order) allows ``operacao``."""
    return situacao in SITUACOES_POR_OPERACAO[operacao]


def require_permitida(operacao: Operacao, situacao: Situacao, titulo: str) -> None:
    """Raise ``RuleError`` naming the título when ``situacao`` does not allow ``operacao``."""
    if not is_permitida(operacao, situacao):
        allowed = _listed([s.value for s in Situacao if s in SITUACOES_POR_OPERACAO[operacao]])
        raise RuleError(f"O título {titulo} está {situacao.value}; {operacao.value} aceita apenas {allowed}.")


def _listed(words: list[str]) -> str:
    """``A``, ``A ou B``, ``A, B ou C``."""
    return " ou ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
