"""Sample payments of the demo: bills of the simulated Celcoin's mass, some paid, some waiting to be."""

from __future__ import annotations

from bancointegra.bootstrap.payments import PaymentServices
from bancointegra.domain.order import Desfecho

_PAID = (
    "03397700000000000004200000000000900000000000000",  # with a discount
    "50997700090000000006700000000000100000000000000",  # with a final payee
    "826400000004874516992037012310000000000000000000",  # water
)
_GIVEN_UP = "856000000039215003852039012310000000000000000000"  # taxes
_CONSULTED = (
    "34197700070000000003400000000000200000000000000",  # overdue, with fine and interest
    "23797700070000000002600000000000100000000000000",  # the amount may be chosen
    "836900000016599002212034012310000000000000000000",  # gas
)


def fill_payments(services: PaymentServices, conta_id: int) -> None:
    """Pay, give up and consult them through the program. Raises ``RuntimeError`` when Celcoin does not play along."""
    service = services.pagamento
    for linha in _PAID:
        _require_done(service.pagar(service.consultar(conta_id, linha).pagamento.id).desfecho)
    given_up = service.consultar(conta_id, _GIVEN_UP).pagamento.id
    _require_done(service.reservar(given_up).desfecho)
    _require_done(service.cancelar(given_up).desfecho)
    for linha in _CONSULTED:
        service.consultar(conta_id, linha)


def _require_done(desfecho: Desfecho) -> None:
    if desfecho is not Desfecho.CONFIRMADA:
        raise RuntimeError("the simulated Celcoin refused a sample payment")
