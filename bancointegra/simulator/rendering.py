"""A boleto as the bank's answers show it, before numbers are written in the format of the interface."""

from __future__ import annotations

from typing import Any

from bancointegra.simulator.ceps import is_cep
from bancointegra.simulator.model import Account, Boleto
from bancointegra.simulator.switches import Switches

OPERADOR = "000000001"
_JUROS_IN_ANSWERS = {"90": ("08", "03"), "91": ("07", "02"), "92": ("09", "04"), "93": ("06", "01")}
"""Juros codes as answers translate them: counted in business days, in calendar days (emission guide)."""


def beneficiario(account: Account) -> dict[str, Any]:
    """The beneficiary as the bank fills it in."""
    is_person = len(account.documento) == 11
    key = "numero_cadastro_pessoa_fisica" if is_person else "numero_cadastro_nacional_pessoa_juridica"
    return {
        "id_beneficiario": account.id_beneficiario,
        "nome_cobranca": account.nome,
        "tipo_pessoa": {"codigo_tipo_pessoa": "F" if is_person else "J", key: account.documento},
        "endereco": {
            "nome_logradouro": "Praca da Simulacao, 1",
            "nome_bairro": "Centro",
            "nome_cidade": "Sao Paulo",
            "sigla_UF": "SP",
            "numero_CEP": "01001000",
        },
    }


def dado_boleto(boleto: Boleto, switches: Switches) -> dict[str, Any]:
    """What emission and query answers share of ``dado_boleto``, without the individual data."""
    mensagens = [{"mensagem": texto} for texto in boleto.mensagens]
    content: dict[str, Any] = {
        "descricao_instrumento_cobranca": "boleto",
        **boleto.extras,
        "codigo_carteira": boleto.carteira,
        "codigo_especie": boleto.especie,
        "valor_total_titulo": boleto.valor,
        "valor_abatimento": boleto.abatimento,
        "data_emissao": boleto.emissao.isoformat(),
        "pagador": {
            **boleto.pagador,
            "pagador_eletronico_DDA": False,
            "praca_protesto": is_cep(boleto.pagador["endereco"]["numero_CEP"]),
        },
        "multa": boleto.multa or {"codigo_tipo_multa": "03"},
        "juros": _juros(boleto, switches),
        "desconto": boleto.desconto or {"codigo_tipo_desconto": "00", "descontos": []},
        "recebimento_divergente": boleto.recebimento,
        "instrucao_cobranca": boleto.instrucoes,
        "lista_mensagem_cobranca": mensagens,
    }
    if boleto.sacador:
        content["sacador_avalista"] = boleto.sacador
    return content


def dados_individuais(boleto: Boleto) -> dict[str, Any]:
    """What emission and query answers share of one item of ``dados_individuais_boleto``."""
    return {
        "id_boleto_individual": boleto.id_individual,
        "numero_nosso_numero": boleto.nosso_numero,
        "dac_titulo": boleto.dac,
        "data_vencimento": boleto.vencimento.isoformat(),
        "valor_titulo": boleto.valor,
        "texto_seu_numero": boleto.seu_numero,
        "texto_uso_beneficiario": boleto.uso_beneficiario,
        "codigo_barras": boleto.codigo_barras,
        "numero_linha_digitavel": boleto.linha_digitavel,
        "data_limite_pagamento": boleto.limite.isoformat(),
        "lista_mensagens_cobranca": [{"mensagem": texto} for texto in boleto.mensagens],
    }


def _juros(boleto: Boleto, switches: Switches) -> dict[str, Any]:
    if not boleto.juros:
        return {"codigo_tipo_juros": "05"}
    business, calendar = _JUROS_IN_ANSWERS[boleto.juros["codigo_tipo_juros"]]
    return {**boleto.juros, "codigo_tipo_juros": business if switches.business_day_juros else calendar}
