"""Boletos to print in tests: the vectors' one, and variations with bars and line recomputed for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bancointegra.domain.boleto import BoletoImpresso, BoletoRegistrado, PedidoRegistro, Sacado
from bancointegra.domain.codigo_barras import build_codigo_barras
from bancointegra.domain.conta import Beneficiario, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import (
    Desconto,
    Encargos,
    Juros,
    Multa,
    TipoDesconto,
    TipoJuros,
    TipoMulta,
)
from bancointegra.domain.linha_digitavel import linha_of
from bancointegra.domain.reais import Reais

# Account 1500/05206-1, carteira 109, nosso número 00000001-6, R$ 50,00 due 2026-01-30: a row of the bank's rules
# worked by hand.
BARRAS = "34195134200000050001090000000161500052061000"
LINHA = "34191090080000016150500520610007513420000005000"
CAMPO_LIVRE = BARRAS[19:]
VENCIMENTO = date(2026, 1, 30)
VALOR = Reais(5000)

REGISTRADO = BoletoRegistrado(
    chave="",
    carteira="109",
    nosso_numero="00000001",
    dac_nosso_numero="6",
    codigo_barras=BARRAS,
    linha_digitavel=LINHA,
    valor=VALOR,
    vencimento=VENCIMENTO,
)

PEDIDO = PedidoRegistro(
    agencia="1500",
    conta="05206",
    dac="1",
    carteira="109",
    nosso_numero="00000001",
    beneficiario=Beneficiario(
        "Rezende Distribuidora de Alimentos Ltda.",
        Documento.parse("11.222.333/0001-81"),
        Endereco("Avenida Paulista, 1000, conj. 81", "Bela Vista", "São Paulo", "SP", "01310100"),
    ),
    sacado=Sacado(
        "MERCADO AURORA LTDA",
        Documento.parse("12.ABC.345/01DE-35"),
        Endereco("Rua das Acácias, 45", "Jardim América", "Ribeirão Preto", "SP", "14020260"),
    ),
    seu_numero="1001/1",
    especie="01",
    aceite=False,
    emissao=date(2026, 1, 5),
    vencimento=VENCIMENTO,
    valor=VALOR,
    encargos=Encargos(),
)

SIMPLE = BoletoImpresso(registrado=REGISTRADO, pedido=PEDIDO, processamento=date(2026, 1, 5))

TODOS_ENCARGOS = Encargos(
    multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
    juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(1)),
    tipo_desconto=TipoDesconto.VALOR_ATE_DATA,
    descontos=(
        Desconto(date(2026, 1, 10), Reais(500)),
        Desconto(date(2026, 1, 15), Reais(300)),
        Desconto(date(2026, 1, 20), Reais(100)),
    ),
    abatimento=Reais(250),
)


def with_pedido(impresso: BoletoImpresso, **changes: object) -> BoletoImpresso:
    """The same boleto with other data in the request that bars and line do not carry."""
    return replace(impresso, pedido=replace(impresso.pedido, **changes))


def with_amount(impresso: BoletoImpresso, valor: Reais, vencimento: date = VENCIMENTO) -> BoletoImpresso:
    """The same boleto for another value and due date, with the bars and line the bank would return."""
    barras = build_codigo_barras("341", CAMPO_LIVRE, vencimento, valor)
    registrado = replace(
        impresso.registrado,
        codigo_barras=barras,
        linha_digitavel=linha_of(barras),
        valor=valor,
        vencimento=vencimento,
    )
    return with_pedido(replace(impresso, registrado=registrado), valor=valor, vencimento=vencimento)


LONGEST = with_pedido(
    SIMPLE,
    beneficiario=Beneficiario(
        "COOPERATIVA AGROINDUSTRIAL E DE CONSUMO DOS PRODUTORES RURAIS DO TRIÂNGULO MINEIRO E ALTO PARANAÍBA LTDA. "
        "– EM RECUPERAÇÃO JUDICIAL",
        Documento.parse("12.ABC.345/01DE-35"),
        Endereco(
            "Rodovia Presidente Castello Branco, quilômetro 123,5, pista sul, galpões 14 a 27, portaria 3, fundos",
            "Distrito Industrial Governador Adhemar Pereira de Barros",
            "Vila Bela da Santíssima Trindade do Guaporé",
            "MT",
            "78245000",
        ),
    ),
    sacado=Sacado(
        "ASSOCIAÇÃO BENEFICENTE DOS FUNCIONÁRIOS, APOSENTADOS E PENSIONISTAS DA COMPANHIA DE DESENVOLVIMENTO DOS "
        "VALES DO SÃO FRANCISCO E DO PARNAÍBA – SEÇÃO REGIONAL 🎉 Ω株",
        Documento.parse("12.ABC.345/01DE-35"),
        Endereco(
            "Avenida Desembargador Doutor Edgard Nogueira da Costa e Silva Sobrinho, 12.345, bloco C, sala 1.209",
            "Conjunto Habitacional Presidente Juscelino Kubitschek de Oliveira",
            "São José do Vale do Rio Preto das Cachoeiras",
            "RJ",
            "25780000",
        ),
    ),
    seu_numero="NF-000.123.456/2026-001/012",
    encargos=TODOS_ENCARGOS,
)
