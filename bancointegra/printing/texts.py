"""The words and figures of a printed boleto, from the bank's registration and our request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.calculo_encargos import textos_encargos
from bancointegra.domain.conta import Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.printing.typefaces import NO_BREAK_SPACE

BANCO_NOME = "Itaú"
BANCO_CODIGO = "341-7"
SIMULACAO = "SIMULAÇÃO – não pagar"

_LOCAL_PAGAMENTO = "Pagável em qualquer banco, aplicativo ou correspondente bancário"
_ESPECIES = {  # Itaú CNAB 400, July 2021, note 10
    "01": "DM",
    "02": "NP",
    "03": "NS",
    "04": "ME",
    "05": "RC",
    "06": "CT",
    "07": "CS",
    "08": "DS",
    "09": "LC",
    "13": "ND",
    "15": "DD",
    "16": "EC",
    "17": "CPS",
    "18": "BP",
    "99": "DV",
}


@dataclass(frozen=True, slots=True)
class BoletoTexts:
    """Each text as it is printed, before it is made to fit its box."""

    linha: str
    local_pagamento: str
    vencimento: str
    beneficiario: str
    beneficiario_documento: str
    beneficiario_endereco: str
    agencia_codigo: str
    data_documento: str
    numero_documento: str
    especie_documento: str
    aceite: str
    data_processamento: str
    carteira: str
    nosso_numero: str
    valor: str
    instrucoes: tuple[str, ...]
    pagador: str
    pagador_documento: str
    pagador_endereco: str


def boleto_texts(impresso: BoletoImpresso) -> BoletoTexts:
    """Word every field. Value and due date are the bank's."""
    registrado, pedido = impresso.registrado, impresso.pedido
    return BoletoTexts(
        linha=format_linha(registrado.linha_digitavel),
        local_pagamento=_LOCAL_PAGAMENTO,
        vencimento=_dia(registrado.vencimento),
        beneficiario=pedido.beneficiario.nome,
        beneficiario_documento=_documento(pedido.beneficiario.documento),
        beneficiario_endereco=_endereco(pedido.beneficiario.endereco),
        agencia_codigo=f"{pedido.agencia}/{pedido.conta}-{pedido.dac}",
        data_documento=_dia(pedido.emissao),
        numero_documento=pedido.numero_documento,
        especie_documento=_ESPECIES.get(pedido.especie, pedido.especie),
        aceite="S" if pedido.aceite else "N",
        data_processamento=_dia(impresso.processamento),
        carteira=registrado.carteira,
        nosso_numero=nosso_numero_formatado(registrado.carteira, registrado.nosso_numero, registrado.dac_nosso_numero),
        valor=str(registrado.valor),
        instrucoes=textos_encargos(registrado.valor, registrado.vencimento, pedido.encargos),
        pagador=pedido.sacado.nome,
        pagador_documento=_documento(pedido.sacado.documento),
        pagador_endereco=_endereco(pedido.sacado.endereco),
    )


def nosso_numero_formatado(carteira: str, nosso_numero: str, dac: str) -> str:
    """``109/00000001-6`` (Itaú CNAB 400, annex 4)."""
    return f"{carteira}/{nosso_numero}-{dac}"


def _dia(dia: date) -> str:
    return f"{dia.day:02d}/{dia.month:02d}/{dia.year:04d}"


def _documento(documento: Documento) -> str:
    return f"{documento.tipo.name}{NO_BREAK_SPACE}{documento.formatado}"


def _endereco(endereco: Endereco) -> str:
    """One line, without the dashes of parts that are not there."""
    cep = f"CEP {endereco.cep[:5]}-{endereco.cep[5:]}" if endereco.cep else ""
    cidade = "/".join(part for part in (endereco.cidade, endereco.uf) if part)
    return " – ".join(part for part in (endereco.logradouro, endereco.bairro, cidade, cep) if part)
