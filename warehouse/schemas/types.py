"""The column types that tables share: non-null unless said."""

from __future__ import annotations

import ibis.expr.datatypes as dt

QUANTITY = dt.Decimal(38, 9, nullable=False)
UNIT_PRICE = dt.Decimal(38, 12, nullable=True)
MONEY = dt.Decimal(76, 21, nullable=True)
# UInt128 has no Ibis type. Digests are only summed and passed on inside the engine, so they travel as text.
DIGEST = dt.String(nullable=False)
TEXT = dt.String(nullable=False)
FLAG = dt.Boolean(nullable=False)
COUNT = dt.UInt64(nullable=False)
INSTANT = dt.Timestamp("UTC", 3, nullable=False)
SECOND = dt.Timestamp("UTC", 0, nullable=False)
DAY = dt.Date(nullable=False)
MICROSECOND = dt.Timestamp("UTC", 6, nullable=False)
NUMBER = dt.Float64(nullable=False)
EXPECTATION = dt.Decimal(38, 9, nullable=False)
# What every dated history has.
VALID = {"valid_from": INSTANT, "valid_to": INSTANT, "recorded_at": INSTANT, "recorded_by": TEXT, "evidence": TEXT}
