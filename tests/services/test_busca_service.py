"""The detail of one título, and which rows an operation accepts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bancointegra.domain.encargos import Desconto, Encargos, Juros, Multa, TipoDesconto, TipoJuros, TipoMulta
from bancointegra.domain.errors import OutcomeUnknown, StoreError
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import SITUACOES_POR_OPERACAO, Operacao, Situacao
from bancointegra.domain.titulo import TituloFilter, TituloRow, TituloSort
from bancointegra.services.busca import separar
from tests.builders import novo_titulo
from tests.services.office import Office

SATURDAY = date(2026, 12, 19)
ENCARGOS = Encargos(
    Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
    Juros(TipoJuros.VALOR_POR_DIA, valor=Reais(10)),
    TipoDesconto.VALOR_ATE_DATA,
    (Desconto(date(2026, 12, 1), Reais(500)), Desconto(date(2026, 12, 10), Reais(300))),
)


def _row(numero: int, situacao: Situacao, *, a_confirmar: bool = False) -> TituloRow:
    day = date(2026, 12, 1)
    return TituloRow(numero, f"{numero}/1", "ANA", "", day, day, Reais(1), "", situacao, a_confirmar, "")


class TestDetalhe:
    def test_what_is_owed_on_the_days_that_matter(self, office: Office) -> None:
        (titulo_id,) = office.add(novo_titulo(vencimento=SATURDAY, valor=Reais(10000), encargos=ENCARGOS))
        detalhe = office.busca.detalhe(titulo_id)
        assert detalhe.titulo == office.titulo(titulo_id)
        assert detalhe.historico == office.store.titulos.history(titulo_id)
        owed = {devido.dia: devido.total.centavos for devido in detalhe.devidos}
        assert owed == {
            date(2026, 12, 1): 9500,
            date(2026, 12, 10): 9700,
            SATURDAY: 10000,
            SATURDAY + timedelta(days=1): 10000,  # a Sunday: paid on Monday as if in time
            SATURDAY + timedelta(days=7): 10000 + 200 + 70,
            SATURDAY + timedelta(days=30): 10000 + 200 + 300,
        }
        assert [devido.dia for devido in detalhe.devidos] == sorted(owed)

    def test_today_is_told_once_it_is_late(self, office: Office) -> None:
        (titulo_id,) = office.add(novo_titulo(vencimento=date(2026, 11, 23), valor=Reais(10000), encargos=ENCARGOS))
        days = [devido.dia for devido in office.busca.detalhe(titulo_id).devidos]
        assert date(2026, 11, 26) not in days
        office.clock.advance(days=3)
        late = {devido.dia: devido.total for devido in office.busca.detalhe(titulo_id).devidos}
        assert late[date(2026, 11, 26)] == Reais(10000 + 200 + 30)

    def test_a_titulo_that_is_gone(self, office: Office) -> None:
        with pytest.raises(StoreError):
            office.busca.detalhe(99)


class TestSeparar:
    @pytest.mark.parametrize("operacao", Operacao)
    def test_by_situacao(self, operacao: Operacao) -> None:
        rows = [_row(number, situacao) for number, situacao in enumerate(Situacao)]
        selecao = separar(operacao, rows)
        assert {row.situacao for row in selecao.aceitas} == SITUACOES_POR_OPERACAO[operacao]
        assert sorted(row.id for row in (*selecao.aceitas, *selecao.de_fora)) == [row.id for row in rows]

    @pytest.mark.parametrize("operacao", Operacao)
    def test_a_confirmar_is_never_accepted(self, operacao: Operacao) -> None:
        rows = [_row(number, situacao, a_confirmar=True) for number, situacao in enumerate(Situacao)]
        assert separar(operacao, rows).aceitas == ()
        assert separar(operacao, rows).de_fora == tuple(rows)

    def test_the_order_of_the_list_is_kept(self) -> None:
        rows = [_row(n, Situacao.LIQUIDADO if n % 2 else Situacao.PENDENTE) for n in (5, 2, 9, 4)]
        selecao = separar(Operacao.REGISTRAR, rows)
        assert [row.id for row in selecao.aceitas] == [2, 4]
        assert [row.id for row in selecao.de_fora] == [5, 9]

    def test_rows_of_the_store(self, office: Office) -> None:
        pending, registered, doubtful = office.add(*(novo_titulo(n) for n in range(3)))
        office.registro.registrar(registered, gerar_pdf=False)
        office.bank.fail_next(OutcomeUnknown("?"))
        office.registro.registrar(doubtful, gerar_pdf=False)
        rows = office.busca.page(TituloFilter(office.conta.id), TituloSort.TITULO, False, 0, 10)
        assert [row.id for row in separar(Operacao.REGISTRAR, rows).aceitas] == [pending]
        assert [row.id for row in separar(Operacao.CONSULTAR, rows).aceitas] == [registered]
