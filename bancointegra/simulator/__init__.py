"""The bank on this machine: HTTPS with mutual TLS, state on a settable clock, faults on demand.

It judges the program from the bank's public facts and shares nothing with ``bancointegra.banks``.
"""

from bancointegra.simulator.faults import Fault
from bancointegra.simulator.hosts import SimulatedHosts
from bancointegra.simulator.lifecycle import SimulationError
from bancointegra.simulator.provisioning import SimulatedCredentials
from bancointegra.simulator.requests_log import ReceivedRequest
from bancointegra.simulator.server import Simulator
from bancointegra.simulator.serving import provision_default, serve_forever
from bancointegra.simulator.state import Bank
from bancointegra.simulator.switches import Switches

__all__ = [
    "Bank",
    "Fault",
    "ReceivedRequest",
    "SimulatedCredentials",
    "SimulatedHosts",
    "SimulationError",
    "Simulator",
    "Switches",
    "provision_default",
    "serve_forever",
]
