"""The names behind the three digits a boleto begins with.

Source: BCB, list of participants of STR and Compe; only institutions whose boletos an office meets.
"""

from __future__ import annotations

NOMES_DE_BANCOS = {
    "001": "Banco do Brasil",
    "003": "Banco da Amazônia",
    "004": "Banco do Nordeste",
    "021": "Banestes",
    "033": "Santander",
    "037": "Banpará",
    "041": "Banrisul",
    "047": "Banese",
    "070": "BRB",
    "077": "Inter",
    "084": "Sisprime",
    "085": "Ailos",
    "097": "Credisis",
    "099": "Uniprime",
    "104": "Caixa",
    "133": "Cresol",
    "136": "Unicred",
    "197": "Stone",
    "208": "BTG Pactual",
    "212": "Original",
    "218": "BS2",
    "237": "Bradesco",
    "246": "ABC Brasil",
    "260": "Nubank",
    "274": "Grafeno",
    "290": "PagBank",
    "301": "Dock",
    "310": "Vortx",
    "318": "BMG",
    "320": "China Construction Bank",
    "323": "Mercado Pago",
    "329": "QI Tech",
    "335": "Digio",
    "336": "C6",
    "341": "Itaú",
    "348": "XP",
    "364": "Efí",
    "380": "PicPay",
    "389": "Mercantil",
    "403": "Cora",
    "422": "Safra",
    "461": "Asaas",
    "509": "Celcoin",
    "611": "Paulista",
    "623": "Pan",
    "633": "Rendimento",
    "637": "Sofisa",
    "643": "Pine",
    "655": "Votorantim",
    "707": "Daycoval",
    "745": "Citibank",
    "748": "Sicredi",
    "756": "Sicoob",
}


def nome_do_banco(codigo: str) -> str:
    """``Itaú`` for ``341``; ``banco 999`` for a number without a name here."""
    return NOMES_DE_BANCOS.get(codigo, f"banco {codigo}")
