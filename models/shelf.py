"""Where fitted models are kept: one folder, one file per name, loaded from nowhere else."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import joblib
import sklearn

from config.settings import settings

T = TypeVar("T")
NAME = re.compile(r"^[a-z0-9][a-z0-9.\-]*$")


def put(name: str, thing: Any, **facts: Any) -> Path:
    """Keep a fitted thing with facts about it (version, metrics, trained_until); replaces it in one step.

    Raises:
        ValueError: the name is not a plain file name.

    """
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        joblib.dump({"sklearn": sklearn.__version__, "thing": thing, "facts": facts}, file, compress=3)
    Path(temporary).replace(path)
    return path


def get(name: str) -> tuple[Any, dict[str, Any]] | None:
    """Return a kept thing and its facts; None if it is not there or another scikit-learn wrote it.

    Only files of the models folder are read: loading one runs what it says.
    """
    path = _path(name)
    if not path.is_file():
        return None
    found = joblib.load(path)
    if found["sklearn"] != sklearn.__version__:
        return None
    return found["thing"], found["facts"]


def kept(name: str, make: Callable[[], T]) -> T:
    """Return what is kept under a name; if nothing is, make it, and keep it where the folder may be written."""
    found = get(name)
    if found is not None:
        return found[0]
    thing = make()
    try:
        put(name, thing)
    except OSError:
        return thing
    return thing


def _path(name: str) -> Path:
    if not NAME.match(name):
        raise ValueError(f"{name!r} cannot name a model: lower-case letters, digits, dots and dashes only")
    return settings().models / f"{name}.joblib"
