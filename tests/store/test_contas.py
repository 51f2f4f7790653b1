"""Accounts and tipos de cobrança."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bancointegra.domain.conta import Ambiente, ContaBancaria, Hosts, TipoCobranca
from bancointegra.domain.encargos import Encargos, Multa, TipoMulta
from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.store import Store
from tests.builders import ENTRY, conta_itau, plan, registrado_de


def test_an_account_comes_back_whole(store: Store) -> None:
    conta = conta_itau(
        ambiente=Ambiente.PRODUCAO,
        client_id="0b3c",
        certificate_path="/c/itau.crt",
        key_path="/c/itau.key",
        ca_path="/c/ca.pem",
        hosts=Hosts("https://sts", "https://emissao", "https://consulta"),
        encargos_padrao=Encargos(multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal("2.00"))),
        faixa_inicio=10,
        faixa_fim=99,
        ultimo_nosso_numero=12,
    )
    saved = store.contas.save(conta)
    assert saved == replace(conta, id=saved.id)
    assert store.contas.get(saved.id) == saved


def test_saving_again_replaces_all_but_the_last_nosso_numero(
    store: Store, conta: ContaBancaria, titulo_id: int
) -> None:
    store.journal.prepare_registro(titulo_id, plan, "a")
    saved = store.contas.save(replace(conta, client_id="novo", ultimo_nosso_numero=0))
    assert (saved.id, saved.client_id, saved.ultimo_nosso_numero) == (conta.id, "novo", 1)


def test_the_mnemonico_is_one_whatever_its_case(store: Store) -> None:
    saved = store.contas.save(conta_itau(mnemonico=" itau01 "))
    assert saved.mnemonico == "ITAU01"
    assert store.contas.by_mnemonico("Itau01 ") == saved
    assert store.contas.by_mnemonico("ITAU02") is None
    with pytest.raises(InputError, match="Já existe uma conta") as refused:
        store.contas.save(conta_itau(mnemonico="ITAU01"))
    assert refused.value.field == "Mnemônico"


def test_an_account_that_is_gone(store: Store) -> None:
    with pytest.raises(StoreError, match="não existe mais"):
        store.contas.get(7)
    with pytest.raises(StoreError, match="não existe mais"):
        store.contas.save(conta_itau(id=7))


@pytest.mark.parametrize(
    "text", ["", "itau01", "Itaú", "341", "1500", "05206", "rezende", "11222333000181", "150005206"]
)
def test_search_looks_at_all_that_names_an_account(store: Store, conta: ContaBancaria, text: str) -> None:
    store.contas.save(conta_itau(mnemonico="ARQUIVO", api_bancaria=False))
    assert store.contas.search(text) == (conta,)
    assert store.contas.search("bradesco") == ()


def test_tipos_de_cobranca(store: Store, conta: ContaBancaria, tipo: TipoCobranca) -> None:
    other = store.contas.save_tipo_cobranca(TipoCobranca(0, "ALUGUEL", conta.id))
    assert store.contas.tipos_cobranca(conta.id) == (other, tipo)
    renamed = store.contas.save_tipo_cobranca(replace(other, nome="CONDOMÍNIO"))
    assert store.contas.tipos_cobranca(conta.id) == (tipo, renamed)
    with pytest.raises(InputError, match="Já existe o tipo"):
        store.contas.save_tipo_cobranca(TipoCobranca(0, "CONDOMÍNIO", conta.id))
    assert store.contas.tipos_cobranca(99) == ()


class TestAnAccountInUse:
    @pytest.mark.parametrize("outcome", ["sent", "doubt", "confirmed"])
    @pytest.mark.parametrize("change", [{"ambiente": Ambiente.PRODUCAO}, {"agencia": "1501"}, {"conta": "05207"}])
    def test_its_boletos_are_not_left_behind(
        self, store: Store, conta: ContaBancaria, titulo_id: int, outcome: str, change: dict[str, object]
    ) -> None:
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        store.journal.mark_enviada(order.id, "a")
        if outcome == "doubt":
            store.journal.doubt(order.id, "?", ENTRY)
        if outcome == "confirmed":
            store.journal.confirm_registro(order.id, registrado_de(order.pedido), ENTRY)
        with pytest.raises(RuleError, match="SIMULAÇÃO") as refused:
            store.contas.save(replace(conta, **change))  # type: ignore[arg-type]
        assert refused.value.code == "conta_em_uso"
        assert store.contas.get(conta.id).ambiente is Ambiente.SIMULACAO

    def test_the_rest_may_change(self, store: Store, conta: ContaBancaria, titulo_id: int) -> None:
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        store.journal.mark_enviada(order.id, "a")
        changed = replace(conta, carteira="110", client_id="novo", hosts=Hosts("https://sts"))
        assert store.contas.save(changed).carteira == "110"

    def test_an_account_whose_orders_all_failed_may_move(
        self, store: Store, conta: ContaBancaria, titulo_id: int
    ) -> None:
        order = store.journal.prepare_registro(titulo_id, plan, "a")
        store.journal.mark_enviada(order.id, "a")
        store.journal.refuse(order.id, "agência inválida", ENTRY)
        assert store.contas.save(replace(conta, agencia="1501")).agencia == "1501"
