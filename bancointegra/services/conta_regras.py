"""What each field of a Conta Bancária may hold. Errors are ``InputError`` with the field as the screen labels it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from bancointegra.domain.certificado import require_client_id, require_uf
from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Endereco, Hosts
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.itau import BANCO_ITAU, require_dac_conta

MAIOR_NOSSO_NUMERO = 99_999_999
_LONGEST_MNEMONICO = 40
_LONGEST_HOST = 200
_LAST_ORDINARY = 0xFFFF  # beyond it: emoji and the like


def conferir_conta(conta: ContaBancaria) -> ContaBancaria:
    """``conta`` as it is to be stored: blanks trimmed, capitals where they belong. Raises ``InputError``.

    Credentials and addresses are asked only of an account with API Bancária, but must make sense wherever given.
    """
    checked = replace(
        conta,
        mnemonico=require_mnemonico(conta.mnemonico),
        banco=_digits(conta.banco, 3, "Banco"),
        agencia=_digits(conta.agencia, 4, "Agência"),
        conta=_digits(conta.conta, 5, "Conta"),
        dac=_digits(conta.dac, 1, "Dígito"),
        carteira=_digits(conta.carteira, 3, "Carteira"),
        beneficiario=_beneficiario(conta.beneficiario),
        client_id=_client_id(conta),
        hosts=Hosts(
            token=require_host(conta.hosts.token, "Servidor do token"),
            emissao=require_host(conta.hosts.emissao, "Servidor de emissão"),
            consulta=require_host(conta.hosts.consulta, "Servidor de consulta"),
        ),
        # One more trust root is for the simulation only; banks would refuse it in production.
        ca_path=conta.ca_path if conta.ambiente is Ambiente.SIMULACAO else "",
    )
    _require_banco(checked)
    _require_faixa(checked)
    return checked


def require_mnemonico(text: str) -> str:
    """The short name in capitals."""
    mnemonico = " ".join(text.split()).upper()
    return require_texto(mnemonico, "Mnemônico", _LONGEST_MNEMONICO)


def require_texto(text: str, label: str, longest: int) -> str:
    """A line of text without doubled blanks, not empty."""
    line = " ".join(text.split())
    if not line:
        raise InputError(f"Falta preencher {label}.", field=label)
    if len(line) > longest:
        raise InputError(f"{label} tem até {longest} caracteres.", field=label)
    if not line.isprintable() or any(ord(letter) > _LAST_ORDINARY for letter in line):
        raise InputError(f"{label} tem caracteres que o banco não imprime.", field=label, hint="Digite-o de novo.")
    return line


def _require_banco(conta: ContaBancaria) -> None:
    if conta.banco == BANCO_ITAU:
        try:
            require_dac_conta(conta.agencia, conta.conta, conta.dac)
        except InputError as error:
            raise InputError(error.message, field="Dígito", hint=error.hint) from None
    elif conta.api_bancaria:
        raise InputError(
            f"Ainda não há API Bancária com o banco {conta.banco}.",
            field="Banco",
            hint="Por enquanto, só o Itaú (341).",
        )


def _require_faixa(conta: ContaBancaria) -> None:
    if not 1 <= conta.faixa_inicio <= MAIOR_NOSSO_NUMERO:
        raise InputError(f"O início da faixa vai de 1 a {MAIOR_NOSSO_NUMERO}.", field="Primeiro número")
    if not conta.faixa_inicio <= conta.faixa_fim <= MAIOR_NOSSO_NUMERO:
        raise InputError(f"O fim da faixa vai do início dela a {MAIOR_NOSSO_NUMERO}.", field="Último número")
    if not 0 <= conta.ultimo_nosso_numero <= MAIOR_NOSSO_NUMERO:
        raise InputError(f"O último número usado vai de 0 a {MAIOR_NOSSO_NUMERO}.", field="Último número usado")


def _beneficiario(beneficiario: Beneficiario) -> Beneficiario:
    endereco = beneficiario.endereco
    return Beneficiario(
        require_texto(beneficiario.nome, "Nome", 120),
        Documento.parse(beneficiario.documento.numero),
        Endereco(
            logradouro=require_texto(endereco.logradouro, "Endereço", 120),
            bairro=require_texto(endereco.bairro, "Bairro", 60),
            cidade=require_texto(endereco.cidade, "Cidade", 60),
            uf=require_uf(endereco.uf),
            cep=_digits(endereco.cep.replace("-", ""), 8, "CEP"),
        ),
    )


def _client_id(conta: ContaBancaria) -> str:
    given = conta.client_id.strip()
    return require_client_id(given) if given else ""


def _digits(text: str, size: int, label: str) -> str:
    value = text.strip()
    if not re.fullmatch(rf"\d{{{size}}}", value, re.ASCII):
        raise InputError(f"{label} tem {size} dígito{'s' if size > 1 else ''}.", field=label)
    return value


def require_host(text: str, label: str) -> str:
    """An https address of server and path; empty stands for the bank's own."""
    address = text.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    plain = len(address) <= _LONGEST_HOST and address.isascii() and address.isprintable() and " " not in address
    if not host or not plain or parts.scheme != "https" or "@" in parts.netloc or parts.query or parts.fragment:
        raise InputError(
            f"{label} precisa começar com https:// e ter só o servidor e o caminho.",
            field=label,
            hint="Deixe-o vazio para usar o endereço do banco.",
        )
    return address
