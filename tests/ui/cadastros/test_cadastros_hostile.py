"""Every field of the registers and of their dialogs, tried with whatever can be pasted into it."""

from __future__ import annotations

from itertools import count

import pytest

from bancointegra.ui.cadastros.nome_dialog import NomeDialog
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.cadastros.pages import EscritoriosPage, PagadoresPage, TiposPage
from tests.ui.hostile import ACCEPTED, walks
from tests.ui.integracao.escritorio import Escritorio, novo


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Escritorio(tmp_path_factory.mktemp("escritorio"))
    office.add_titulos(office.add_conta(), [novo(1001, "MERCADO AURORA LTDA", "11.222.333/0001-81", "1.250,00")])
    yield office
    office.close()


def require_plain_names(names, longest):
    assert all(name.strip() and name.isprintable() and len(name) <= longest for name in names), names


@walks(PagadorDialog)
def test_pagadores(walker, jobs, office):
    [known] = office.pagadores.buscar("aurora", 1)

    def opened():
        [now] = office.pagadores.rows([known.id])
        return walker.show(PagadorDialog(jobs, office.pagadores, now))

    sentences = walker.walk(opened)
    assert any("CEP tem 8 dígitos" in each for each in sentences)
    assert any("não é um endereço de e-mail" in each for each in sentences)
    [now] = office.pagadores.rows([known.id])
    endereco = now.sacado.endereco
    require_plain_names((now.sacado.nome, endereco.logradouro), 120)
    require_plain_names((endereco.bairro, endereco.cidade), 60)


@walks(PagadorDialog)
def test_a_pagador_who_is_only_searched_for(walker, jobs, office):
    for typed in ("", "9" * 10_000, "a\x00b"):

        def opened(typed=typed):
            return walker.show(PagadorDialog(jobs, office.pagadores, typed=typed))

        assert walker.walk(opened)
    assert office.pagadores.quantidade("") == 1


@walks(NomeDialog)
def test_escritorios_de_cobranca(walker, jobs, office):
    numbers = count(1)

    def opened():
        nome = office.escritorios.incluir(f"ESCRITÓRIO {next(numbers)}")

        def store(novo, _conta):
            return office.escritorios.renomear(nome, novo)

        return walker.show(NomeDialog(jobs, "Renomear", "Escritório de Cobrança", store, nome=nome))

    assert walker.walk(opened)
    require_plain_names(office.escritorios.todos(), 60)


@walks(NomeDialog)
def test_tipos_de_cobranca(walker, jobs, office):
    [tipo, *_] = [em_uso.tipo for em_uso in office.conta.tipos_em_uso()]

    def store(novo, _conta):
        return office.conta.salvar_tipo_cobranca(type(tipo)(0, novo, tipo.conta_id)).nome

    assert walker.walk(lambda: walker.show(NomeDialog(jobs, "Novo", "Tipo de Cobrança", store)))
    require_plain_names([em_uso.tipo.nome for em_uso in office.conta.tipos_em_uso()], 60)


@pytest.mark.parametrize("kind", [PagadoresPage, TiposPage, EscritoriosPage])
def test_the_searches(walker, qtbot, jobs, settings, office, kind):
    services = {PagadoresPage: office.pagadores, TiposPage: office.conta, EscritoriosPage: office.escritorios}
    page = kind(services[kind], jobs=jobs, settings=settings)
    qtbot.addWidget(page)
    page.show()
    walker.walk(lambda: page, lambda _page: None, lambda _page: ACCEPTED)
