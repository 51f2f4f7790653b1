"""Conferência: after an old copy was restored, what the bank registered since is found before anything is registered.

A restored file has forgotten every order sent after its copy was made. Until the bank was asked about the numbers
those orders can have used, an account registers nothing (docs/decisions, “A restored copy asks the bank first”).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bancointegra.domain.boleto import ConsultaBoleto
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import RuleError
from bancointegra.domain.reais import Reais
from bancointegra.domain.registro import format_seu_numero
from bancointegra.domain.titulo import Titulo

FOLGA = 100
"""So many numbers in a row that the bank does not know end the search when nobody knows the last one used."""


@dataclass(frozen=True, slots=True)
class Conferencia:
    """What is still to be asked about one restored account: the nossos números from ``proximo`` to ``ate``.

    With a ``folga`` the end is not known, and moves on behind each boleto found. ``nao_antes`` is when the bank surely
    shows whatever the forgotten orders did.
    """

    conta_id: int
    restaurada_em: datetime
    nao_antes: datetime
    proximo: int
    ate: int
    folga: int

    @property
    def is_concluida(self) -> bool:
        return self.proximo > self.ate

    def com(self, other: Conferencia) -> Conferencia:
        """Both as one: the account was restored twice."""
        return replace(
            self,
            nao_antes=max(self.nao_antes, other.nao_antes),
            proximo=min(self.proximo, other.proximo),
            ate=max(self.ate, other.ate),
            folga=max(self.folga, other.folga),
        )

    def apos(self, *, achado: bool) -> Conferencia:
        """After the bank was asked about ``proximo``."""
        ate = max(self.ate, self.proximo + self.folga) if achado else self.ate
        return replace(self, proximo=self.proximo + 1, ate=ate)


@dataclass(frozen=True, slots=True)
class BoletoAchado:
    """A boleto the bank has and no título here explains, found by a conferência. It waits for its título."""

    conta_id: int
    carteira: str
    nosso_numero: str
    seu_numero: str
    sacado_documento: str
    valor: Reais
    vencimento: date


def boleto_achado(conta_id: int, consulta: ConsultaBoleto) -> BoletoAchado:
    """What is kept of a boleto nobody here knows."""
    found = consulta.registrado
    return BoletoAchado(
        conta_id=conta_id,
        carteira=found.carteira,
        nosso_numero=found.nosso_numero,
        seu_numero=consulta.seu_numero,
        sacado_documento=consulta.sacado_documento,
        valor=found.valor,
        vencimento=found.vencimento,
    )


def is_do_titulo(achado: BoletoAchado, titulo: Titulo) -> bool:
    """Whether the boleto was registered for this título: same sacado and seu número.

    Without a seu número in the bank's answer, same value and due date; those alone prove nothing against another seu
    número, nor do they matter with the same one: an alteration may have changed them.
    """
    if achado.sacado_documento and achado.sacado_documento != titulo.sacado.documento.numero:
        return False
    if achado.seu_numero:
        return achado.seu_numero.strip().upper() in (
            titulo.seu_numero,
            format_seu_numero(titulo.numero, titulo.parcela),
        )
    return (achado.valor, achado.vencimento) == (titulo.valor, titulo.vencimento)


def titulo_do_achado(achado: BoletoAchado, titulos: Sequence[Titulo]) -> Titulo | None:
    """The one título of several that the boleto is of; None when none or more than one could be."""
    candidates = [titulo for titulo in titulos if is_do_titulo(achado, titulo)]
    if len(candidates) > 1:
        candidates = [t for t in candidates if (t.valor, t.vencimento) == (achado.valor, achado.vencimento)]
    return candidates[0] if len(candidates) == 1 else None


def require_conferida(conferencia: Conferencia | None, conta: ContaBancaria) -> None:
    """Raise ``RuleError`` while the account must not register."""
    if conferencia is not None:
        raise RuleError(
            f"A conta {conta.mnemonico} foi restaurada de uma cópia de segurança: antes de registrar, o programa "
            "pergunta ao banco o que foi registrado depois da cópia.",
            hint=f"Ele faz isso sozinho a partir de {conferencia.nao_antes:%d/%m às %H:%M}. "
            "Nada foi enviado; registre depois.",
            code="conta_a_conferir",
        )
