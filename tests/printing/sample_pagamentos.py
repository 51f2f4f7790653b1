"""Paid bills for tests and pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from bancointegra.domain.comprovante import ComprovanteImpresso
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_consultada import ContaConsultada, Janela, Parte, ValoresConta
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import Comprovante

BRASILIA = timezone(timedelta(hours=-3))
AGORA = datetime(2026, 11, 23, 14, 32, tzinfo=BRASILIA)
HOJE = date(2026, 11, 23)
LINHA = "34197700070000000003400000000000200000000000000"

CONTA = ContaPagamento(
    id=1,
    mnemonico="CELCOIN",
    ambiente=Ambiente.SIMULACAO,
    client_id="9a1c",
    pagador=Documento("11222333000181"),
    nome="EMPRESA EXEMPLO LTDA",
    terminal="escritorio-1",
)

CONSULTA = ContaConsultada(
    linha=LINHA,
    tipo=TipoCodigo.COBRANCA,
    transacao="2147504239",
    emissor="ITAU UNIBANCO S.A.",
    valores=ValoresConta(
        total=Reais(20740),
        original=Reais(20000),
        juros=Reais(340),
        multa=Reais(400),
        acrescimos=Reais(740),
    ),
    consultada_em=AGORA,
    beneficiario=Parte("PAPELARIA ESTRELA DO SUL LTDA", "04252011000110"),
    pagador=Parte("EMPRESA EXEMPLO LTDA", "11222333000181"),
    vencimento=HOJE - timedelta(days=10),
    ultimo_dia=HOJE + timedelta(days=20),
    janela=Janela(time(7), time(23)),
    liquida_em=HOJE,
)

CONSULTADO = Pagamento(
    id=7,
    conta_id=1,
    consulta=CONSULTA,
    situacao=SituacaoPagamento.CONSULTADO,
    situacao_em=AGORA,
    preparado_por="Carla",
    criado_em=AGORA,
)

RESERVADO = replace(
    CONSULTADO,
    situacao=SituacaoPagamento.AGUARDANDO_CONFIRMACAO,
    nsu=1234,
    transacao="5332764900",
    reservado_em=AGORA,
    expira_em=AGORA + timedelta(minutes=30),
)

PAGO = replace(
    RESERVADO,
    situacao=SituacaoPagamento.PAGO,
    confirmado_em=AGORA + timedelta(minutes=1),
    liquida_em=HOJE,
    liquidante="509 | CELCOIN INST. PAGAMENTO SA / AGENCIA 0001",
    autenticacao="1913",
)

TEXTO = """           EMPRESA EXEMPLO LTDA
          PROTOCOLO 5332764900
1                    23/11/2026    14:33
TERM 228001 AGENTE 228001 AUTE 01913
----------------------------------------
AUTO 816401            RECEBIMENTO CONTA
            ITAU UNIBANCO S.A.
        34197.70007 00000.000003
     40000.000000 2 00000000000000
BENEF: PAPELARIA ESTRELA DO SUL LTDA
CPF/CNPJ: 04.252.011/0001-10
----------------------------------------
DATA DE VENCIMENTO            13/11/2026
DATA DO PAGAMENTO             23/11/2026
VALOR TITULO                      200,00
VALOR COBRADO                     207,40
     VALIDO COMO RECIBO DE PAGAMENTO
----------------------------------------
              AUTENTICACAO
        59.A8.B9.FB.E4.FB.C5.1D
        95.A6.3E.D3.04.31.22.3F
----------------------------------------"""

COMPROVANTE = Comprovante(
    transacao="5332764900",
    texto=TEXTO,
    autenticacao="1913",
    bloco_1="59.A8.B9.FB.E4.FB.C5.1D",
    bloco_2="95.A6.3E.D3.04.31.22.3F",
    liquidante="509 | CELCOIN INST. PAGAMENTO SA / AGENCIA 0001",
    liquida_em=HOJE,
    criado_em=AGORA,
)

IMPRESSO = ComprovanteImpresso(PAGO, COMPROVANTE, CONTA, AGORA + timedelta(minutes=5))
