"""Every field of Títulos a Receber and of its dialogs, tried with whatever can be pasted into it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from bancointegra.domain.edicao_titulo import dados_de
from bancointegra.domain.titulo import TituloFilter, TituloSort
from bancointegra.ui.integracao.alteracao import ATE
from bancointegra.ui.titulos.encargos import ABATIMENTO, DESCONTO, JUROS, MULTA
from bancointegra.ui.titulos.parcelar_dialog import ParcelarDialog
from bancointegra.ui.titulos.rascunho import rascunho_de
from bancointegra.ui.titulos.titulo_dialog import TituloDialog
from tests.ui.hostile import ACCEPTED, problem_of, walks

GOOD_CHARGES = {MULTA: "2", JUROS: "1", DESCONTO: "5", ATE: "24/11/2026", ABATIMENTO: "1,00"}


def stored(mesa):
    found = mesa.office.busca.page(TituloFilter(mesa.conta.id), TituloSort.TITULO, False, 0, 1000)
    return [mesa.office.busca.titulo(row.id) for row in found]


def require_sane(titulo):
    texts = (titulo.numero, titulo.parcela, titulo.observacao)
    assert all(text.isprintable() for text in texts), texts
    assert (len(titulo.numero), len(titulo.parcela), len(titulo.observacao)) <= (20, 5, 200)
    assert titulo.valor.centavos > 0


@walks(TituloDialog)
def test_a_titulo_being_written(walker, mesa):
    before = stored(mesa)
    known, contas = dados_de(before[0]), [(mesa.conta, tuple(mesa.office.busca.tipos_cobranca(mesa.conta.id)))]
    numbers = count(5000)

    def opened():
        shown = rascunho_de(replace(known, numero=str(next(numbers))), mesa.conta)
        dialog = TituloDialog(mesa.page._jobs, mesa.page._services, mesa.office.clock, contas, shown)
        dialog.form.encargos.da_conta.setChecked(False)
        for unit in (dialog.form.encargos.multa, dialog.form.encargos.juros, dialog.form.encargos.desconto):
            unit.setCurrentIndex(0)
        for name, text in GOOD_CHARGES.items():
            dialog.form.fields.edits[name].setText(text)
        return walker.show(dialog)

    sentences = walker.walk(opened)
    assert any("não é uma data" in each for each in sentences)
    assert any("não foi escolhido na lista" in each for each in sentences)
    written = [titulo for titulo in stored(mesa) if titulo not in before]
    assert written, "some of it is a text like another"
    for titulo in written:
        require_sane(titulo)


@walks(TituloDialog)
def test_a_stored_titulo(walker, mesa):
    """The registered one: only its note can be changed."""
    for name in ("1001/1", "1003/2"):
        aberto = mesa.office.titulos.abrir(mesa.ids[name])
        contas = [(mesa.conta, tuple(mesa.office.busca.tipos_cobranca(mesa.conta.id)))]

        def opened(aberto=aberto, contas=contas):
            aberto = mesa.office.titulos.abrir(aberto.titulo.id)
            dialog = TituloDialog(mesa.page._jobs, mesa.page._services, mesa.office.clock, contas, None, aberto)
            return walker.show(dialog)

        def told(dialog):
            return problem_of(dialog) or ("" if dialog.is_dirty else ACCEPTED)

        assert walker.walk(opened, told=told)
    for titulo in stored(mesa):
        require_sane(titulo)


@walks(ParcelarDialog)
def test_parcelar(walker, qtbot, mesa):
    dados = replace(dados_de(stored(mesa)[0]), numero="7000", parcela="")

    def opened():
        dialog = walker.show(ParcelarDialog(mesa.page._jobs, mesa.office.titulos, dados))
        qtbot.waitUntil(lambda: dialog.confirm_button.isEnabled() or bool(dialog.problem))
        return dialog

    sentences = walker.walk(opened)
    assert any("Já existem nesta conta" in each for each in sentences)
    assert len([titulo for titulo in stored(mesa) if titulo.numero == "7000"]) == 2


def test_the_fields_of_the_page(walker, mesa):
    """Whatever is typed there is a search."""
    walker.walk(lambda: mesa.page, lambda _page: None, lambda _page: ACCEPTED)
    mesa.wait_list("1001/1", "1002/1", "1003/2")
