"""What stands in the form of a Conta Bancária, as typed, and the account it becomes. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Endereco, Hosts
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos, Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.errors import InputError
from bancointegra.domain.itau import BANCO_ITAU, TAMANHO_NOSSO_NUMERO, dac_conta
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.services.conta_regras import conferir_conta, require_texto
from bancointegra.services.segredos import require_client_secret

BANCO = "Banco"
MNEMONICO, AGENCIA, CONTA, DAC, CARTEIRA = "Mnemônico", "Agência", "Conta", "Dígito", "Carteira"
NOME, DOCUMENTO = "Nome", "CPF/CNPJ"
ENDERECO, BAIRRO, CIDADE, UF, CEP = "Endereço", "Bairro", "Cidade", "UF", "CEP"
FAIXA_DE, FAIXA_ATE, ULTIMO = "Primeiro número", "Último número", "Último número usado"
CLIENT_ID, CLIENT_SECRET = "ClientID", "ClientSecret"
MULTA, JUROS = "Multa", "Juros"
TIPOS = "Tipos de Cobrança"
HOST_TOKEN, HOST_EMISSAO, HOST_CONSULTA = "Servidor do token", "Servidor de emissão", "Servidor de consulta"
CA = "Certificado raiz (só na simulação)"
"""The names of the fields: what the screen labels them, and what errors call them."""

LETRAS_NO_BANCO = {NOME: 50, ENDERECO: 45, BAIRRO: 15, CIDADE: 20}
"""How much of each text the bank keeps ("API Boletos - Emissão e Instrução", 2.75.147); the rest is only ours."""

_LETRAS_TIPO = 60
_MAIOR_NOSSO_NUMERO = 10**TAMANHO_NOSSO_NUMERO - 1
_ZERO = Decimal(0)
_NOT_CHARGED = "Para não cobrar, escolha “Não cobrar”."
_PERCENTUAL = re.compile(r"\d{1,3}(,\d{1,5})?", re.ASCII)
_ALIASES = {"nosso número": FAIXA_DE, "tipo de cobrança": TIPOS}
"""What other layers call a field of this form."""


@dataclass(frozen=True, slots=True)
class TipoEscrito:
    """A Tipo de Cobrança as it stands in the form; ``id`` 0 for a new one."""

    id: int
    nome: str


@dataclass(frozen=True, slots=True)
class Rascunho:
    """The form as typed. ``textos`` by name of field; two equal ones mean that nothing was changed."""

    textos: Mapping[str, str]
    api_bancaria: bool = True
    ambiente: Ambiente = Ambiente.PRODUCAO
    tipo_multa: TipoMulta = TipoMulta.NENHUMA
    tipo_juros: TipoJuros = TipoJuros.NENHUM
    tipos_cobranca: tuple[TipoEscrito, ...] = (TipoEscrito(0, "BOLETO ITAÚ"),)


def rascunho_novo() -> Rascunho:
    """An empty form, with what nearly every account has."""
    return Rascunho({CARTEIRA: "109", FAIXA_DE: "1", FAIXA_ATE: str(_MAIOR_NOSSO_NUMERO), ULTIMO: "0"})


def rascunho_de(conta: ContaBancaria, tipos: tuple[TipoEscrito, ...]) -> Rascunho:
    """The form that shows ``conta``."""
    endereco, hosts, encargos = conta.beneficiario.endereco, conta.hosts, conta.encargos_padrao
    return Rascunho(
        {
            MNEMONICO: conta.mnemonico,
            AGENCIA: conta.agencia,
            CONTA: conta.conta,
            DAC: conta.dac,
            CARTEIRA: conta.carteira,
            NOME: conta.beneficiario.nome,
            DOCUMENTO: conta.beneficiario.documento.formatado,
            ENDERECO: endereco.logradouro,
            BAIRRO: endereco.bairro,
            CIDADE: endereco.cidade,
            UF: endereco.uf,
            CEP: f"{endereco.cep[:5]}-{endereco.cep[5:]}",
            FAIXA_DE: str(conta.faixa_inicio),
            FAIXA_ATE: str(conta.faixa_fim),
            ULTIMO: str(conta.ultimo_nosso_numero),
            CLIENT_ID: conta.client_id,
            MULTA: _valor_multa(encargos.multa),
            JUROS: _valor_juros(encargos.juros),
            HOST_TOKEN: hosts.token,
            HOST_EMISSAO: hosts.emissao,
            HOST_CONSULTA: hosts.consulta,
            CA: conta.ca_path,
        },
        api_bancaria=conta.api_bancaria,
        ambiente=conta.ambiente,
        tipo_multa=encargos.multa.tipo,
        tipo_juros=encargos.juros.tipo,
        tipos_cobranca=tipos,
    )


def field_of(error: InputError) -> str:
    """The field of this form that an error of any layer is about; empty when it names none."""
    known = {name.casefold(): name for name in _CAMPOS}
    name = error.field.casefold()
    return known.get(_ALIASES.get(name, name).casefold(), "")


def ler_conta(rascunho: Rascunho, base: ContaBancaria | None) -> ContaBancaria:
    """The account as typed; what the form does not show is taken from ``base``, None for a new account.

    Raises ``InputError`` naming the field.
    """
    textos = {name: text.strip() for name, text in rascunho.textos.items()}
    fits, verdict = dac_verdict(*(textos.get(name, "") for name in (AGENCIA, CONTA, DAC)))
    if fits is False:
        raise InputError(verdict, field=DAC)
    ultimo = _number(textos, ULTIMO)
    beneficiario = Beneficiario(
        textos.get(NOME, ""),
        Documento.parse(textos.get(DOCUMENTO, "")),
        _endereco(textos),
    )
    typed: dict[str, Any] = {
        "mnemonico": textos.get(MNEMONICO, ""),
        "agencia": textos.get(AGENCIA, ""),
        "conta": textos.get(CONTA, ""),
        "dac": textos.get(DAC, ""),
        "carteira": textos.get(CARTEIRA, ""),
        "beneficiario": beneficiario,
    }
    blank = base or ContaBancaria(id=0, banco=BANCO_ITAU, ultimo_nosso_numero=ultimo, **typed)
    return conferir_conta(
        replace(
            blank,
            **typed,
            api_bancaria=rascunho.api_bancaria,
            ambiente=rascunho.ambiente,
            client_id=textos.get(CLIENT_ID, ""),
            hosts=Hosts(*(textos.get(name, "") for name in (HOST_TOKEN, HOST_EMISSAO, HOST_CONSULTA))),
            ca_path=textos.get(CA, ""),
            encargos_padrao=_ler_encargos(rascunho, blank.encargos_padrao),
            faixa_inicio=_number(textos, FAIXA_DE),
            faixa_fim=_number(textos, FAIXA_ATE),
        )
    )


def ler_tipos(rascunho: Rascunho) -> tuple[TipoEscrito, ...]:
    """The tipos de cobrança, checked: at least one, no two alike. Raises ``InputError``."""
    tipos = tuple(
        TipoEscrito(tipo.id, require_texto(tipo.nome, TIPOS, _LETRAS_TIPO)) for tipo in rascunho.tipos_cobranca
    )
    if not tipos:
        raise InputError("A conta precisa de um Tipo de Cobrança ao menos.", field=TIPOS)
    names = [tipo.nome.casefold() for tipo in tipos]
    for tipo in tipos:
        if names.count(tipo.nome.casefold()) > 1:
            raise InputError(f"O Tipo de Cobrança {tipo.nome} está escrito duas vezes.", field=TIPOS)
    return tipos


def ler_client_secret(text: str) -> str:
    """The ClientSecret; empty stays empty. Raises ``InputError``."""
    return require_client_secret(text) if text.strip() else ""


def dac_verdict(agencia: str, conta: str, dac: str) -> tuple[bool | None, str]:
    """Whether the digit fits, None while that cannot be known, and what to say of it."""
    try:
        expected = dac_conta(agencia.strip(), conta.strip())
    except InputError:
        return None, ""
    if not dac.strip():
        return None, f"o dígito é {expected}"
    if dac.strip() == expected:
        return True, "✓ o dígito confere"
    return False, f"não confere: o dígito é {expected}"


def limit_note(name: str, text: str) -> str:
    """What to say of a text longer than the bank keeps; empty when it fits."""
    limit, length = LETRAS_NO_BANCO.get(name, 0), len(text.strip())
    return f"o banco guarda só {limit} letras; aqui há {length}" if limit and length > limit else ""


def _number(textos: Mapping[str, str], name: str) -> int:
    text = textos.get(name, "")
    if not re.fullmatch(rf"\d{{1,{TAMANHO_NOSSO_NUMERO}}}", text, re.ASCII):
        raise InputError(f"{name} é um número de até {TAMANHO_NOSSO_NUMERO} algarismos.", field=name)
    return int(text)


def _endereco(textos: Mapping[str, str]) -> Endereco:
    logradouro, bairro, cidade, uf, cep = (textos.get(name, "") for name in (ENDERECO, BAIRRO, CIDADE, UF, CEP))
    return Endereco(logradouro, bairro, cidade, uf, cep.replace("-", "").replace(".", "").replace(" ", ""))


def _ler_encargos(rascunho: Rascunho, base: Encargos) -> Encargos:
    multa, juros, textos = Multa(), Juros(), rascunho.textos
    if rascunho.tipo_multa is TipoMulta.VALOR:
        multa = replace(base.multa, tipo=rascunho.tipo_multa, valor=_ler_reais(textos, MULTA), percentual=_ZERO)
    elif rascunho.tipo_multa is not TipoMulta.NENHUMA:
        multa = replace(base.multa, tipo=rascunho.tipo_multa, percentual=_ler_percentual(textos, MULTA), valor=ZERO)
    if rascunho.tipo_juros is TipoJuros.VALOR_POR_DIA:
        juros = replace(base.juros, tipo=rascunho.tipo_juros, valor=_ler_reais(textos, JUROS), percentual=_ZERO)
    elif rascunho.tipo_juros is not TipoJuros.NENHUM:
        juros = replace(base.juros, tipo=rascunho.tipo_juros, percentual=_ler_percentual(textos, JUROS), valor=ZERO)
    return replace(base, multa=multa, juros=juros)


def _ler_reais(textos: Mapping[str, str], name: str) -> Reais:
    try:
        valor = Reais.parse(_present(textos, name))
    except InputError as error:
        raise InputError(error.message, field=name, hint=error.hint) from error
    if valor.centavos <= 0:
        raise InputError(f"{name}: o valor é maior que zero.", field=name, hint=_NOT_CHARGED)
    return valor


def _ler_percentual(textos: Mapping[str, str], name: str) -> Decimal:
    cleaned = _present(textos, name).removesuffix("%").strip().replace(".", ",")
    if not _PERCENTUAL.fullmatch(cleaned):
        raise InputError(f"{name}: escreva a porcentagem como 2 ou 1,5.", field=name)
    percentual = Decimal(cleaned.replace(",", "."))
    if not 0 < percentual <= 100:
        raise InputError(f"{name}: a porcentagem é maior que 0 e vai até 100.", field=name, hint=_NOT_CHARGED)
    return percentual


def _present(textos: Mapping[str, str], name: str) -> str:
    text = textos.get(name, "").strip()
    if not text:
        raise InputError(f"Falta o valor de {name}.", field=name, hint=_NOT_CHARGED)
    return text


def _valor_multa(multa: Multa) -> str:
    if multa.tipo is TipoMulta.NENHUMA:
        return ""
    return str(multa.valor) if multa.tipo is TipoMulta.VALOR else _percentual(multa.percentual)


def _valor_juros(juros: Juros) -> str:
    if juros.tipo is TipoJuros.NENHUM:
        return ""
    return str(juros.valor) if juros.tipo is TipoJuros.VALOR_POR_DIA else _percentual(juros.percentual)


def _percentual(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


_CAMPOS = (
    MNEMONICO,
    BANCO,
    AGENCIA,
    CONTA,
    DAC,
    CARTEIRA,
    NOME,
    DOCUMENTO,
    ENDERECO,
    BAIRRO,
    CIDADE,
    UF,
    CEP,
    FAIXA_DE,
    FAIXA_ATE,
    ULTIMO,
    CLIENT_ID,
    CLIENT_SECRET,
    MULTA,
    JUROS,
    TIPOS,
    HOST_TOKEN,
    HOST_EMISSAO,
    HOST_CONSULTA,
    CA,
)
