"""From the bank's JSON to the domain: the answer of a registration and of a query. Pure.

Shapes: the bank's OpenAPI "Consulta de detalhe do Boleto" 1.2.9, and what production really sends. What must
be there and is not raises ``UnreadableAnswer``; what nobody asked for is ignored.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from bancointegra.banks.http import UnreadableAnswer
from bancointegra.banks.itau.mapping import chave_boleto, id_beneficiario
from bancointegra.banks.itau.reading_encargos import read_encargos
from bancointegra.banks.node import Node, as_nodes
from bancointegra.domain.boleto import (
    BoletoRegistrado,
    ConsultaBoleto,
    Pagamento,
    PedidoRegistro,
    ProtestoNoBanco,
    SituacaoNoBanco,
)
from bancointegra.domain.reais import ZERO, Reais

_BARRAS, _LINHA, _NOSSO_NUMERO, _CPF, _CNPJ = 44, 47, 8, 11, 14
_PROTESTO_POR_SITUACAO = {"1": ProtestoNoBanco.EM_PROTESTO, "2": ProtestoNoBanco.PROTESTADO}
_PROTESTO_POR_TIPO = {"1": ProtestoNoBanco.INSTRUIDO, "3": ProtestoNoBanco.SUSTADO}
_PIX = frozenset({"pix", "bolecode"})
_CARTORIO = frozenset({"cartorio", "cartorios", "tabelionato"})
_SITUACOES = {
    "em aberto": SituacaoNoBanco.ABERTO,
    "aguardando pagamento": SituacaoNoBanco.ABERTO,
    "pago": SituacaoNoBanco.PAGO,
    "aguardando credito": SituacaoNoBanco.PAGO,
    "liquidado": SituacaoNoBanco.LIQUIDADO,
    "creditado": SituacaoNoBanco.LIQUIDADO,
    "pagamento rejeitado": SituacaoNoBanco.PAGAMENTO_DEVOLVIDO,
    "pagamento devolvido": SituacaoNoBanco.PAGAMENTO_DEVOLVIDO,
    "baixado": SituacaoNoBanco.BAIXADO,
}


def read_registro(body: object, pedido: PedidoRegistro) -> BoletoRegistrado:
    """What the bank returned for ``pedido``. Value and due date it did not repeat are those we sent.

    Raises ``UnreadableAnswer`` without bar code and line, or when they are of another nosso número.
    """
    envelope = Node(body)
    data = envelope.node("data") if "data" in envelope else envelope
    dado = data.node("dado_boleto")
    individual = dado.node("dados_individuais_boleto")
    beneficiario = id_beneficiario(pedido.agencia, pedido.conta, pedido.dac)
    returned = individual.digits("numero_nosso_numero")
    if returned and not _same_number(returned, pedido.nosso_numero):
        raise UnreadableAnswer("o nosso número devolvido é outro")
    codes = _Codes.of(individual)
    if not codes.barras or not codes.linha:
        raise UnreadableAnswer("faltam o código de barras ou a linha digitável")
    valor = individual.money("valor_titulo", digits_are_cents=True)
    return BoletoRegistrado(
        chave=chave_boleto(beneficiario, pedido.carteira, pedido.nosso_numero),
        carteira=pedido.carteira,
        nosso_numero=pedido.nosso_numero,
        dac_nosso_numero=_dac(individual, codes, pedido.carteira, pedido.nosso_numero),
        codigo_barras=codes.barras,
        linha_digitavel=codes.linha,
        valor=valor or pedido.valor,
        vencimento=individual.date("data_vencimento") or pedido.vencimento,
        data_limite=individual.date("data_limite_pagamento") or dado.date("data_limite_pagamento"),
    )


def read_consulta(
    body: object, beneficiario: str, carteira: str, nosso_numero: str, now: datetime
) -> ConsultaBoleto | None:
    """The boleto asked for, as of ``now``; None when the bank knows none under that number.

    A number can be used again 45 days after its boleto ended, so several may come: the last is in force.
    Raises ``UnreadableAnswer`` for anything that is neither, an answer about other boletos included.
    """
    items = _items(body)
    if not items:
        return None
    ours = [found for item in items for found in _individuals(item) if _is_asked_for(found, carteira, nosso_numero)]
    if not ours:
        raise UnreadableAnswer("a consulta trouxe outros boletos")
    return _read_item(ours[-1], beneficiario, carteira, nosso_numero, now)


def read_situacao(texto: str, motivo_baixa: str, pagamentos: tuple[Pagamento, ...]) -> SituacaoNoBanco:
    """The normalised situation: accents, case and gender do not matter, and “baixada” is told apart.

    The bank says *baixada* both of a boleto written off and of one paid. A payment record proves that the bank
    received it; a reason that speaks of settlement without a record only says it was paid somehow (CNAB 10).
    """
    situacao = _SITUACOES.get(_plain(texto), SituacaoNoBanco.DESCONHECIDA)
    if situacao is not SituacaoNoBanco.BAIXADO:
        return situacao
    if pagamentos:
        return SituacaoNoBanco.LIQUIDADO
    if "liquidado" in _plain(motivo_baixa):
        return SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO
    return SituacaoNoBanco.BAIXADO


@dataclass(frozen=True, slots=True)
class _Found:
    """One boleto of a query: what all boletos of the item share, and what is its own."""

    dado: Node
    individual: Node


@dataclass(frozen=True, slots=True)
class _Codes:
    """Bar code and line, empty when the bank did not send them; of a wrong length, they are unreadable."""

    barras: str
    linha: str

    @classmethod
    def of(cls, individual: Node) -> _Codes:
        barras = individual.digits("codigo_barras")
        linha = individual.digits("numero_linha_digitavel", "linha_digitavel")
        if len(barras) not in (0, _BARRAS) or len(linha) not in (0, _LINHA):
            raise UnreadableAnswer("código de barras ou linha digitável com outro tamanho")
        return cls(barras, linha)


def _items(body: object) -> list[Node]:
    """The boletos of a query, whatever the envelope. Empty only when the bank said there are none."""
    envelope = Node(body)
    content = envelope.raw("data") if "data" in envelope else body
    if content is None or content == []:
        return []
    items = as_nodes(content)
    if not items or not all("dado_boleto" in item for item in items):
        raise UnreadableAnswer("a resposta da consulta não traz boletos")
    return items


def _individuals(item: Node) -> list[_Found]:
    dado = item.node("dado_boleto")
    return [_Found(dado, individual) for individual in dado.nodes("dados_individuais_boleto")]


def _is_asked_for(found: _Found, carteira: str, nosso_numero: str) -> bool:
    """Numbers are compared as numbers: the bank may leave leading zeros out."""
    number = found.individual.digits("numero_nosso_numero")
    answered_carteira = found.dado.digits("codigo_carteira")
    return (
        number != ""
        and _same_number(number, nosso_numero)
        and (answered_carteira == "" or _same_number(answered_carteira, carteira))
    )


def _same_number(answered: str, asked: str) -> bool:
    return answered.lstrip("0") == asked.lstrip("0")


def _read_item(found: _Found, beneficiario: str, carteira: str, nosso_numero: str, now: datetime) -> ConsultaBoleto:
    dado, individual = found.dado, found.individual
    pagamentos = tuple(p for node in dado.nodes("pagamentos_cobranca") if (p := _read_pagamento(node)).valor > ZERO)
    texto = individual.text("situacao_geral_boleto") or dado.text("situacao_geral_boleto")
    baixa = dado.node("baixa")
    motivo = baixa.text("motivo_baixa")
    situacao = read_situacao(texto, motivo, pagamentos)
    # The block may come while the boleto is open, so only a boleto the bank calls baixado has a baixa.
    is_baixado = _SITUACOES.get(_plain(texto)) is SituacaoNoBanco.BAIXADO
    pessoa = dado.node("pagador").node("pessoa")
    registrado = _read_registrado(found, beneficiario, carteira, nosso_numero)
    return ConsultaBoleto(
        registrado=registrado,
        situacao=situacao,
        texto=texto,
        sacado_documento=_documento(pessoa.node("tipo_pessoa")),
        sacado_nome=pessoa.text("nome_pessoa"),
        consultado_em=now,
        pagamentos=pagamentos,
        motivo_baixa=motivo if is_baixado else "",
        data_baixa=_data_baixa(baixa) if is_baixado else None,
        protesto=_read_protesto(dado.node("protesto")),
        encargos=read_encargos(dado, registrado.vencimento),
        seu_numero=individual.text("texto_seu_numero"),
    )


def _read_protesto(block: Node) -> ProtestoNoBanco:
    """The numbering of answers: situation 1 em protesto, 2 protestado; type 1 protestar, 2 não protestar, 3 sustar."""
    situacao = block.text("codigo_situacao_protesto").lstrip("0")
    tipo = block.text("codigo_tipo_protesto").lstrip("0")
    if situacao in _PROTESTO_POR_SITUACAO:
        return _PROTESTO_POR_SITUACAO[situacao]
    return _PROTESTO_POR_TIPO.get(tipo, ProtestoNoBanco.NENHUM)


def _read_registrado(found: _Found, beneficiario: str, carteira: str, nosso_numero: str) -> BoletoRegistrado:
    dado, individual = found.dado, found.individual
    valor = _query_money(individual, "valor_titulo") or _query_money(dado, "valor_total_titulo")
    vencimento = individual.date("data_vencimento")
    if not valor or vencimento is None:
        raise UnreadableAnswer("faltam o valor ou o vencimento")
    codes = _Codes.of(individual)
    return BoletoRegistrado(
        chave=chave_boleto(beneficiario, carteira, nosso_numero),
        carteira=carteira,
        nosso_numero=nosso_numero,
        dac_nosso_numero=_dac(individual, codes, carteira, nosso_numero),
        codigo_barras=codes.barras,
        linha_digitavel=codes.linha,
        valor=valor,
        vencimento=vencimento,
        data_limite=individual.date("data_limite_pagamento") or dado.date("data_limite_pagamento"),
    )


def _read_pagamento(node: Node) -> Pagamento:
    """One payment. Pix and cartório are told by the words, for the codes of channel and means are not published."""
    canal, meio = node.text("descricao_canal_pagamento"), node.text("descricao_meio_pagamento")
    words = set(re.split(r"[^a-z]+", f"{_plain(canal)} {_plain(meio)}"))
    return Pagamento(
        valor=_query_money(node, "valor_pago_total_cobranca"),
        data=node.date("data_inclusao_pagamento", "data_hora_inclusao_pagamento"),
        canal=canal,
        meio=meio,
        por_pix=not words.isdisjoint(_PIX),
        em_cartorio=not words.isdisjoint(_CARTORIO),
    )


def _query_money(node: Node, key: str) -> Reais:
    return node.money(key, digits_are_cents=False)


def _data_baixa(baixa: Node) -> date | None:
    return baixa.date("data_inclusao_alteracao_baixa", "data_hora_inclusao_alteracao_baixa")


def _dac(individual: Node, codes: _Codes, carteira: str, nosso_numero: str) -> str:
    """The bank's check digit, else the one inside its bar code (campo livre: carteira, nosso número, DAC)."""
    dac = individual.digits("dac_titulo")
    campo_livre = codes.barras[19:]
    if not dac and campo_livre.startswith(carteira + nosso_numero):
        dac = campo_livre[len(carteira) + _NOSSO_NUMERO]
    return dac


def _documento(tipo_pessoa: Node) -> str:
    """CPF or CNPJ without punctuation, at its full length whatever zeros the bank dropped or added."""
    cpf = _without_padding(tipo_pessoa.text("numero_cadastro_pessoa_fisica"))
    cnpj = _without_padding(tipo_pessoa.text("numero_cadastro_nacional_pessoa_juridica"))
    tipo = tipo_pessoa.text("codigo_tipo_pessoa").upper()
    if cpf and tipo != "J":
        return cpf.zfill(_CPF)
    return cnpj.zfill(_CNPJ) if cnpj and tipo != "F" else ""


def _without_padding(documento: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", documento).upper().lstrip("0")


def _plain(text: str) -> str:
    """Lower case, no accents, masculine: ``Baixada`` and ``BAIXADO`` read the same."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"a$", "o", word) for word in ascii_text.split())
