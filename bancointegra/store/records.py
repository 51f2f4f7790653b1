"""Records of the store to and from the domain's frozen dataclasses."""

from __future__ import annotations

from bancointegra.domain.boleto import BoletoRegistrado, ProtestoNoBanco, Sacado
from bancointegra.domain.conferencia import Conferencia
from bancointegra.domain.conta import (
    Ambiente,
    Beneficiario,
    ContaBancaria,
    Endereco,
    Hosts,
    TipoCobranca,
)
from bancointegra.domain.documentos import Documento
from bancointegra.domain.order import Order, OrderState
from bancointegra.domain.pagador import Pagador
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao, Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import HistoryEntry, Titulo
from bancointegra.store.codec import encargos_from_json, encargos_to_json, pedido_from_json
from bancointegra.store.schema import (
    BoletoRecord,
    ConferenciaRecord,
    ContaRecord,
    HistoryRecord,
    OrderRecord,
    PagadorRecord,
    TipoCobrancaRecord,
    TituloRecord,
)


def conta_from(record: ContaRecord) -> ContaBancaria:
    return ContaBancaria(
        id=record.id,
        mnemonico=record.mnemonico,
        banco=record.banco,
        agencia=record.agencia,
        conta=record.conta,
        dac=record.dac,
        carteira=record.carteira,
        beneficiario=Beneficiario(
            record.beneficiario_nome, Documento(record.beneficiario_documento), _endereco_from(record)
        ),
        api_bancaria=record.api_bancaria,
        ambiente=Ambiente[record.ambiente],
        client_id=record.client_id,
        certificate_path=record.certificate_path,
        key_path=record.key_path,
        ca_path=record.ca_path,
        hosts=Hosts(record.host_token, record.host_emissao, record.host_consulta),
        encargos_padrao=encargos_from_json(record.encargos_padrao),
        faixa_inicio=record.faixa_inicio,
        faixa_fim=record.faixa_fim,
        ultimo_nosso_numero=record.ultimo_nosso_numero,
    )


def write_conta(conta: ContaBancaria, record: ContaRecord) -> None:
    """Copy everything but the id and the last nosso número, which only the journal moves."""
    record.mnemonico = conta.mnemonico.strip().upper()
    record.banco = conta.banco
    record.agencia = conta.agencia
    record.conta = conta.conta
    record.dac = conta.dac
    record.carteira = conta.carteira
    record.beneficiario_nome = conta.beneficiario.nome
    record.beneficiario_documento = conta.beneficiario.documento.numero
    _write_endereco(conta.beneficiario.endereco, record)
    record.api_bancaria = conta.api_bancaria
    record.ambiente = conta.ambiente.name
    record.client_id = conta.client_id
    record.certificate_path = conta.certificate_path
    record.key_path = conta.key_path
    record.ca_path = conta.ca_path
    record.host_token = conta.hosts.token
    record.host_emissao = conta.hosts.emissao
    record.host_consulta = conta.hosts.consulta
    record.encargos_padrao = encargos_to_json(conta.encargos_padrao)
    record.faixa_inicio = conta.faixa_inicio
    record.faixa_fim = conta.faixa_fim


def tipo_cobranca_from(record: TipoCobrancaRecord) -> TipoCobranca:
    return TipoCobranca(record.id, record.nome, record.conta_id)


def sacado_from(record: PagadorRecord) -> Sacado:
    return Sacado(record.nome, Documento(record.documento), _endereco_from(record))


def pagador_from(record: PagadorRecord) -> Pagador:
    return Pagador(record.id, sacado_from(record), record.email)


def write_pagador(sacado: Sacado, record: PagadorRecord) -> None:
    record.nome = sacado.nome
    record.documento = sacado.documento.numero
    record.busca = fold(f"{sacado.nome} {sacado.documento.numero} {sacado.documento.formatado}")
    _write_endereco(sacado.endereco, record)


def titulo_from(record: TituloRecord, *, in_doubt: str | None) -> Titulo:
    """The título; ``in_doubt`` is the state of its order nobody knows the outcome of."""
    return Titulo(
        id=record.id,
        numero=record.numero,
        parcela=record.parcela,
        conta_id=record.conta_id,
        tipo_cobranca_id=record.tipo_cobranca_id,
        sacado=sacado_from(record.pagador),
        emissao=record.emissao,
        vencimento=record.vencimento,
        valor=Reais(record.valor),
        situacao=Situacao(record.situacao),
        encargos=encargos_from_json(record.encargos),
        especie=record.especie,
        aceite=record.aceite,
        observacao=record.observacao,
        boleto=boleto_from(record.boleto) if record.boleto else None,
        registrado_em=record.boleto.registrado_em if record.boleto else None,
        liquidado_em=record.liquidado_em,
        valor_pago=Reais(record.valor_pago),
        a_confirmar=in_doubt is not None,
        aguardando=in_doubt == OrderState.AGUARDANDO.value,
        situacao_em=record.situacao_em,
        situacao_fonte=record.situacao_fonte,
        pdf_path=record.pdf_path,
        protesto=ProtestoNoBanco[record.protesto],
        seu_numero=record.seu_numero,
    )


def boleto_from(record: BoletoRecord) -> BoletoRegistrado:
    return BoletoRegistrado(
        chave=record.chave,
        carteira=record.carteira,
        nosso_numero=record.nosso_numero,
        dac_nosso_numero=record.dac_nosso_numero,
        codigo_barras=record.codigo_barras,
        linha_digitavel=record.linha_digitavel,
        valor=Reais(record.valor),
        vencimento=record.vencimento,
        data_limite=record.data_limite,
    )


def write_boleto(boleto: BoletoRegistrado, record: BoletoRecord) -> None:
    """Copy what the bank said; what an answer did not bring never replaces what is known."""
    record.chave = boleto.chave or record.chave or ""
    record.carteira = boleto.carteira
    record.nosso_numero = boleto.nosso_numero
    record.dac_nosso_numero = boleto.dac_nosso_numero or record.dac_nosso_numero or ""
    record.codigo_barras = boleto.codigo_barras or record.codigo_barras or ""
    record.linha_digitavel = boleto.linha_digitavel or record.linha_digitavel or ""
    record.valor = boleto.valor.centavos
    record.vencimento = boleto.vencimento
    record.data_limite = boleto.data_limite or record.data_limite


def order_from(record: OrderRecord) -> Order:
    operacao = Operacao[record.operacao]
    return Order(
        id=record.id,
        titulo_id=record.titulo_id,
        conta_id=record.conta_id,
        operacao=operacao,
        state=OrderState(record.state),
        correlation_id=record.correlation_id,
        carteira=record.carteira,
        nosso_numero=record.nosso_numero,
        pedido=pedido_from_json(record.effect, operacao),
        claim=record.claim,
        instance=record.instance,
        attempts=record.attempts,
        created_at=record.created_at,
        sent_at=record.sent_at,
        reason=record.reason,
    )


def conferencia_from(record: ConferenciaRecord) -> Conferencia:
    return Conferencia(
        record.conta_id, record.restaurada_em, record.nao_antes, record.proximo, record.ate, record.folga
    )


def history_from(record: HistoryRecord) -> HistoryEntry:
    return HistoryEntry(record.em, record.texto, record.detalhe, record.quem)


def _endereco_from(record: ContaRecord | PagadorRecord) -> Endereco:
    return Endereco(record.logradouro, record.bairro, record.cidade, record.uf, record.cep)


def _write_endereco(endereco: Endereco, record: ContaRecord | PagadorRecord) -> None:
    record.logradouro = endereco.logradouro
    record.bairro = endereco.bairro
    record.cidade = endereco.cidade
    record.uf = endereco.uf
    record.cep = endereco.cep
