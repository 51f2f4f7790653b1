"""Saving a Conta Bancária: every field with what it may and may not hold, secrets apart, numbers only forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bancointegra.domain.conta import Ambiente, ContaBancaria, Hosts, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError, RuleError, StoreError
from bancointegra.services.conta import ContaService
from bancointegra.services.segredos import SegredosDaConta
from bancointegra.store import Store, open_store
from bancointegra.system.key_files import KeyFiles
from tests.builders import ENTRY, KnownInstances, ManualClock, conta_itau, novo_titulo, plan
from tests.new_data import new_data_file
from tests.services.test_certificado_importar import Vault


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(new_data_file(tmp_path / "dados.sqlite3"), instances=KnownInstances(), clock=ManualClock())
    yield store
    store.close()


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def service(store: Store, vault: Vault, tmp_path: Path) -> ContaService:
    return ContaService(contas=store.contas, segredos=SegredosDaConta(vault), key_files=KeyFiles(tmp_path / "c"))


def with_beneficiario(**changes: Any) -> dict[str, Any]:
    return {"beneficiario": replace(conta_itau().beneficiario, **changes)}


def with_endereco(**changes: Any) -> dict[str, Any]:
    return with_beneficiario(endereco=replace(conta_itau().beneficiario.endereco, **changes))


def test_a_new_account_is_put_in_order(service: ContaService, vault: Vault) -> None:
    typed = conta_itau(
        mnemonico="  itau   matriz ",
        client_id=" 0b3c-1f ",
        hosts=Hosts(token=" https://sts.itau.com.br/ "),
        **with_endereco(uf="sp", cep="01310-100", cidade=" São  Paulo "),
    )
    stored = service.salvar(typed, " 7f1c-55\n")
    assert (stored.mnemonico, stored.client_id, stored.hosts.token) == (
        "ITAU MATRIZ", "0b3c-1f", "https://sts.itau.com.br",
    )  # fmt: skip
    endereco = stored.beneficiario.endereco
    assert (endereco.uf, endereco.cep, endereco.cidade) == ("SP", "01310100", "São Paulo")
    assert vault == {"0b3c-1f/client_secret": "7f1c-55"}
    assert service.tem_segredo(stored)
    assert "7f1c-55" not in repr(stored)
    assert service.salvar(stored, None) == stored
    assert vault == {"0b3c-1f/client_secret": "7f1c-55"}


BAD: list[tuple[dict[str, Any], str]] = [
    ({"mnemonico": " "}, "Mnemônico"),
    ({"mnemonico": "x" * 41}, "Mnemônico"),
    ({"mnemonico": "a\x00b"}, "Mnemônico"),
    ({"mnemonico": "loja 😀"}, "Mnemônico"),
    ({"agencia": "150"}, "Agência"),
    ({"agencia": "15OO"}, "Agência"),
    ({"agencia": "１５００"}, "Agência"),
    ({"conta": "052060"}, "Conta"),
    ({"conta": "x" * 10_000}, "Conta"),
    ({"dac": ""}, "Dígito"),
    ({"dac": "2"}, "Dígito"),
    ({"carteira": "1O9"}, "Carteira"),
    ({"banco": "itaú"}, "Banco"),
    ({"banco": "237"}, "Banco"),
    ({"client_id": "a b"}, "ClientID"),
    ({"client_id": "'; DROP TABLE conta_bancaria; --"}, "ClientID"),
    ({"hosts": Hosts(token="http://sts.itau.com.br")}, "Servidor do token"),
    ({"hosts": Hosts(emissao="https://user:pw@api.itau.com.br")}, "Servidor de emissão"),
    ({"hosts": Hosts(emissao="ftp://x")}, "Servidor de emissão"),
    ({"hosts": Hosts(consulta="https://")}, "Servidor de consulta"),
    ({"hosts": Hosts(consulta="https://a b/c")}, "Servidor de consulta"),
    ({"hosts": Hosts(consulta="https://a/?q=1")}, "Servidor de consulta"),
    ({"hosts": Hosts(consulta="https://[::1")}, "Servidor de consulta"),
    ({"hosts": Hosts(consulta="https://a/" + "x" * 10_000)}, "Servidor de consulta"),
    ({"faixa_inicio": 0}, "Primeiro número"),
    ({"faixa_inicio": 10**8}, "Primeiro número"),
    ({"faixa_inicio": 10, "faixa_fim": 9}, "Último número"),
    ({"faixa_fim": 10**8}, "Último número"),
    ({"ultimo_nosso_numero": -1}, "Último número usado"),
    ({"ultimo_nosso_numero": 10**8}, "Último número usado"),
    (with_beneficiario(nome=""), "Nome"),
    (with_beneficiario(nome="x" * 10_000), "Nome"),
    (with_beneficiario(nome="a\x1b[31mb"), "Nome"),
    (with_beneficiario(documento=Documento("11222333000180")), "CPF/CNPJ"),
    (with_endereco(logradouro=" "), "Endereço"),
    (with_endereco(bairro="x" * 61), "Bairro"),
    (with_endereco(cidade="\u202eoluaP oãS"), "Cidade"),
    (with_endereco(uf="ZZ"), "UF"),
    (with_endereco(cep="1310100"), "CEP"),
]


@pytest.mark.parametrize(("changes", "field"), BAD)
def test_a_field_that_cannot_be_saved_is_named(service: ContaService, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as refused:
        service.salvar(conta_itau(**changes), None)
    assert refused.value.field == field
    assert service.todas() == ()


def test_a_secret_needs_its_client(service: ContaService, vault: Vault) -> None:
    with pytest.raises(InputError) as refused:
        service.salvar(conta_itau(), "segredo")
    assert refused.value.field == "ClientID"
    with pytest.raises(InputError) as refused:
        service.salvar(conta_itau(client_id="0b3c"), "dois pedaços")
    assert refused.value.field == "ClientSecret"
    assert "pedaços" not in str(refused.value)
    assert (service.todas(), vault) == ((), {})


def test_another_bank_and_no_api(service: ContaService) -> None:
    stored = service.salvar(conta_itau(banco="237", dac="9", api_bancaria=False), None)
    assert service.todas() == (stored,)
    assert service.tem_segredo(stored) is False


def test_the_search_knows_accounts_without_api(service: ContaService, store: Store) -> None:
    with_api = service.salvar(conta_itau(mnemonico="COM"), None)
    without = service.salvar(conta_itau(mnemonico="SEM", api_bancaria=False), None)
    assert service.todas() == (with_api, without)
    assert service.todas("sem") == (without,)
    assert service.todas("nada disso") == ()
    assert store.contas.search("") == (with_api,)


def test_the_mnemonico_is_unique(service: ContaService) -> None:
    service.salvar(conta_itau(), None)
    with pytest.raises(InputError, match="Já existe") as refused:
        service.salvar(conta_itau(mnemonico="itau01"), None)
    assert refused.value.field == "Mnemônico"


def test_the_last_number_only_advances(service: ContaService) -> None:
    stored = service.salvar(conta_itau(ultimo_nosso_numero=10), None)
    assert stored.ultimo_nosso_numero == 10
    assert service.salvar(replace(stored, ultimo_nosso_numero=50), None).ultimo_nosso_numero == 50
    assert service.salvar(replace(stored, ultimo_nosso_numero=20), None).ultimo_nosso_numero == 50


def test_another_client_id_lets_go_of_the_certificate(service: ContaService) -> None:
    stored = service.salvar(conta_itau(client_id="0b3c", certificate_path="/a.crt", key_path="/a.key"), None)
    assert service.salvar(replace(stored, carteira="112"), None).certificate_path == "/a.crt"
    changed = service.salvar(replace(stored, client_id="outro"), None)
    assert (changed.certificate_path, changed.key_path) == ("", "")


def test_an_old_form_does_not_bring_back_an_old_certificate(service: ContaService, store: Store) -> None:
    form = service.salvar(conta_itau(client_id="0b3c", certificate_path="/old.crt", key_path="/old.key"), None)
    store.contas.save(replace(form, certificate_path="/new.crt", key_path="/new.key"))
    saved = service.salvar(replace(form, carteira="112"), None)
    assert (saved.carteira, saved.certificate_path, saved.key_path) == ("112", "/new.crt", "/new.key")


def test_the_simulations_root_does_not_follow_into_production(service: ContaService) -> None:
    stored = service.salvar(conta_itau(ca_path="/ca.pem"), None)
    assert stored.ca_path == "/ca.pem"
    assert service.salvar(replace(stored, ambiente=Ambiente.PRODUCAO), None).ca_path == ""


@pytest.mark.parametrize("change", [{"ambiente": Ambiente.PRODUCAO}, {"agencia": "0057", "conta": "12345", "dac": "7"}])
def test_an_account_with_boletos_at_the_bank_stays_where_it_is(
    service: ContaService, store: Store, change: dict[str, Any]
) -> None:
    conta = service.salvar(conta_itau(), None)
    tipo = service.salvar_tipo_cobranca(TipoCobranca(0, "BOLETO", conta.id))
    store.titulos.add_many(conta.id, tipo.id, [novo_titulo()], ENTRY)
    (row,) = store.titulos.existing(conta.id, [("1001", "1")]).values()
    order = store.journal.prepare_registro(row.id, plan, "a")
    store.journal.mark_enviada(order.id, "a")
    known = store.contas.get(conta.id)
    with pytest.raises(RuleError, match="já tem boletos no banco"):
        service.salvar(replace(known, **change), None)
    assert store.contas.get(conta.id) == known


def test_tipos_de_cobranca(service: ContaService) -> None:
    conta = service.salvar(conta_itau(), None)
    first = service.salvar_tipo_cobranca(TipoCobranca(0, "  BOLETO   ITAÚ ", conta.id))
    second = service.salvar_tipo_cobranca(TipoCobranca(0, "ATACADO", conta.id))
    assert service.tipos_cobranca(conta) == (second, first)
    assert service.salvar_tipo_cobranca(replace(first, nome="VAREJO")) == replace(first, nome="VAREJO")
    for nome in ("", "x" * 61, "a\x00", "ATACADO"):
        with pytest.raises(InputError) as refused:
            service.salvar_tipo_cobranca(TipoCobranca(0, nome, conta.id))
        assert refused.value.field == "Tipo de Cobrança"
    with pytest.raises(StoreError):
        service.salvar_tipo_cobranca(TipoCobranca(0, "B", 99))


def test_whatever_is_saved_comes_back(service: ContaService) -> None:
    stored: ContaBancaria = service.salvar(
        conta_itau(
            client_id="0b3c",
            faixa_inicio=100,
            faixa_fim=200,
            ultimo_nosso_numero=150,
            hosts=Hosts("", "https://e/v2", ""),
        ),
        None,
    )
    assert service.todas() == (stored,)
