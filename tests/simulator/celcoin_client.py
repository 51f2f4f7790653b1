"""A plain HTTPS client of the simulated Celcoin: no code of ours on its side."""

from __future__ import annotations

import ssl
from datetime import timedelta, timezone
from decimal import Decimal
from typing import Any

import httpx

from bancointegra.simulator import Simulator

BRASILIA = timezone(timedelta(hours=-3))

Body = dict[str, Any]

PLAIN = "00197700070000000001800000000000100000000000000"
CHANGEABLE = "23797700070000000002600000000000100000000000000"
OVERDUE = "34197700070000000003400000000000200000000000000"
DISCOUNTED = "03397700000000000004200000000000900000000000000"
PARTIAL = "10497700090000000005900000000000800000000000000"
FINAL_PAYEE = "50997700090000000006700000000000100000000000000"
TOO_LATE = "75697700060000000007500000000000100000000000000"
NOT_THIS_CHANNEL = "65597700000000000008300000000000300000000000000"
PAID_ALREADY = "00197700070000000009100000000000200000000000000"
NO_SETTLE_DATE = "23797700070000000010900000000000400000000000000"
LOSES_RESERVE = "34197700070000000011700000000000500000000000000"
LOSES_CAPTURE = "03397700000000000012500000000000100000000000000"
FAILS_CAPTURE = "10497700090000000013300000000000100000000000000"
TOO_DEAR = "50997700090000000014100000000000300000000000000"
COMES_BACK = "75697700060000000015800000000000400000000000000"
SLOW = "65597700000000000016600000000000600000000000000"
GAS = "836900000016599002212034012310000000000000000000"
FINE = "876100000010952334662030012310000000000000000000"
GAS_WITHOUT_DATE = "836000000015599002210004000000000000000000000000"


class CelcoinClient:
    """Calls as an outsider would; ``renew`` gets a token, which every call but the token's carries."""

    def __init__(self, simulator: Simulator, client_id: str) -> None:
        self.base = simulator.hosts.celcoin
        self.client_id = client_id
        self.secret = simulator.bank.clients.secret(client_id) or ""
        self.http = httpx.Client(verify=ssl.create_default_context(cafile=str(simulator.ca_path)), timeout=10)
        self.token = ""

    def token_answer(self, **changes: str) -> httpx.Response:
        form = {"client_id": self.client_id, "client_secret": self.secret, "grant_type": "client_credentials"}
        return self.http.post(f"{self.base}/v5/token", data=form | changes)

    def call(self, method: str, path: str, body: Any = None, **params: Any) -> httpx.Response:
        """``path`` below ``/v5/transactions``, unless it begins with ``/v5`` or ``/tools``."""
        if not self.token:
            self.token = self.token_answer().json()["access_token"]
        url = self.base + (path if path.startswith(("/v5", "/tools")) else f"/v5/transactions{path}")
        return self.http.request(
            method, url, json=body, params=params or None, headers={"Authorization": f"Bearer {self.token}"}
        )

    def authorize(self, line: str, **bar_code: Any) -> httpx.Response:
        body = {"externalNSU": 1, "barCode": {"type": 0, "digitable": line, "barCode": ""} | bar_code}
        return self.call("POST", "/billpayments/authorize", body)

    def reserve_body(self, line: str, nsu: int = 1, **changes: Any) -> Body:
        """What an honest client sends after a fresh query."""
        bill = self.authorize(line).json(parse_float=Decimal)
        registered = bill["registerData"] or {}
        value = float(registered.get("totalUpdated", bill["value"]))
        return {
            "externalNSU": nsu,
            "externalTerminal": "caixa 1",
            "cpfcnpj": "11222333000181",
            "billData": {"value": value, "originalValue": value, "valueWithDiscount": 0, "valueWithAdditional": 0},
            "barCode": {"type": bill["type"], "digitable": line, "barCode": ""},
            "dueDate": registered.get("dueDateRegister") or bill["dueDate"] or "2026-11-25",
            "transactionIdAuthorize": bill["transactionId"],
        } | changes

    def reserve(self, line: str, nsu: int = 1, **changes: Any) -> httpx.Response:
        return self.call("POST", "/billpayments", self.reserve_body(line, nsu, **changes))

    def reserved(self, line: str = PLAIN, nsu: int = 1) -> int:
        """The id P of a fresh reserve."""
        return int(self.reserve(line, nsu).json()["transactionId"])

    def capture(self, number: int, nsu: int = 1) -> httpx.Response:
        return self.call("PUT", f"/billpayments/{number}/capture", {"externalNSU": nsu})

    def captured(self, line: str = PLAIN, nsu: int = 1) -> int:
        number = self.reserved(line, nsu)
        assert self.capture(number).json()["errorCode"] == "000"
        return number

    def void(self, number: int, nsu: int = 1) -> httpx.Response:
        body = {"externalNSU": nsu, "externalTerminal": "caixa 1"}
        return self.call("DELETE", f"/billpayments/{number}/void", body)

    def reverse(self, number: int) -> httpx.Response:
        return self.call("DELETE", f"/billpayments/{number}/reverse")

    def status(self, number: int) -> int:
        """The inner status, by id P."""
        answer = self.call("GET", "/status-consult", transactionId=number).json()
        return int(answer["transaction"]["status"])

    def balance(self) -> Decimal:
        return Decimal(str(self.call("GET", "/v5/merchant/balance").json()["balance"]))
