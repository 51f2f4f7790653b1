"""Títulos a Receber: typed, repeated as parcelas, changed and deleted, as far as the bank does not know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.edicao_titulo import (
    DadosTitulo,
    PermissaoEdicao,
    conferir_titulo,
    dados_de,
    describe_mudancas,
    is_so_observacao,
    permissao_edicao,
    plan_edicao,
    require_excluivel,
)
from bancointegra.domain.errors import InputError
from bancointegra.domain.parcelamento import Parcela, Parcelamento, parcelar
from bancointegra.domain.ports import Clock, ContaRepository, TituloRepository
from bancointegra.domain.titulo import HistoryEntry, Titulo


@dataclass(frozen=True, slots=True)
class TituloAberto:
    """A stored título as the form shows it."""

    titulo: Titulo
    permissao: PermissaoEdicao
    historico: tuple[HistoryEntry, ...]

    @property
    def dados(self) -> DadosTitulo:
        return dados_de(self.titulo)


@dataclass(frozen=True, slots=True)
class PreviaParcelas:
    """What would be stored. ``repetidas`` are those (``1001/2``) that the account already has."""

    parcelas: tuple[Parcela, ...]
    repetidas: frozenset[str]


class TituloService:
    """Nothing is sent to the bank from here. Any thread may call it."""

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        calendario: CalendarioBancario,
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._calendario = calendario
        self._clock = clock
        self._quem = quem

    def contas(self, texto: str = "") -> tuple[ContaBancaria, ...]:
        """Every account, API Bancária or not, whose mnemonic, bank, agency, account or holder contains ``texto``."""
        return self._contas.search(texto, com_api=False)

    def tipos_cobranca(self, conta_id: int) -> tuple[TipoCobranca, ...]:
        return self._contas.tipos_cobranca(conta_id)

    def contas_com_tipos(self) -> tuple[tuple[ContaBancaria, tuple[TipoCobranca, ...]], ...]:
        """Every account with its tipos de cobrança; an account without any takes no título, and is left out."""
        found = ((conta, self.tipos_cobranca(conta.id)) for conta in self.contas())
        return tuple((conta, tipos) for conta, tipos in found if tipos)

    def dia_util(self, dia: date) -> date:
        """``dia`` itself when it is a banking day, else the first one after it."""
        return self._calendario.proximo_dia_util(dia)

    def abrir(self, titulo_id: int) -> TituloAberto:
        """A stored título, and what may be changed of it. Raises ``StoreError`` when it is gone."""
        titulo = self._titulos.get(titulo_id)
        permissao = permissao_edicao(titulo, tem_ordens=self._titulos.has_orders(titulo_id))
        return TituloAberto(titulo, permissao, self._titulos.history(titulo_id))

    def criar(self, dados: DadosTitulo) -> int:
        """Store one new título; returns its id. Raises ``InputError`` naming the field, ``RuleError``."""
        checked = self._conferir(dados)
        self._store([checked], "Título incluído", "")
        return self._titulos.existing(checked.conta_id, [_key(checked)])[_key(checked)].id

    def previa_parcelas(self, dados: DadosTitulo, parcelamento: Parcelamento) -> PreviaParcelas:
        """The parcelas ``dados`` would become; nothing is stored. Raises ``InputError``, ``RuleError``."""
        parcelas = parcelar(self._conferir(dados), parcelamento, self._calendario)
        for parcela in parcelas:
            conferir_titulo(parcela.dados)
        known = self._titulos.existing(dados.conta_id, [_key(parcela.dados) for parcela in parcelas])
        return PreviaParcelas(parcelas, frozenset(row.titulo for row in known.values()))

    def criar_parcelas(self, dados: DadosTitulo, parcelamento: Parcelamento) -> int:
        """Store all parcelas or none; returns how many. Raises as ``previa_parcelas``, and when one is there."""
        parcelas = [parcela.dados for parcela in parcelar(self._conferir(dados), parcelamento, self._calendario)]
        self._store([conferir_titulo(parcela) for parcela in parcelas], "Título incluído", f"{len(parcelas)} parcelas")
        return len(parcelas)

    def alterar(self, titulo_id: int, visto: DadosTitulo, quer: DadosTitulo) -> None:
        """Change a título that the clerk saw as ``visto``; with nothing changed, nothing happens.

        Raises ``RuleError`` when it changed in between or the bank knows what would change; ``InputError`` naming the
        field; ``StoreError`` when it is gone.
        """
        self._require_tipo(quer)
        contas = {conta.id: conta.mnemonico for conta in self.contas()}
        tipos = {tipo.id: tipo.nome for conta_id in contas for tipo in self.tipos_cobranca(conta_id)}

        def plan(titulo: Titulo, tem_ordens: bool) -> tuple[DadosTitulo, HistoryEntry] | None:
            dados = plan_edicao(visto, quer, titulo, tem_ordens=tem_ordens)
            changes = describe_mudancas(dados_de(titulo), dados, contas, tipos)
            return (dados, self._entry_of_change(titulo, dados, changes)) if changes else None

        self._titulos.edit(titulo_id, plan)

    def excluir(self, titulo_id: int) -> None:
        """Delete a PENDENTE that never went to the bank. Raises ``RuleError`` saying why not, ``StoreError``."""

        def check(titulo: Titulo, tem_ordens: bool) -> None:
            require_excluivel(titulo, tem_ordens=tem_ordens)

        self._titulos.delete(titulo_id, check, self._entry("Excluído"))

    def _entry_of_change(self, titulo: Titulo, dados: DadosTitulo, changes: str) -> HistoryEntry:
        if is_so_observacao(dados_de(titulo), dados):
            return self._entry("Observação alterada", changes)
        if boleto := titulo.boleto:
            number = f"{boleto.carteira}/{boleto.nosso_numero}-{boleto.dac_nosso_numero}"
            changes += f". O boleto {number}, já baixado, fica no histórico: o próximo registro terá outro número."
        return self._entry("Dados alterados", changes)

    def _conferir(self, dados: DadosTitulo) -> DadosTitulo:
        checked = conferir_titulo(dados)
        self._require_tipo(checked)
        return checked

    def _require_tipo(self, dados: DadosTitulo) -> None:
        if dados.tipo_cobranca_id not in {tipo.id for tipo in self.tipos_cobranca(dados.conta_id)}:
            raise InputError("Escolha um Tipo de Cobrança desta conta.", field="Tipo de Cobrança")

    def _store(self, novos: Sequence[DadosTitulo], texto: str, detalhe: str) -> None:
        conta_id = novos[0].conta_id
        known = self._titulos.existing(conta_id, [_key(dados) for dados in novos])
        if known:
            names = ", ".join(row.titulo for row in known.values())
            plural = "Os títulos" if len(known) > 1 else "O título"
            verb = "existem" if len(known) > 1 else "existe"
            raise InputError(f"{plural} {names} já {verb} nesta conta.", field="Número", code="titulo_repetido")
        entry = self._entry(texto, detalhe)
        self._titulos.add_many(conta_id, novos[0].tipo_cobranca_id, [dados.novo for dados in novos], entry)

    def _entry(self, texto: str, detalhe: str = "") -> HistoryEntry:
        return HistoryEntry(self._clock.now(), texto, detalhe, self._quem)


def _key(dados: DadosTitulo) -> tuple[str, str]:
    return dados.numero, dados.parcela
