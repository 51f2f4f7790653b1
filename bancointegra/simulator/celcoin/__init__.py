"""Celcoin's “Pagamento de Contas” (v5) as a part of the simulated bank: same server, clock, faults and data file.

It enforces what is known of the real one, and shares nothing with ``bancointegra.banks``.

**Invented.** Where no code of the real Celcoin is known, an answer carries one that cannot be taken for Celcoin's:
``S09`` already paid, ``S30`` the 30 minutes are over, ``S40`` not enough balance, ``S41`` void not possible, ``S42``
reverse not possible, ``S61`` unknown id. Invented as well: that a reverse shows as 6 and then 1, that releasing and
settling change nothing visible, the opening hours of convênios, bodies of 401, 403 and 5xx, and the whole mass of test
bills (``mass``). ``externalNSU`` is taken for a 32-bit number, the narrowest reading of the documented ``int``.
"""
