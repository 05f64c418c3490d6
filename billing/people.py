"""Who decided something, as it goes on record: ``Ana Lee``, or ``Ana Lee <4711>`` with the subject of who signed in."""

from __future__ import annotations

import unicodedata


def named(text: str) -> str:
    """Return a person as recorded: without space around or twice within, and without what cannot be seen.

    Raises:
        ValueError: it names nobody.

    """
    said = _visible(text)
    if not name_of(said):
        raise ValueError(f"{text!r} names nobody; say who decides")
    return said


def signed(name: str, subject: str) -> str:
    """Return a person by name and the identity provider's subject, which nobody can change."""
    return f"{name} <{subject}>" if subject else name


def name_of(person: str) -> str:
    """Return the name without the subject."""
    return _parts(person)[0]


def is_same(one: str, other: str) -> bool:
    """Whether two texts mean one person: by subject where both have one, else by name, however it is written."""
    (name, subject), (other_name, other_subject) = _parts(one), _parts(other)
    if subject and other_subject:
        return subject == other_subject
    return _folded(name) == _folded(other_name)


def _parts(person: str) -> tuple[str, str]:
    name, opening, rest = person.rpartition(" <")
    return (name, rest[:-1]) if opening and rest.endswith(">") else (person, "")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", _visible(name)).casefold()


def _visible(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
