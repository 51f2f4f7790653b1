"""Everything that can be wrong with who we are and where we call: a clear sentence, and nothing executed."""

from __future__ import annotations

import socket
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.banks.credentials import CredentialKind, secret_name
from bancointegra.domain.conta import Ambiente, Hosts
from bancointegra.domain.errors import BankUnavailable, CredentialError, RuleError

PRODUCAO = {"ambiente": Ambiente.PRODUCAO, "ca_path": ""}


@pytest.fixture
def register(pedido):
    return lambda provider: provider.registrar(pedido, str(uuid.uuid4()))


@pytest.fixture
def refused(bank, register):
    """The refusal of a registration by that account, which must have executed nothing at the bank."""

    def attempt(registry, conta) -> CredentialError:
        with pytest.raises(CredentialError) as caught:
            register(registry.for_conta(conta))
        assert not [r for r in bank.requests("emissao") if r.status == 200]
        assert caught.value.message
        assert caught.value.hint
        return caught.value

    return attempt


def test_wrong_secret_and_its_correction(office, conta, credentials, refused, register):
    name = secret_name(conta.client_id, "client_secret")
    office.vault.set(name, "errado")
    assert refused(office.registry, conta).code == "credencial.client_secret"
    office.vault.set(name, credentials.client_secret)
    register(office.registry.for_conta(conta))


@pytest.mark.parametrize("secret", ["client_secret", "key_passphrase"])
def test_secret_missing_from_the_vault(office, conta, refused, secret):
    office.vault.delete(secret_name(conta.client_id, secret))
    assert refused(office.registry, conta).code == "credencial.cofre"


def test_wrong_passphrase_is_not_remembered(office, conta, refused, register):
    name = secret_name(conta.client_id, "key_passphrase")
    right = office.vault.get(name)
    office.vault.set(name, "errada")
    assert refused(office.registry, conta).code == "credencial.senha_chave"
    office.vault.set(name, right)
    register(office.registry.for_conta(conta))


def test_expired_certificate_is_seen_before_connecting(office, simulator, credentials, refused, bank):
    expired = office.conta(simulator.credentials.expired(credentials.client_id))
    assert refused(office.registry, expired).code == "credencial.certificado_vencido"
    assert bank.requests() == []


def test_expired_certificate_with_a_clock_that_is_behind(office, simulator, credentials, refused):
    """Our clock may be wrong: then the bank's TLS alert says it."""
    expired = office.conta(simulator.credentials.expired(credentials.client_id))
    registry = office.open_registry(days_ago=10)
    assert refused(registry, expired).code == "credencial.certificado_recusado"
    registry.close()


def test_certificate_the_bank_holds_for_expired(office, simulator, refused):
    client = simulator.provision(client_id=str(uuid.uuid4()))
    conta = office.conta(client)
    simulator.bank.clients.expire_certificates(client.client_id)
    assert refused(office.registry, conta).code == "credencial.C500"


def test_foreign_certificate(office, simulator, credentials, refused):
    foreign = office.conta(simulator.credentials.foreign(credentials.client_id))
    assert refused(office.registry, foreign).code == "credencial.certificado_recusado"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_certificate_of_another_client(office, simulator, credentials, refused, bank, status):
    bank.switch(certificate_error_status=status)
    conta = office.conta(simulator.credentials.wrong_name(credentials.client_id))
    error = refused(office.registry, conta)
    assert error.code == "credencial.C600"
    assert "ClientID" in error.message


def test_client_id_the_bank_does_not_know(office, credentials, refused):
    stranger = office.conta(replace(credentials, client_id=str(uuid.uuid4())))
    assert refused(office.registry, stranger).code in ("credencial.client_secret", "credencial.C600")


def test_account_of_somebody_else(office, conta, new_pedido, simulator):
    simulator.provision(client_id=str(uuid.uuid4()), agencia="0057", conta="12345", dac="7")
    theirs = replace(conta, agencia="0057", conta="12345", dac="7")
    pedido = new_pedido(agencia="0057", conta="12345", dac="7")
    provider = office.registry.for_conta(theirs)
    with pytest.raises(CredentialError) as caught:
        provider.registrar(pedido, str(uuid.uuid4()))
    assert caught.value.code == "credencial.permissao"
    with pytest.raises(CredentialError):
        provider.consultar(pedido.carteira, pedido.nosso_numero)


def test_query_sent_to_the_emission_host(office, conta, pedido):
    wrong = replace(conta, hosts=replace(conta.hosts, consulta=conta.hosts.emissao))
    with pytest.raises(CredentialError) as caught:
        office.registry.for_conta(wrong).consultar("109", pedido.nosso_numero)
    assert "rota não permitid" in caught.value.message
    assert "endereços" in caught.value.hint


def test_token_asked_at_a_wrong_address(office, conta, refused):
    wrong = replace(conta, hosts=replace(conta.hosts, token=conta.hosts.token + "/outro"))
    assert refused(office.registry, wrong).code == "credencial.endereco"


def test_nobody_listens_there(office, conta, register):
    with socket.create_server(("127.0.0.1", 0)) as free:
        origin = f"https://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(BankUnavailable):
        register(office.registry.for_conta(replace(conta, hosts=Hosts(origin, origin, origin))))


def test_emission_host_that_is_down_was_never_reached(office, conta, register):
    with socket.create_server(("127.0.0.1", 0)) as free:
        down = f"https://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(BankUnavailable):
        register(office.registry.for_conta(replace(conta, hosts=replace(conta.hosts, emissao=down))))


def test_server_we_do_not_trust(office, conta, refused, bank):
    assert refused(office.registry, replace(conta, ca_path="")).code == "credencial.servidor"
    assert bank.requests() == []


def test_replaced_certificate_file_is_used_at_once(office, conta, simulator, credentials, refused, register):
    certificate, key = Path(conta.certificate_path), Path(conta.key_path)
    office.write_pair(simulator.credentials.foreign(credentials.client_id), certificate, key)
    assert refused(office.registry, conta).code == "credencial.certificado_recusado"
    office.write_pair(credentials, certificate, key)
    register(office.registry.for_conta(conta))


def test_accounts_with_the_same_credentials_share_one_token(office, conta, new_pedido, simulator, credentials, bank):
    simulator.provision(client_id=credentials.client_id, agencia="0057", conta="12345", dac="7")
    other = replace(conta, agencia="0057", conta="12345", dac="7")
    office.registry.for_conta(conta).registrar(new_pedido(), str(uuid.uuid4()))
    pedido = new_pedido(agencia="0057", conta="12345", dac="7")
    registrado = office.registry.for_conta(other).registrar(pedido, str(uuid.uuid4()))
    assert registrado.chave == f"005700123457109{pedido.nosso_numero}"
    assert len(bank.requests("token")) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hosts": Hosts()}, "SIMULAÇÃO"),
        ({"client_id": ""}, "ClientID"),
        ({"client_id": "não-ascii"}, "ClientID"),
        (PRODUCAO, "PRODUÇÃO"),
        ({"ambiente": Ambiente.PRODUCAO, "hosts": Hosts()}, "raiz de confiança"),
        ({"certificate_path": ""}, "certificado"),
        ({"key_path": "/nao/existe.key"}, "chave"),
    ],
)
def test_accounts_that_cannot_be_used(office, conta, bank, changes, sentence):
    with pytest.raises(CredentialError) as caught:
        office.registry.for_conta(replace(conta, **changes))
    assert sentence in caught.value.message
    assert bank.requests() == []


def test_a_bank_without_integration(office, conta):
    with pytest.raises(RuleError, match="033"):
        office.registry.for_conta(replace(conta, banco="033"))
    with pytest.raises(RuleError, match="033"):
        office.registry.credential_fields("033")


def test_credential_fields_name_what_an_account_and_the_vault_hold(office, conta):
    for field in office.registry.credential_fields("341"):
        assert field.label
        assert field.ajuda
        if field.kind is CredentialKind.HIDDEN:
            assert office.vault.get(secret_name(conta.client_id, field.name))
        else:
            assert getattr(conta, field.name)


def test_closing_lets_the_next_use_connect_anew(office, conta, new_pedido):
    office.registry.for_conta(conta).registrar(new_pedido(), str(uuid.uuid4()))
    office.registry.close()
    office.registry.for_conta(conta).registrar(new_pedido(), str(uuid.uuid4()))
