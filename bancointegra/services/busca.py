"""What the screen Integração Bancária shows: accounts, lists, totals and the detail of one título."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bancointegra.domain.calculo_encargos import Devido
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.ports import Clock, ContaRepository, TituloRepository
from bancointegra.domain.situacao import Operacao, Situacao, is_permitida
from bancointegra.domain.titulo import HistoryEntry, Titulo, TituloFilter, TituloRow, TituloSort, Totais
from bancointegra.services.projecao import devidos_de


@dataclass(frozen=True, slots=True)
class TituloDetalhe:
    """All the detail panel shows. ``devidos`` tells what the payer owes on some days, earliest first."""

    titulo: Titulo
    devidos: tuple[Devido, ...]
    historico: tuple[HistoryEntry, ...]


class BuscaService:
    """Reads only; any thread may call it."""

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        calendario: CalendarioBancario,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._calendario = calendario
        self._clock = clock

    def contas(self, text: str = "") -> tuple[ContaBancaria, ...]:
        """Accounts with API Bancária whose mnemonic, bank, agency, account or holder contains ``text``."""
        return self._contas.search(text)

    def conta(self, mnemonico: str) -> ContaBancaria | None:
        """The account of that mnemonic, in any case."""
        return self._contas.by_mnemonico(mnemonico)

    def tipos_cobranca(self, conta_id: int) -> tuple[TipoCobranca, ...]:
        return self._contas.tipos_cobranca(conta_id)

    def page(
        self, filtro: TituloFilter, sort: TituloSort, descending: bool, offset: int, limit: int
    ) -> tuple[TituloRow, ...]:
        """One page of the list, in the order of ``sort``."""
        return self._titulos.page(filtro, sort, descending, offset, limit)

    def ids(self, filtro: TituloFilter, sort: TituloSort, descending: bool) -> tuple[int, ...]:
        """Every título of the list, in its order."""
        return self._titulos.ids(filtro, sort, descending)

    def totais(self, filtro: TituloFilter) -> Totais:
        """How many títulos the filter finds and what they are worth together."""
        return self._titulos.totais(filtro)

    def contagem(self, filtro: TituloFilter) -> Mapping[Situacao, int]:
        """How many títulos of each situação lie in the period, whatever situações the filter asks for."""
        return self._titulos.count_by_situacao(filtro)

    def rows(self, titulo_ids: Sequence[int]) -> tuple[TituloRow, ...]:
        """The present rows of these títulos, in the order asked."""
        return self._titulos.rows(titulo_ids)

    def por_numero(self, conta_id: int, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], TituloRow]:
        """Those of the (numero, parcela) that the account has."""
        return self._titulos.existing(conta_id, keys)

    def titulo(self, titulo_id: int) -> Titulo:
        """The título as it is now. Raises ``StoreError`` when it is gone."""
        return self._titulos.get(titulo_id)

    def detalhe(self, titulo_id: int) -> TituloDetalhe:
        """Everything about one título."""
        titulo = self._titulos.get(titulo_id)
        return TituloDetalhe(
            titulo, devidos_de(titulo, self._calendario, self._clock.today()), self._titulos.history(titulo_id)
        )


@dataclass(frozen=True, slots=True)
class Selecao:
    """A selection of rows, split by what an operation accepts."""

    aceitas: tuple[TituloRow, ...]
    de_fora: tuple[TituloRow, ...]


def separar(operacao: Operacao, rows: Sequence[TituloRow]) -> Selecao:
    """Which of the rows ``operacao`` may work on; a row A CONFIRMAR is never among them."""
    aceitas = tuple(r for r in rows if not r.a_confirmar and is_permitida(operacao, r.situacao))
    chosen = {r.id for r in aceitas}
    return Selecao(aceitas, tuple(r for r in rows if r.id not in chosen))
