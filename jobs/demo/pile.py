"""Millions of usage rows as numbers, cheap to make and sort, and as staged events, what the door takes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from metering.event_types import EVENT_TYPES

TEXTS = (
    "source", "resource_id", "app_id", "environment", "lease_id", "meter", "unit", "provider", "model",
    "instance_type", "region", "is_spot",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """Usage rows as columns: ``key`` names the event, times are epoch milliseconds, ``codes`` stand for texts.

    ``call_input`` is the tokens that one of the event's calls put in, 0 where it is of no calls.
    """

    key: NDArray[np.uint64]
    time: NDArray[np.int64]
    arrival: NDArray[np.int64]
    quantity: NDArray[np.int64]
    call_input: NDArray[np.int64]
    codes: NDArray[np.int32]  # one row of codes for each of TEXTS

    def __len__(self) -> int:
        return len(self.key)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Rows:
        """Return some of the rows."""
        return Rows(
            self.key[chosen],
            self.time[chosen],
            self.arrival[chosen],
            self.quantity[chosen],
            self.call_input[chosen],
            self.codes[:, chosen],
        )


@dataclass(slots=True)
class Pile:
    """Collects rows; every text is kept once."""

    words: dict[str, int] = field(default_factory=dict)
    parts: list[Rows] = field(default_factory=list)

    def add(
        self,
        key: NDArray[np.uint64],
        time: NDArray[np.int64],
        quantity: NDArray[np.int64],
        call_input: NDArray[np.int64] | None = None,
        **texts: str,
    ) -> None:
        """Add rows that share their texts; rows without a quantity are no usage and left out."""
        counts = quantity > 0
        put_in = np.zeros_like(quantity) if call_input is None else call_input
        codes = np.array([self.code(texts.get(name, "")) for name in TEXTS], np.int32)
        self.parts.append(
            Rows(
                key[counts],
                time[counts],
                time[counts],
                quantity[counts],
                put_in[counts],
                np.repeat(codes[:, None], int(counts.sum()), axis=1),
            )
        )

    def code(self, text: str) -> int:
        """Return the number of a text."""
        return self.words.setdefault(text, len(self.words))

    def rows(self) -> Rows:
        """Return everything added, in order."""
        return join(self.parts)


def join(parts: list[Rows]) -> Rows:
    """Put rows behind one another."""
    return Rows(
        np.concatenate([part.key for part in parts]),
        np.concatenate([part.time for part in parts]),
        np.concatenate([part.arrival for part in parts]),
        np.concatenate([part.quantity for part in parts]),
        np.concatenate([part.call_input for part in parts]),
        np.concatenate([part.codes for part in parts], axis=1),
    )


def salt(text: str) -> np.uint64:
    """Return what makes the event ids of one platform its own."""
    return np.uint64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


def mix(keys: NDArray[np.uint64], with_salt: np.uint64) -> NDArray[np.uint64]:
    """Scramble keys, one to one (the finalizer of splitmix64): different keys never become the same event id."""
    mixed = keys ^ with_salt
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def stage(rows: Rows, words: list[str]) -> pa.Table:
    """Return rows as the text columns that the door takes."""
    texts = pa.array(words, pa.string())
    empty = texts.take(pa.array(np.full(len(rows), words.index(""), np.int32)))
    columns = dict.fromkeys((*EVENT_TYPES["usage"].staged, "raw", "problem"), empty)
    columns["event_id"] = event_ids(rows.key)
    columns["time"] = pa.array(rows.time.astype("datetime64[ms]"), pa.timestamp("ms", "UTC")).cast(pa.string())
    columns["quantity"] = pa.array(rows.quantity).cast(pa.string())
    columns["call_input_tokens"] = pa.array(rows.call_input, mask=rows.call_input == 0).cast(pa.string()).fill_null("")
    for name, codes in zip(TEXTS, rows.codes, strict=True):
        columns[name] = texts.take(pa.array(codes))
    return pa.table(columns)


_HEX = np.frombuffer(b"".join(b"%02x" % byte for byte in range(256)), np.uint16)


def event_ids(keys: NDArray[np.uint64]) -> pa.Array:
    """Return keys as 16 hexadecimal digits."""
    digits = _HEX[keys.astype(">u8").view(np.uint8)].view("S16")
    return pa.array(digits, pa.binary(16)).cast(pa.binary()).cast(pa.string())
