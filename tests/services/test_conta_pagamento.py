"""Setting up a Conta de Pagamento."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_pagamento import Alcadas
from bancointegra.domain.errors import CredentialError, InputError, RuleError
from bancointegra.domain.reais import Reais
from tests.services.pay_office import PayOffice, conta_celcoin


def test_a_new_account_gets_a_terminal_of_its_own(pay_office: PayOffice) -> None:
    service = pay_office.window.conta
    names = {service.salvar(conta_celcoin(mnemonico=f"c{n}", terminal=""), "um-segredo").terminal for n in range(2)}
    assert len(names) == 2
    assert service.tem_segredo(pay_office.conta)
    assert [conta.mnemonico for conta in service.todas()] == ["C0", "C1", "CELCOIN"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"terminal": "um nome longo demais " * 4}, "Terminal"),
        ({"client_id": " "}, "ClientID"),
        ({"nome": ""}, "Nome"),
        ({"mnemonico": ""}, "Mnemônico"),
        ({"mnemonico": "celcoin"}, "Mnemônico"),
        ({"host": "http://celcoin"}, "Servidor"),
        ({"alcadas": Alcadas(por_dia=Reais(-1))}, "Limite por dia"),
        ({"ambiente": Ambiente.PRODUCAO, "ca_path": "raiz.pem"}, "Raiz de confiança"),
    ],
)
def test_what_cannot_be_is_named(pay_office: PayOffice, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as refused:
        pay_office.window.conta.salvar(conta_celcoin(**({"mnemonico": "outra"} | changes)), None)
    assert refused.value.field == field


def test_an_account_with_bills_stays_where_celcoin_knows_it(pay_office: PayOffice) -> None:
    service = pay_office.window.conta
    moved = service.salvar(replace(pay_office.conta, terminal="filial"), None)
    assert moved.terminal == "filial"
    pay_office.consulted()
    for changes in ({"terminal": "matriz"}, {"client_id": "outro"}, {"ambiente": Ambiente.PRODUCAO}):
        with pytest.raises(RuleError, match="já tem pagamentos"):
            service.salvar(replace(moved, **changes), None)
    assert service.salvar(replace(moved, nome="Outro nome"), None).nome == "Outro nome"


def test_the_test_of_the_account_says_what_is_wrong(pay_office: PayOffice) -> None:
    assert pay_office.window.conta.testar(pay_office.conta).disponivel == pay_office.celcoin.balance
    pay_office.banks.problem = CredentialError("ClientSecret errado.")
    with pytest.raises(CredentialError):
        pay_office.window.conta.testar(pay_office.conta)
