"""Any sequence of clicks, kills, faults and checks: each título has one boleto at most, and none is forgotten."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bancointegra.domain.boleto import ConsultaBoleto, SituacaoNoBanco
from bancointegra.domain.errors import BankRefused, BankUnavailable, CredentialError, OutcomeUnknown, StoreError
from bancointegra.domain.order import Desfecho, OrderState
from bancointegra.domain.situacao import Situacao
from tests.builders import AURORA, JOAO, novo_titulo
from tests.services.office import Office
from tests.services.small_bank import Killed

Trouble = BaseException | None
BankTrouble = tuple[BaseException, bool] | None
StoreTrouble = tuple[str, str, BaseException] | None

TITULOS = 3
WHICH = st.integers(0, TITULOS - 1)

LOST = OutcomeUnknown("A conexão caiu antes da resposta.")
DEFECT = ZeroDivisionError("defeito")
BY_A_GATEWAY = BankRefused("Título já cadastrado na cobrança.", possibly_duplicate=True)
"""The bank did it, and a gateway that asked twice brings only the second answer."""
BANK_FAULTS = [
    (LOST, False),
    (LOST, True),
    (Killed(), False),
    (Killed(), True),
    (DEFECT, False),
    (DEFECT, True),
    (BankUnavailable("O banco não foi alcançado."), False),
    (CredentialError("O certificado está vencido."), False),
]
STEPS = ["prepare_registro", "mark_enviada", "confirm_registro", "refuse", "doubt", "not_sent", "take_over"]

STORE_FAULTS = [
    (moment, step, error)
    for moment in ("fail_before", "fail_after")
    for step in STEPS
    for error in (StoreError("Disco cheio."), Killed())
]
QUERY_FAULTS = [BankUnavailable("A consulta não respondeu."), DEFECT, Killed()]

# One trouble at a time is common, several at once are rare: so most clicks get somewhere.
BANK_TROUBLE = st.sampled_from([*[None] * len(BANK_FAULTS), *BANK_FAULTS])
QUERY_TROUBLE = st.sampled_from([*[None] * 3 * len(QUERY_FAULTS), *QUERY_FAULTS])
STORE_TROUBLE = st.sampled_from([*[None] * 3 * len(STORE_FAULTS), *STORE_FAULTS])


class Orders(RuleBasedStateMachine):
    """The office's clerk, the bank's bad days and the end of the program, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office = Office(self.folder)
        self.ids: list[int] = []
        self.gateway_repeats = False

    @initialize(refuses_joao=st.booleans())
    def some_titulos(self, refuses_joao: bool) -> None:
        sacados = [AURORA, JOAO, AURORA]
        self.ids = self.office.add(*(novo_titulo(n, sacado=sacados[n]) for n in range(TITULOS)))
        if refuses_joao:
            self.office.bank.refused_sacados.add(JOAO.documento.numero)

    @rule(which=WHICH, bank=BANK_TROUBLE, query=QUERY_TROUBLE, store=STORE_TROUBLE, shown_at_once=st.booleans())
    def registrar(
        self, which: int, bank: BankTrouble, query: Trouble, store: StoreTrouble, shown_at_once: bool
    ) -> None:
        self.office.bank.shows_new = shown_at_once
        self._click(lambda: self.office.registro.registrar(self.ids[which], gerar_pdf=False), bank, query, store)

    @rule(which=WHICH)
    def a_gateway_repeats_it_and_the_clerk_registers_again(self, which: int) -> None:
        self.registrar(which, (BY_A_GATEWAY, True), None, None, shown_at_once=False)
        self._click(lambda: self.office.registro.registrar(self.ids[which], gerar_pdf=False), None, None, None)

    @rule(which=WHICH, bank=BANK_TROUBLE, query=QUERY_TROUBLE, store=STORE_TROUBLE)
    def verificar(self, which: int, bank: BankTrouble, query: Trouble, store: StoreTrouble) -> None:
        self._click(lambda: self.office.reconciliacao.verificar(self.ids[which]), bank, query, store)

    @rule(bank=BANK_TROUBLE, query=QUERY_TROUBLE, store=STORE_TROUBLE)
    def start_again_and_verify_all(self, bank: BankTrouble, query: Trouble, store: StoreTrouble) -> None:
        self.office.restart()
        self._click(self.office.reconciliacao.verificar_todas, bank, query, store)

    @rule(which=WHICH, query=QUERY_TROUBLE)
    def consultar(self, which: int, query: Trouble) -> None:
        self._click(lambda: self.office.consulta.consultar(self.ids[which]), None, query, None)

    @rule()
    def queries_catch_up(self) -> None:
        self.office.bank.invisible.clear()

    @rule(which=WHICH)
    def the_bank_writes_off(self, which: int) -> None:
        boleto = self.office.titulo(self.ids[which]).boleto
        if boleto is not None:
            self.office.bank.say(boleto.nosso_numero, SituacaoNoBanco.BAIXADO)

    @invariant()
    def a_titulo_has_one_open_boleto_at_most(self) -> None:
        owners = [self._owner(number) for (_, number), shown in self.office.bank.boletos.items() if _is_open(shown)]
        assert len(owners) == len(set(owners))

    @invariant()
    def every_boleto_at_the_bank_is_known_here(self) -> None:
        orders = self._orders()
        for _, number in self.office.bank.boletos:
            _, states = orders[number]
            known = OrderState.CONFIRMADA in states or any(state.in_doubt for state in states)
            assert known or self.gateway_repeats, (number, states)

    @invariant()
    def what_is_confirmed_here_is_at_the_bank(self) -> None:
        confirmed = {number for number, (_, states) in self._orders().items() if OrderState.CONFIRMADA in states}
        assert confirmed <= {number for _, number in self.office.bank.boletos}

    @invariant()
    def a_titulo_is_marked_while_its_order_is_in_doubt(self) -> None:
        in_doubt = {owner for owner, states in self._orders().values() if any(state.in_doubt for state in states)}
        assert in_doubt == {titulo_id for titulo_id in self.ids if self.office.titulo(titulo_id).a_confirmar}

    @invariant()
    def nothing_is_being_sent_between_two_clicks(self) -> None:
        in_doubt = self.office.store.journal.in_doubt()
        assert not any(order.id in self.office.in_flight for order in in_doubt)

    def teardown(self) -> None:
        try:
            self._everything_settles_on_a_good_day()
        finally:
            self.office.close()
            shutil.rmtree(self.folder)

    def _everything_settles_on_a_good_day(self) -> None:
        self.office.bank.heal()
        self.office.restart()
        settled = self.office.reconciliacao.verificar_todas()
        assert all(one.desfecho in (Desfecho.CONFIRMADA, Desfecho.RECUSADA) for one in settled)
        assert self.office.store.journal.in_doubt() == ()
        for titulo_id in self.ids:
            if self.gateway_repeats and self.office.titulo(titulo_id).situacao is Situacao.PENDENTE:
                self.office.registro.registrar(titulo_id, gerar_pdf=False)
            self.office.consulta.consultar(titulo_id)
            open_numbers = [
                number
                for (_, number), shown in self.office.bank.boletos.items()
                if _is_open(shown) and self._owner(number) == titulo_id
            ]
            titulo = self.office.titulo(titulo_id)
            assert (titulo.situacao is Situacao.REGISTRADO) == bool(open_numbers)
            assert not open_numbers or (titulo.boleto and titulo.boleto.nosso_numero) == open_numbers[0]

    def _click(self, action: Callable[[], object], bank: BankTrouble, query: Trouble, store: StoreTrouble) -> None:
        """One action of the clerk, with what goes wrong during it and at no other time."""
        if bank is not None:
            self.gateway_repeats |= bank[0] is BY_A_GATEWAY
            self.office.bank.fail_next(bank[0], committed=bank[1])
        if query is not None:
            self.office.bank.fail_next_query(query)
        if store is not None:
            moment, step, error = store
            getattr(self.office.journal, moment)(step, error)
        try:
            action()
        except Killed:
            self.office.restart()
        except (ZeroDivisionError, StoreError):
            pass  # shown to the clerk; the program goes on
        finally:
            self.office.bank.mend()
            self.office.journal.heal()

    def _orders(self) -> dict[str, tuple[int, set[OrderState]]]:
        """Título and states of the orders under each nosso número: read beside the program, straight from the file."""
        with closing(sqlite3.connect(self.folder / "dados.sqlite3")) as connection:
            rows = connection.execute("SELECT nosso_numero, titulo_id, state FROM bank_order").fetchall()
        assert len({number for number, *_ in rows}) == len({row[:2] for row in rows}), "two títulos have one number"
        orders: dict[str, tuple[int, set[OrderState]]] = {}
        for number, titulo_id, state in rows:
            orders.setdefault(number, (titulo_id, set()))[1].add(OrderState(state))
        return orders

    def _owner(self, nosso_numero: str) -> int:
        return self._orders()[nosso_numero][0]


def _is_open(shown: ConsultaBoleto) -> bool:
    return shown.situacao is SituacaoNoBanco.ABERTO


TestOrders = Orders.TestCase
TestOrders.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
