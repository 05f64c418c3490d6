"""Issued invoices as files: CSV, JSON and PDF, each made of the frozen document alone, so always the same bytes."""
