"""Celcoin's published samples, and what must not be guessed."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from bancointegra.banks.celcoin.client import exact_json
from bancointegra.banks.celcoin.lists import read_convenios, read_ocorrencias, read_pendentes, read_saldo
from bancointegra.banks.celcoin.mapping import corpo_consulta
from bancointegra.banks.celcoin.reading import read_comprovante, read_consulta, read_pagamento, read_reserva
from bancointegra.banks.celcoin.values import read_day, read_hour, read_moment, read_yes
from bancointegra.banks.http import Reply, UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.conta_consultada import ContaConsultada, Parte
from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN, EstadoNaCelcoin

NOW = datetime(2024, 9, 20, 10, 0, tzinfo=FUSO_CELCOIN)
LINHA = "34191755464601559252350040380003100000000000000"
AUTHORIZE = """{
  "assignor": "ITAU UNIBANCO S.A.",
  "registerData": {
    "documentRecipient": "00.031.572/3670-91", "documentPayer": "698.447.801-44",
    "payDueDate": "2024-09-23T00:00:00", "nextBusinessDay": null, "dueDateRegister": "2024-09-23T00:00:00",
    "allowChangeValue": true, "recipient": "MOCK BENEFICIARIO", "payer": "MOCK PAGADOR",
    "discountValue": 0.0, "interestValueCalculated": 0.0, "maxValue": 999999999999.99, "minValue": 0.0,
    "fineValueCalculated": 0.0, "originalValue": 1627.87, "totalUpdated": 1000.0, "totalWithDiscount": 0.0,
    "totalWithAdditional": 0.0, "totalPaymentPaid": 1, "totalValuePaid": 627.87, "maxPartialsAccepts": 99,
    "paymentSpecies": 31, "documentRecipientFinal": "19.101.991/0002-83", "recipientFinal": "MOCK BENEFICIARIO FINAL"
  },
  "settleDate": "23/09/2024", "dueDate": null, "endHour": "23:00", "initeHour": "07:00", "nextSettle": "N",
  "digitable": "34191755464601559252350040380003100000000000000", "transactionId": 2147504239, "type": 2,
  "value": null, "maxValue": null, "minValue": null, "errorCode": "000", "message": null, "status": 0
}"""
STATUS = """{
  "authentication": 6088, "errorCode": "000", "createDate": "2021-06-24T17:48:08", "message": "SUCESSO",
  "externalNSU": 1234, "transactionId": "7097995", "status": 0, "externalTerminal": "11122233344"
}"""


def node(text: str, **changes: Any) -> Node:
    content = Reply(200, {}, text).json()
    assert isinstance(content, dict)
    return Node(content | changes)


def consulta(linha: str = LINHA, registry: dict[str, Any] | None = None, **changes: Any) -> ContaConsultada:
    content = json.loads(AUTHORIZE, parse_float=Decimal)
    content["registerData"] |= registry or {}
    return read_consulta(Node(content | changes), linha, NOW)


class TestConsulta:
    def test_the_sample_of_the_documentation(self):
        conta = consulta()
        assert (conta.tipo, conta.transacao, conta.emissor) == (TipoCodigo.COBRANCA, "2147504239", "ITAU UNIBANCO S.A.")
        assert conta.valores.total == Reais(1000_00)
        assert (conta.valores.original, conta.valores.pago) == (Reais(1627_87), Reais(627_87))
        assert conta.faixa is not None and conta.faixa.maximo == Reais(99_999_999_999_999)
        assert conta.beneficiario_final == Parte("MOCK BENEFICIARIO FINAL", "19101991000283")
        assert (conta.vencimento, conta.liquida_em) == (date(2024, 9, 23), date(2024, 9, 23))

    def test_the_amount_in_the_code_is_not_the_amount_due(self):
        """An SDK's recording: the code says 200,00, the registry 1500,00."""
        conta = consulta(value=Decimal("200.00"), registry={"originalValue": 1500, "totalUpdated": Decimal("1500.0")})
        assert conta.valores.total == Reais(1500_00)

    def test_the_kind_is_what_the_answer_says(self):
        conta = consulta(type="1", value="159.90", dueDate="2030-12-31T00:00:00Z")
        assert (conta.tipo, conta.valores.total) == (TipoCodigo.ARRECADACAO, Reais(159_90))
        assert (conta.vencimento, conta.beneficiario, conta.faixa) == (date(2030, 12, 31), None, None)

    @pytest.mark.parametrize("value", [None, 0, Decimal("0.00"), ""])
    def test_a_conta_without_a_value_has_no_total(self, value):
        assert consulta(type=1, value=value).valores.total is None

    @pytest.mark.parametrize(
        "changes",
        [
            {"digitable": "03399853012970000135607559001016189020000020271"},  # somebody else's bill
            {"transactionId": None},
            {"transactionId": 0},
            {"type": 3},
            {"type": None},
            {"registerData": None},
            {"settleDate": "amanhã"},
            {"endHour": "25:00"},
        ],
    )
    def test_not_guessed(self, changes):
        with pytest.raises(UnreadableAnswer):
            consulta(**changes)

    @pytest.mark.parametrize(
        "registry",
        [
            {"totalUpdated": None},
            {"totalUpdated": "mil"},
            {"totalUpdated": Decimal("10.005")},
            {"maxValue": None},
            {"dueDateRegister": "31/02/2024"},
        ],
    )
    def test_registry_not_guessed(self, registry):
        with pytest.raises(UnreadableAnswer):
            consulta(registry=registry)

    def test_amounts_are_exact_to_the_last_cent(self):
        text = AUTHORIZE.replace('"totalUpdated": 1000.0', '"totalUpdated": 999999999999.97')
        assert read_consulta(node(text), LINHA, NOW).valores.total == Reais(99_999_999_999_997)


class TestPagamento:
    def test_the_sample_of_the_documentation(self):
        visto = read_pagamento(node(STATUS))
        assert visto.estado is EstadoNaCelcoin.CONFIRMADO
        assert (visto.transacao, visto.nsu, visto.terminal) == ("7097995", 1234, "11122233344")
        assert visto.criado_em == datetime(2021, 6, 24, 17, 48, 8, tzinfo=FUSO_CELCOIN)

    @pytest.mark.parametrize("code", ["061", "61", 61])
    def test_061_comes_before_the_number(self, code):
        found = node(STATUS, errorCode=code, status=1, createDate="0001-01-01T00:00:00", transactionId="0")
        assert read_pagamento(found).estado is EstadoNaCelcoin.NAO_ENCONTRADO

    @pytest.mark.parametrize(
        "status, estado",
        [
            (4, EstadoNaCelcoin.RESERVADO),
            ("0", EstadoNaCelcoin.CONFIRMADO),
            ("6", EstadoNaCelcoin.DESFAZENDO),
            (1, EstadoNaCelcoin.DESFEITO),
            (2, EstadoNaCelcoin.DESCONHECIDO),
            ("PAGO", EstadoNaCelcoin.DESCONHECIDO),
            (None, EstadoNaCelcoin.DESCONHECIDO),
            ("", EstadoNaCelcoin.DESCONHECIDO),
        ],
    )
    def test_states(self, status, estado):
        assert read_pagamento(node(STATUS, status=status)).estado is estado

    def test_any_other_code_makes_the_number_worthless(self):
        visto = read_pagamento(node(STATUS, errorCode="123", status=0, message="ERRO"))
        assert (visto.estado, visto.texto) == (EstadoNaCelcoin.DESCONHECIDO, "ERRO 0")


class TestReservaComprovante:
    def test_reserve_without_an_id_is_unreadable(self):
        with pytest.raises(UnreadableAnswer):
            read_reserva(Node({"errorCode": "000", "convenant": "BANCO VOTORANTIM"}))

    def test_older_recordings(self):
        """``authenticationAPI`` as the table of the documentation has it, an id beyond 32 bits as text."""
        reserva = read_reserva(
            Node({"transactionId": "5332764900", "authenticationAPI": "59.A8.B9", "authentication": 1})
        )
        assert (reserva.transacao, reserva.autenticacao, reserva.criada_em) == ("5332764900", "59.A8.B9", None)

    def test_receipt_loses_its_markup_only(self):
        text = "TOPO\r\n<VIA1>CONVENIO: 509 | X\r\n  Y\r\n</VIA1> VALIDO  \r\nA < B\r\n"
        comprovante = read_comprovante(Node({"receipt": {"receiptformatted": text}}), "1")
        assert comprovante.texto == "TOPO\nCONVENIO: 509 | X\n  Y\nVALIDO\nA < B"

    @pytest.mark.parametrize("content", [{}, {"receipt": None}, {"receipt": {"receiptformatted": " "}}])
    def test_no_text(self, content):
        with pytest.raises(UnreadableAnswer):
            read_comprovante(Node(content), "1")

    def test_receipt_of_another_payment(self):
        with pytest.raises(UnreadableAnswer):
            read_comprovante(Node({"receipt": {"receiptformatted": "X"}, "transactionId": 2}), "1")


class TestLists:
    def test_the_sample_of_an_occurrence(self):
        content = {
            "date": "2021-06-24T19:03:43",
            "createDate": "2021-06-24T15:54:14",
            "descriptionMotivo": "Recusado pelo beneficiário",
            "externalNSU": 1234,
            "transactionId": 7061967,
            "externalTerminal": "11122233344",
            "linhaDigitavel": "34191090080012213037050059980008586260000065000 ",
            "value": "20",
        }
        (ocorrencia,) = read_ocorrencias(Node({"occurrences": content}))
        assert (ocorrencia.valor, ocorrencia.transacao) == (Reais(20_00), "7061967")
        assert ocorrencia.linha == "34191090080012213037050059980008586260000065000"
        assert read_ocorrencias(Node({"occurrences": [content, content]})) == (ocorrencia, ocorrencia)
        for missing in ("transactionId", "date"):
            with pytest.raises(UnreadableAnswer):
                read_ocorrencias(Node({"occurrences": content | {missing: None}}))

    @pytest.mark.parametrize("body", [{}, {"occurrences": None}, {"occurrences": []}])
    def test_no_occurrence(self, body):
        assert read_ocorrencias(Node(body)) == ()

    @pytest.mark.parametrize(
        "row",
        [
            {
                "timeLimit": "19:00",
                "mask": "83",
                "Nomeconvenant": "X",
                "Tipoconvenant": "ESTADUAL",
                "statesconvenant": ["SP"],
            },
            {"timelimit": "19:00", "mask": "83", "nomeconvenant": "X", "type": "ESTADUAL", "UF": ["SP"]},
            {"timeLimit": "19:00:00", "mask": "83", "nomeConvenant": "X", "Type": "ESTADUAL", "uf": "SP"},
        ],
    )
    def test_names_of_a_convenios_keys(self, row):
        (convenio,) = read_convenios(Node({"convenants": [row]}))
        assert (convenio.nome, convenio.limite, convenio.tipo, convenio.ufs) == ("X", time(19), "ESTADUAL", ("SP",))

    def test_pending_one_or_many_or_none(self):
        row = {"transactionId": 1, "status": 4, "externalNSU": 2}
        assert len(read_pendentes(Node({"pendings": {"transactions": row}}))) == 1
        assert len(read_pendentes(Node({"pendings": {"transactions": [row, row]}}))) == 2
        assert read_pendentes(Node({"pendings": None})) == ()

    def test_balance_is_needed(self):
        assert read_saldo(Node({"balance": Decimal("-1.50")})).disponivel == Reais(-1_50)
        with pytest.raises(UnreadableAnswer):
            read_saldo(Node({"credit": 1}))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("23/09/2024", datetime(2024, 9, 23)),
        ("2024-09-23", datetime(2024, 9, 23)),
        ("2024-09-23T00:00:00Z", datetime(2024, 9, 23)),
        ("2024-09-23T23:30:00Z", datetime(2024, 9, 23, 23, 30)),  # Z is decoration: no shift
        ("2024-09-23T23:30:00.1234567-00:00", datetime(2024, 9, 23, 23, 30)),
        ("23/09/2024 08:15:00", datetime(2024, 9, 23, 8, 15)),
    ],
)
def test_three_shapes_of_a_date(text, expected):
    assert read_moment(Node({"d": text}), "d") == expected.replace(tzinfo=FUSO_CELCOIN)
    assert read_day(Node({"d": text}), "d") == expected.date()


@pytest.mark.parametrize("text", [None, "", "0001-01-01T00:00:00"])
def test_no_date(text):
    assert read_day(Node({"d": text}), "d") is None


def test_hours_and_yes():
    assert read_hour(Node({"h": "7:00"}), "h") == time(7)
    assert read_hour(Node({}), "h") is None
    assert [read_yes(Node({"y": value}), "y") for value in (True, "S", "true", "N", "", None, 0)] == [True] * 3 + [
        False
    ] * 4


def test_amounts_leave_digit_by_digit():
    body = {"value": Decimal("1234567890123.45"), "zero": Decimal("0.00"), "text": "12.50"}
    assert exact_json(body) == '{"value": 1234567890123.45, "zero": 0.00, "text": "12.50"}'
    with pytest.raises(TypeError):
        exact_json({"value": 1.0, "other": object()})


def test_consult_says_the_kind_by_the_first_digit():
    assert corpo_consulta("836900000016599002212034012310000000000000000000", "T")["barCode"] == {
        "type": 1,
        "digitable": "836900000016599002212034012310000000000000000000",
        "barCode": "",
    }
