"""The keys that sign leases: Ed25519, in a file that only the store's owner can read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from config.settings import ROOT, Settings, settings
from warehouse.location import Location

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The key that signs, and all that are accepted, by their ids."""

    key_id: str
    private: Ed25519PrivateKey
    public: dict[str, Ed25519PublicKey]


def signing_keys(location: Location, options: Settings | None = None) -> SigningKeys:
    """Return the signing keys of a store, made at the first call. The last one of the file signs.

    Raises:
        PermissionError: others may read the file.
        ValueError: it is not what was written there.

    """
    path = (options or settings()).lease_keys or _beside(location)
    if not path.exists():
        _make(path)
    if path.stat().st_mode & _OTHERS:
        raise PermissionError(f"{path} holds signing keys and others may read it: chmod 600 {path}")
    try:
        held = {key_id: _private(text) for key_id, text in json.loads(path.read_text(encoding="utf-8")).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} does not hold signing keys: {type(error).__name__}") from None
    key_id = list(held)[-1]
    return SigningKeys(key_id, held[key_id], {name: key.public_key() for name, key in held.items()})


def _beside(location: Location) -> Path:
    if location.path is None:
        return ROOT / ".farthing" / "lease-keys.json"
    return location.path.with_name(location.path.name + ".lease-keys.json")


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    written = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({secrets.token_hex(4): made.decode()}, file)
    try:
        # The first of two processes that start together wins, and both use its key.
        os.link(written, path)
    except FileExistsError:
        pass
    finally:
        written.unlink()


def _private(text: str) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(text.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("not an Ed25519 key")
    return key
