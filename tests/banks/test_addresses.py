"""A simulation never leaves this machine; production never stays on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bancointegra.banks.addresses import resolve_hosts
from bancointegra.banks.registry import ITAU_HOSTS
from bancointegra.domain.conta import Ambiente, Hosts
from bancointegra.domain.errors import CredentialError

LOCAL = Hosts("https://127.0.0.1:8443/sts", "https://localhost:8443/api", "https://[::1]:8443/secure")


def test_production_defaults():
    assert resolve_hosts(Hosts(), ITAU_HOSTS, Ambiente.PRODUCAO) == Hosts(
        "https://sts.itau.com.br",
        "https://api.gateway.itau.com.br/cash_management/v2",
        "https://secure.api.cloud.itau.com.br/boletoscash/v2",
    )


def test_each_address_can_be_replaced_and_loses_its_last_slash():
    hosts = resolve_hosts(Hosts(emissao="https://novo.itau.com.br/v3/"), ITAU_HOSTS, Ambiente.PRODUCAO)
    assert hosts == replace(ITAU_HOSTS, emissao="https://novo.itau.com.br/v3")


def test_simulation_on_this_machine():
    assert resolve_hosts(LOCAL, ITAU_HOSTS, Ambiente.SIMULACAO) == LOCAL


@pytest.mark.parametrize("field", ["token", "emissao", "consulta"])
def test_simulation_never_uses_a_default(field):
    with pytest.raises(CredentialError, match="SIMULAÇÃO"):
        resolve_hosts(replace(LOCAL, **{field: ""}), ITAU_HOSTS, Ambiente.SIMULACAO)


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1", "https://localhost", "https://LOCALHOST", "https://[::1]:1/x"]
)
def test_production_never_talks_to_this_machine(address):
    with pytest.raises(CredentialError, match="PRODUÇÃO"):
        resolve_hosts(Hosts(consulta=address), ITAU_HOSTS, Ambiente.PRODUCAO)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1",
        "127.0.0.1:443",
        "https://",
        "https://127.0.0.1:porta",
        "https://[::1",
        "https://127.0.0.1@itau.com.br",
        "https://127.0.0.1/?a=1",
        "https://127.0.0.1/#x",
        "ftp://127.0.0.1",
    ],
)
def test_addresses_that_do_not_serve(address):
    with pytest.raises(CredentialError) as caught:
        resolve_hosts(replace(LOCAL, token=address), ITAU_HOSTS, Ambiente.SIMULACAO)
    assert caught.value.code == "credencial.endereco"


@pytest.mark.parametrize("address", ["https://localhost.itau.com.br", "https://127.0.0.1.nip.io", "https://10.0.0.1"])
def test_names_that_only_look_local(address):
    with pytest.raises(CredentialError, match="SIMULAÇÃO"):
        resolve_hosts(replace(LOCAL, consulta=address), ITAU_HOSTS, Ambiente.SIMULACAO)
