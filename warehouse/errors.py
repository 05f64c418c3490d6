"""What can be wrong with a store, said so that a person knows what to do."""

from __future__ import annotations


class StoreError(RuntimeError):
    """The store cannot be used; the message names the store, the reason and the fix."""


class StoreTaken(StoreError):
    """Another process owns the embedded store."""


class StoreDamaged(StoreError):
    """Parts of the store are broken or missing."""
