"""The formats offices exchange: CSV, XLSX and NF-e XML. Reads untrusted files within limits; knows the domain only."""
