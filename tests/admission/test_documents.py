"""YAML of strangers: refused before it multiplies, and read as it was meant."""

from __future__ import annotations

import json
import time

import pytest

from metering.admission.documents import NotAManifest, documents_of


def merged(levels: int) -> str:
    """Mappings that merge the one before ten times over: each level is ten times the work of the last."""
    lines = ["a0: &a0 {" + ", ".join(f"k{key}: {key}" for key in range(10)) + "}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, levels + 1)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (merged(8), "aliases and merge keys refer to themselves, or multiply"),
        (merged(60), "aliases and merge keys refer to themselves, or multiply"),
        ("a: &a {<<: *a}", "aliases and merge keys refer to themselves"),
        ("[" * 3000, "more than 100 deep"),
        ("{a: " * 3000, "more than 100 deep"),
        ("- " * 3000 + "x", "more than 100 deep"),
        ("a: 1" + ":1" * 300_000, "a number of 600,001 characters"),
    ],
    ids=["merged", "merged without end", "merged in itself", "lists", "mappings", "a line of lists", "base 60"],
)
def test_what_would_take_minutes_is_refused_at_once(text: str, problem: str) -> None:
    began = time.process_time()
    with pytest.raises(NotAManifest, match=problem):
        documents_of(text)
    assert time.process_time() - began < 2


def test_a_key_is_said_once() -> None:
    for text in ("app_id: chat\nlifecycle: ephemeral\napp_id: search", '{"app_id": "a", "app_id": "b"}'):
        with pytest.raises(NotAManifest, match=r"line [13] says 'app_id' a second time; keep one"):
            documents_of(text)


def test_a_merge_key_stands_for_what_it_names() -> None:
    text = "one: &one {a: 1, b: 1}\ntwo: &two {c: 3}\nall: {<<: [*one, *two], b: 2}\n"
    assert documents_of(text)[0]["all"] == {"a": 1, "b": 2, "c": 3}


def test_what_json_escapes_in_halves_is_one_character() -> None:
    assert documents_of(json.dumps({"name": "chat 😀 é"})) == [{"name": "chat 😀 é"}]


@pytest.mark.parametrize("text", ['kind: "\\ud800"', '{"\\udc00": 1}', '["\\ude00\\ud83d"]'])
def test_half_a_character_is_no_text(text: str) -> None:
    with pytest.raises(NotAManifest, match="half a character"):
        documents_of(text)
