"""The services of accounts and their certificates, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bancointegra.domain.ports import Clock, ConexaoProvider, ContaRepository, Vault
from bancointegra.domain.ports_certificado import CertificadoProvider
from bancointegra.services.certificado import CertificadoService
from bancointegra.services.certificado_flow import CertificadoFlow
from bancointegra.services.certificado_pedido import PedidosDeCertificado
from bancointegra.services.conta import ContaService
from bancointegra.services.segredos import SegredosDaConta
from bancointegra.services.teste_conexao import TesteConexaoService
from bancointegra.system.certificate_requests import CertificateRequestFiles
from bancointegra.system.certificates import CryptographyCertificates
from bancointegra.system.key_files import KeyFiles


class BankAccess(CertificadoProvider, ConexaoProvider, Protocol):
    """What accounts and certificates need of the bank."""


@dataclass(frozen=True, slots=True)
class AccountServices:
    """``assistente`` makes the wizard of one window."""

    conta: ContaService
    certificado: CertificadoService
    teste_conexao: TesteConexaoService
    assistente: Callable[[], CertificadoFlow]


def build_account_services(
    *, contas: ContaRepository, vault: Vault, clock: Clock, access: BankAccess, data: Path
) -> AccountServices:
    """``data`` is the data folder; certificates are kept in ``certificados``, requests under way beside."""
    segredos = SegredosDaConta(vault)
    key_files = KeyFiles(data / "certificados")
    certificates = CryptographyCertificates()
    requests = CertificateRequestFiles(data / "pedidos-de-certificado")
    teste = TesteConexaoService(
        segredos=segredos, key_files=key_files, certificates=certificates, banco=access, clock=clock
    )
    certificado = CertificadoService(
        contas=contas,
        segredos=segredos,
        key_files=key_files,
        certificates=certificates,
        requests=requests,
        banco=access,
        teste=teste,
        clock=clock,
    )
    pedidos = PedidosDeCertificado(requests=requests, certificates=certificates, segredos=segredos, clock=clock)

    def assistente() -> CertificadoFlow:
        return CertificadoFlow(
            contas=contas,
            requests=requests,
            pedidos=pedidos,
            certificado=certificado,
            banco=access,
            teste=teste,
            clock=clock,
        )

    return AccountServices(
        conta=ContaService(contas=contas, segredos=segredos, key_files=key_files),
        certificado=certificado,
        teste_conexao=teste,
        assistente=assistente,
    )
