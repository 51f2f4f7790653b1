"""Every field of every dialog of Integração Bancária, tried with whatever can be pasted into it."""

from __future__ import annotations

import pytest

from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.alteracao import TipoAlteracao
from bancointegra.ui.integracao.alterar_dialog import AlterarDialog
from bancointegra.ui.integracao.confirmacao import confirmar_cancelamento, confirmar_protesto
from bancointegra.ui.integracao.previa import conferir
from bancointegra.ui.integracao.protesto_dialogs import CancelarProtestoDialog, ProtestarDialog
from bancointegra.ui.widgets.search_field import SearchDialog
from tests.ui.hostile import ACCEPTED, walks


@pytest.fixture
def rows(mesa):
    """1001/1 REGISTRADO; what is accepted is sent for it."""
    mesa.office.registro.registrar(mesa.ids["1001/1"], gerar_pdf=False)
    return mesa.office.busca.rows([mesa.ids["1001/1"]])


@walks(AlterarDialog)
@pytest.mark.parametrize("tipo", list(TipoAlteracao))
def test_selecao_de_instrucao(walker, mesa, rows, tipo):
    office, conta = mesa.office, mesa.page.conta

    def check(alteracao, take):
        take(conferir(rows, alteracao, office.instrucao.previa, lambda: None))

    def opened():
        dialog = AlterarDialog(conta, rows, "", office.clock.today, check)
        dialog.confirmed.connect(lambda pedido: office.instrucao.executar(rows[0].id, pedido.alteracao))
        dialog.choose(tipo)
        return walker.show(dialog)

    assert walker.walk(opened)
    assert office.busca.titulo(rows[0].id).situacao is Situacao.REGISTRADO


@walks(ProtestarDialog)
def test_protestar(walker, mesa, rows):
    office, jobs = mesa.office, mesa.page._jobs
    dialogs = []

    def include(nome, done, failed):
        jobs.run(lambda _ctx: office.escritorios.incluir(nome), owner=dialogs[-1], done=done, failed=failed)

    def opened():
        plan = confirmar_protesto(mesa.page.conta, rows)
        dialog = ProtestarDialog(plan, office.escritorios.todos(), include, office.clock.today)
        dialog.escritorio._show_adding(True)
        dialogs.append(dialog)
        return walker.show(dialog)

    def told(dialog):
        included = not dialog.escritorio.is_adding and dialog.escritorio.value
        return dialog.problem or (ACCEPTED if included else "")

    assert walker.walk(opened, told=told)


@walks(CancelarProtestoDialog)
def test_cancelar_protesto(walker, mesa, rows):
    def opened():
        plan = confirmar_cancelamento(mesa.page.conta, rows)
        return walker.show(CancelarProtestoDialog(plan, mesa.office.clock.today))

    assert walker.walk(opened)


@walks(SearchDialog)
def test_the_search_of_accounts(walker, mesa):
    field = mesa.page.filters.conta_field

    def opened():
        dialog = SearchDialog(mesa.page._jobs, field._search, "Pesquisar Mnemônico", "")
        return walker.show(dialog)

    def told(dialog):
        return dialog.problem or dialog._note.text() or (ACCEPTED if dialog.confirm_button.isEnabled() else "")

    walker.walk(opened, lambda _dialog: None, told)


def test_the_filters_of_the_page(walker, mesa):
    """Whatever was typed there is a search, or a sentence."""
    mesa.pesquisar(*Situacao)
    page = mesa.page

    def search(_page):
        walker.click(page.filters.search_button)
        mesa.wait_idle()

    walker.walk(lambda: page, search, lambda _page: ACCEPTED)
    assert mesa.said[-1].startswith("Nenhuma conta bancária foi escolhida."), "the account typed over must be chosen"
