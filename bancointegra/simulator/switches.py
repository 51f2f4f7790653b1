"""Where sources contradict each other about the bank, a switch; the default is what production is seen to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Switches:
    """The options of the simulated bank. Durations in seconds unless the name says days.

    Access: ``token_seconds`` life of an access token; ``certificate_error_status`` HTTP status that carries a C-code;
    ``apikey_status`` for a missing or foreign ``x-itau-apikey`` (401 or 403); ``renewal_window_days`` 30 or 60;
    ``renewal_paths`` "v1", "v2" or "both"; ``renewal_with_secret`` sends a ``Secret:`` line on renewal.

    Emission: ``envelope`` wraps answers in ``data``; ``emission_status`` 200, 201 or 202 (202 answers without the
    boleto); ``duplicate_status`` 422 or 400; ``accept_decimals`` takes dotted decimals too; ``allow_past_due``;
    ``limit_ten_million``; ``check_cep_uf``; ``juros_ceiling_percent`` a month; ``instruction_limit`` 3 or 4 printed
    instructions kept; ``business_day_juros`` translates the juros code as counted in business days.

    Query: ``vocabulary`` "production" or "openapi"; ``pagination_key`` "page" or "pagination"; ``not_found``
    "empty", "404" or "204"; ``visibility_lag`` after an emission, during which the query answers
    ``lag_answer`` ("not_found" or "403"); ``unpadded_nosso_numero`` drops leading zeros; ``individual_as_object``
    gives one object where a list is due; ``uppercase_address_keys`` writes sigla_UF and numero_CEP.

    Instructions: ``instruction_answer`` "204", "block" (200 with the changed block), "approval" (200, awaiting the
    manager, nothing applied) or "202"; ``accept_unwrapped`` takes juros and multa without their wrapper;
    ``instructions_from_next_day`` refuses them on the emission day; ``cancel_recorded_protest`` lets code 9 reverse
    a protest already recorded.
    """

    token_seconds: int = 300
    certificate_error_status: int = 403
    apikey_status: int = 403
    renewal_window_days: int = 30
    renewal_paths: str = "both"
    renewal_with_secret: bool = False

    envelope: bool = True
    emission_status: int = 200
    duplicate_status: int = 422
    accept_decimals: bool = False
    allow_past_due: bool = True
    limit_ten_million: bool = True
    check_cep_uf: bool = True
    juros_ceiling_percent: int = 30
    instruction_limit: int = 3
    business_day_juros: bool = False

    vocabulary: str = "production"
    pagination_key: str = "page"
    not_found: str = "empty"
    visibility_lag: float = 0.0
    lag_answer: str = "not_found"
    unpadded_nosso_numero: bool = False
    individual_as_object: bool = False
    uppercase_address_keys: bool = False

    instruction_answer: str = "204"
    accept_unwrapped: bool = False
    instructions_from_next_day: bool = False
    cancel_recorded_protest: bool = False


CHOICES: dict[str, tuple[str | int, ...]] = {
    "certificate_error_status": (400, 401, 403),
    "apikey_status": (401, 403),
    "renewal_paths": ("both", "v1", "v2"),
    "emission_status": (200, 201, 202),
    "duplicate_status": (422, 400),
    "instruction_limit": (3, 4),
    "vocabulary": ("production", "openapi"),
    "pagination_key": ("page", "pagination"),
    "not_found": ("empty", "404", "204"),
    "lag_answer": ("not_found", "403"),
    "instruction_answer": ("204", "block", "approval", "202"),
}
