"""What a done instruction changes in the título and its boleto."""

from __future__ import annotations

from bancointegra.domain.boleto import ConsultaBoleto, ProtestoNoBanco
from bancointegra.domain.instrucao import (
    AlterarDataLimite,
    AlterarSeuNumero,
    Instrucao,
    PedidoInstrucao,
    encargos_apos,
    operacao_of,
    valor_apos,
    vencimento_apos,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Operacao, Situacao
from bancointegra.store.codec import encargos_from_json, encargos_to_json
from bancointegra.store.records import write_boleto
from bancointegra.store.schema import BoletoRecord, TituloRecord

_SITUACAO_APOS = {
    Operacao.BAIXAR: Situacao.BAIXADO,
    Operacao.PROTESTAR: Situacao.PROTESTADO,
    Operacao.CANCELAR_PROTESTO: Situacao.CANCELAMENTO_ENVIADO,
}


def apply_instrucao(titulo: TituloRecord, pedido: PedidoInstrucao, consulta: ConsultaBoleto | None) -> None:
    """Change ``titulo`` and its boleto as the instruction says; ``consulta``, if there is one, knows the rest."""
    instrucao = pedido.instrucao
    operacao = operacao_of(instrucao)
    if operacao is Operacao.ALTERAR:
        _alter(titulo, instrucao)
    else:
        titulo.situacao = _SITUACAO_APOS[operacao].value
    if operacao is Operacao.PROTESTAR:
        titulo.protesto = ProtestoNoBanco.INSTRUIDO.name
    if titulo.boleto is not None:
        _alter_boleto(titulo.boleto, instrucao, consulta)
    if consulta is not None:
        titulo.protesto = consulta.protesto.name


def _alter(titulo: TituloRecord, instrucao: Instrucao) -> None:
    titulo.vencimento = vencimento_apos(titulo.vencimento, instrucao)
    titulo.valor = valor_apos(Reais(titulo.valor), instrucao).centavos
    titulo.encargos = encargos_to_json(encargos_apos(encargos_from_json(titulo.encargos), instrucao))
    if isinstance(instrucao, AlterarSeuNumero):
        titulo.seu_numero = instrucao.seu_numero
    titulo.pdf_path = ""  # the saved PDF shows the boleto as it was


def _alter_boleto(boleto: BoletoRecord, instrucao: Instrucao, consulta: ConsultaBoleto | None) -> None:
    vencimento = vencimento_apos(boleto.vencimento, instrucao)
    valor = valor_apos(Reais(boleto.valor), instrucao).centavos
    if (vencimento, valor) != (boleto.vencimento, boleto.valor):
        boleto.vencimento, boleto.valor = vencimento, valor
        boleto.codigo_barras = boleto.linha_digitavel = ""  # until the bank tells the new ones
    if isinstance(instrucao, AlterarDataLimite):
        boleto.data_limite = instrucao.data_limite
    if consulta is not None:
        write_boleto(consulta.registrado, boleto)
        boleto.situacao_no_banco = consulta.situacao.name
        boleto.texto_do_banco = consulta.texto[:80]
        boleto.consultado_em = consulta.consultado_em
