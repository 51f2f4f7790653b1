"""What the clerk is asked before Registrar, as plain values. No window is needed to import this module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bancointegra.domain.conta import Ambiente, ContaBancaria
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import TituloRow
from bancointegra.services.busca import Selecao
from bancointegra.ui.integracao.actions import left_out
from bancointegra.ui.integracao.texts import contar

_ENVIRONMENT_MEANS = {
    Ambiente.SIMULACAO: "banco simulado neste computador; nada é enviado ao Itaú",
    Ambiente.PRODUCAO: "os boletos passam a existir no banco e podem ser pagos",
}


@dataclass(frozen=True, slots=True)
class RegistrarPlan:
    """A registration about to be confirmed. ``pdf_folder`` is None when no PDF is wanted."""

    conta: ContaBancaria
    selecao: Selecao
    pdf_folder: Path | None

    @property
    def rows(self) -> tuple[TituloRow, ...]:
        return self.selecao.aceitas

    @property
    def question(self) -> str:
        """``Registrar 3 boletos?``"""
        return f"Registrar {contar(len(self.rows), 'boleto', 'boletos')}?"

    @property
    def total(self) -> Reais:
        return Reais.total(row.valor for row in self.rows)

    @property
    def ambiente_explained(self) -> str:
        return _ENVIRONMENT_MEANS[self.conta.ambiente]

    @property
    def pdf(self) -> str:
        return f"gravar em {self.pdf_folder}" if self.pdf_folder else "não gerar"

    @property
    def left_out(self) -> str:
        """``Ficam de fora 2: 1 REGISTRADO e 1 A CONFIRMAR.``, or empty."""
        rows = self.selecao.de_fora
        if not rows:
            return ""
        sentence = left_out(rows)
        return f"{sentence[0].upper()}{sentence[1:]}."
