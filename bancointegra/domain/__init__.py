"""Rules of boletos, títulos and orders. Knows no screen, no database and no network."""
