"""The life of a boleto that instructions shape: protest by stages, payment by every way, baixa and a new boleto."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bancointegra.domain.boleto import ProtestoNoBanco, SituacaoNoBanco
from bancointegra.domain.instrucao import (
    Aceite,
    AlterarAbatimento,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    Baixar,
    CancelarProtesto,
    Protestar,
    is_efetiva,
)
from bancointegra.domain.reais import Reais


@pytest.fixture
def provider(bank, standing_provider):
    return standing_provider


def ask(provider, pedido):
    return provider.consultar(pedido.carteira, pedido.nosso_numero)


class TestProtesto:
    """Ordered, at the notary, protested: each stage of the bank is told apart, and which instructions it takes."""

    @pytest.fixture
    def overdue(self, registered, instruct, bank):
        """A boleto whose protest is ordered for the day after its due date."""
        hoje = bank.clock.today()
        pedido = registered(emissao=hoje - timedelta(days=9), vencimento=hoje)
        instruct(pedido, Protestar(hoje + timedelta(days=1), "Escritório Lima"))
        return pedido

    def until(self, provider, bank, pedido, stage):
        for _ in range(15):
            if ask(provider, pedido).protesto is stage:
                return
            bank.end_of_day()
        pytest.fail(f"never {stage.value}")

    def test_stages(self, provider, overdue, bank):
        seen = [ask(provider, overdue).protesto]
        for _ in range(15):
            bank.end_of_day()
            stage = ask(provider, overdue).protesto
            if stage is not seen[-1]:
                seen.append(stage)
        assert seen == [ProtestoNoBanco.INSTRUIDO, ProtestoNoBanco.EM_PROTESTO, ProtestoNoBanco.PROTESTADO]
        assert ask(provider, overdue).situacao is SituacaoNoBanco.ABERTO

    @pytest.mark.parametrize(
        ("stage", "after"),
        [
            (ProtestoNoBanco.INSTRUIDO, ProtestoNoBanco.NENHUM),
            (ProtestoNoBanco.EM_PROTESTO, ProtestoNoBanco.SUSTADO),
        ],
    )
    def test_cancelled(self, provider, overdue, instruct, bank, stage, after):
        self.until(provider, bank, overdue, stage)
        cancelar = CancelarProtesto(bank.clock.today(), "Pago na loja")
        assert is_efetiva(cancelar, ask(provider, overdue)) is False
        assert instruct(overdue, cancelar) is Aceite.FEITA
        assert ask(provider, overdue).protesto is after
        assert is_efetiva(cancelar, ask(provider, overdue)) is True

    def test_recorded_protest(self, provider, overdue, instruct, refused, bank):
        self.until(provider, bank, overdue, ProtestoNoBanco.PROTESTADO)
        cancelar = CancelarProtesto(bank.clock.today(), "Pago na loja")
        assert "cartório" in refused(overdue, cancelar).message
        assert "protestado" in refused(overdue, Baixar()).message
        bank.switch(cancel_recorded_protest=True)
        assert instruct(overdue, cancelar) is Aceite.FEITA
        assert is_efetiva(cancelar, ask(provider, overdue)) is True

    @pytest.mark.parametrize(
        "instrucao",
        [
            lambda p: AlterarVencimento(p.vencimento + timedelta(days=10)),
            lambda _: AlterarValor(Reais(99_990)),
            lambda _: AlterarAbatimento(Reais(2_500)),
            lambda _: AlterarSeuNumero("Ped77"),
        ],
        ids=["vencimento", "valor", "abatimento", "seu número"],
    )
    def test_running_protest_blocks_changes(self, provider, overdue, refused, bank, instrucao):
        self.until(provider, bank, overdue, ProtestoNoBanco.EM_PROTESTO)
        assert "bloqueada" in refused(overdue, instrucao(overdue)).message

    @pytest.mark.parametrize("stage", [ProtestoNoBanco.INSTRUIDO, ProtestoNoBanco.EM_PROTESTO])
    def test_baixa_stays_the_protest(self, provider, overdue, instruct, bank, stage):
        self.until(provider, bank, overdue, stage)
        assert instruct(overdue, Baixar()) is Aceite.FEITA
        consulta = ask(provider, overdue)
        assert consulta.situacao is SituacaoNoBanco.BAIXADO
        assert not consulta.protesto.is_em_curso

    def test_negativado_cannot_be_protested(self, registered, refused, bank):
        pedido = registered()
        kept = bank.boleto(pedido.nosso_numero)
        kept.negativacao.order(5, bank.clock.today())
        bank.register.save(kept)
        assert (
            "incompatível"
            in refused(pedido, Protestar(pedido.vencimento + timedelta(days=5), "Escritório Lima")).message
        )

    @pytest.mark.parametrize("canal", ["CARTORIO", "INTERNET"])
    def test_paid_during_the_protest(self, provider, overdue, bank, canal):
        self.until(provider, bank, overdue, ProtestoNoBanco.EM_PROTESTO)
        bank.pay(overdue.nosso_numero, canal=canal)
        consulta = ask(provider, overdue)
        assert consulta.situacao.is_pago
        assert [p.em_cartorio for p in consulta.pagamentos] == [canal == "CARTORIO"]


class TestPayment:
    @pytest.mark.parametrize(
        ("how", "por_pix", "em_cartorio"),
        [
            ({"pix": True}, True, False),
            ({"canal": "CARTORIO"}, False, True),
            *(({"canal": canal}, False, False) for canal in ("INTERNET", "AGENCIA", "COMPENSACAO", "BANKFONE")),
        ],
    )
    def test_how_it_was_paid(self, provider, registered, bank, how, por_pix, em_cartorio):
        pedido = registered()
        bank.pay(pedido.nosso_numero, **how)
        (pagamento,) = ask(provider, pedido).pagamentos
        assert (pagamento.por_pix, pagamento.em_cartorio) == (por_pix, em_cartorio)
        assert (pagamento.valor, pagamento.data) == (pedido.valor, bank.clock.today())

    def test_partial(self, provider, registered, bank):
        pedido = registered()
        bank.pay(pedido.nosso_numero, Decimal("200.00"))
        consulta = ask(provider, pedido)
        assert (consulta.situacao, consulta.valor_pago) == (SituacaoNoBanco.PAGO, Reais(20_000))

    def test_returned_boleto_takes_instructions_again(self, provider, registered, instruct, bank):
        pedido = registered()
        bank.pay(pedido.nosso_numero)
        bank.reject_payment(pedido.nosso_numero)
        consulta = ask(provider, pedido)
        assert (consulta.situacao, consulta.pagamentos) == (SituacaoNoBanco.PAGAMENTO_DEVOLVIDO, ())
        assert instruct(pedido, AlterarVencimento(pedido.vencimento + timedelta(days=10))) is Aceite.FEITA
        bank.end_of_day()
        assert ask(provider, pedido).situacao is SituacaoNoBanco.ABERTO


def test_written_off_and_registered_again(provider, registered, instruct, new_pedido):
    """A new boleto of the same título: the baixa of the first does not touch it."""
    pedido = registered()
    assert instruct(pedido, Baixar()) is Aceite.FEITA
    again = registered(seu_numero=pedido.seu_numero)
    assert ask(provider, pedido).situacao is SituacaoNoBanco.BAIXADO
    assert ask(provider, again).situacao is SituacaoNoBanco.ABERTO
