"""Prices that others publish: each module reads one shape into ``billing.prices.Price``."""
