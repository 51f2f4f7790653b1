"""Which addresses an account may talk to: https always, this machine in simulation, never this machine otherwise."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from bancointegra.domain.conta import Ambiente, Hosts
from bancointegra.domain.errors import CredentialError

_CODE = "credencial.endereco"


def resolve_hosts(hosts: Hosts, defaults: Hosts, ambiente: Ambiente) -> Hosts:
    """``hosts`` with ``defaults`` where empty. Raises ``CredentialError`` for an address not allowed."""
    resolved = Hosts(
        token=hosts.token or defaults.token,
        emissao=hosts.emissao or defaults.emissao,
        consulta=hosts.consulta or defaults.consulta,
    )
    return Hosts(
        token=check_address(resolved.token, "do token", ambiente),
        emissao=check_address(resolved.emissao, "de emissão", ambiente),
        consulta=check_address(resolved.consulta, "de consulta", ambiente),
    )


def check_address(address: str, what: str, ambiente: Ambiente) -> str:
    """``address`` without a trailing slash; ``what`` says in messages which it is. Raises ``CredentialError``."""
    host = _https_host(address, what)
    is_simulacao = ambiente is Ambiente.SIMULACAO
    if is_simulacao and not _is_this_machine(host):
        raise CredentialError(
            f"A conta está em SIMULAÇÃO, mas o endereço {what} é {host}: a simulação só fala com este computador.",
            hint="Confira o ambiente e os endereços da conta. Nada foi enviado.",
            code=_CODE,
        )
    if not is_simulacao and _is_this_machine(host):
        raise CredentialError(
            f"A conta está em PRODUÇÃO, mas o endereço {what} é deste computador ({host}).",
            hint="Deixe o endereço vazio para usar o do banco. Nada foi enviado.",
            code=_CODE,
        )
    return address.rstrip("/")


def _https_host(address: str, what: str) -> str:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme != "https" or parts.username is not None or parts.query or parts.fragment:
        raise CredentialError(
            f"O endereço {what} não serve: ele precisa começar com https:// e ter só o servidor e o caminho.",
            hint="Corrija o endereço na conta, ou deixe-o vazio para usar o do banco.",
            code=_CODE,
        )
    return host


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
