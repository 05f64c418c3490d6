"""Which statements from outside may run: the engine's own parser says what they are.

A read-only handle of the embedded engine still reads any file and any URL, so nothing that came from outside runs
before this guard has seen its syntax tree. What is not known to be harmless is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Run = Callable[[str, Mapping[str, str]], str]  # a statement and its parameters to the engine's answer as raw text

_STATEMENTS = {"SelectWithUnionQuery", "SelectIntersectExceptQuery", "DescribeQuery", "ShowTables", "Explain"}
_SHOW_TABLES = re.compile(r"show\s+tables(\s+format\s+\w+)?\s*", re.IGNORECASE)
# Table functions that read nothing but their own arguments.
_HARMLESS = {
    "numbers",
    "numbers_mt",
    "zeros",
    "zeros_mt",
    "generate_series",
    "generateseries",
    "values",
    "view",
    "null",
}
# Functions that read what they are told by a text: files, tables, dictionaries, machines, models, the network.
_READING = re.compile(r"(file|joinget|dict|hascolumnintable|catboost|filesystem|ai[a-z]|sleep|logtrace|executable).*")
_OF_SYSTEM = {"settings", "functions", "one", "numbers", "formats", "data_type_families"}
_OF_SYSTEM_WITH_NAMES = {"tables", "columns", "databases"}


class Denied(PermissionError):
    """A statement that may not run; the message says which part of it."""


class Guard:
    """Judges statements by their syntax tree.

    ``sees_names`` lets a reader list tables and columns of the whole engine: for those who may read all of them.
    """

    def __init__(self, run: Run, *, sees_names: bool) -> None:
        self._run = run
        self._sees_names = sees_names
        self._table_functions = {name.lower() for name in self._names("table_functions")} - _HARMLESS
        self._databases = self._names("databases")
        self._system = _OF_SYSTEM | (_OF_SYSTEM_WITH_NAMES if sees_names else set())

    def check(self, sql: str, parameters: Mapping[str, str]) -> None:
        """Return if the statement may run.

        Raises:
            Denied: it is more than one statement, changes something, or reads what is not the reader's.

        """
        if ";" in sql:
            # Before anything is parsed: the parser would run what follows the first statement.
            raise Denied("a semicolon: send one statement, and write char(59) inside a text")
        tree = self._run(f"EXPLAIN AST {sql}", parameters).splitlines()
        kind = tree[0].split()[0] if tree else ""
        if kind not in _STATEMENTS:
            raise Denied(f"{kind or 'nothing'}: only SELECT, DESCRIBE, SHOW TABLES and EXPLAIN are answered")
        if kind == "ShowTables" and not _SHOW_TABLES.fullmatch(sql.strip()):
            raise Denied("SHOW: only SHOW TABLES is answered, without more")
        if kind == "Explain" and not self._sees_names:
            raise Denied("EXPLAIN: it tells how much others have")
        for line in tree:
            self._check_node(line)

    def _check_node(self, line: str) -> None:
        depth = len(line) - len(line.lstrip(" "))
        node, _, rest = line.strip().partition(" ")
        named = rest.partition(" ")[0]
        if node == "Function" and self._reads(named):
            raise Denied(f"the function {named}")
        if node == "Set":
            raise Denied("SETTINGS in the statement: send them beside it")
        if node == "Literal" and depth == 1:
            raise Denied("INTO OUTFILE")
        if node == "TableIdentifier":
            self._check_table(named)
        elif node == "Identifier" and named.partition(".")[0] in self._databases and "." in f"{named}.":
            # `x IN database.table` names a table as a mere identifier; SHOW ... FROM a database as well.
            raise Denied(f"{named}: name tables without their database")

    def _reads(self, function: str) -> bool:
        name = function.lower()
        return "." in name or name in self._table_functions or _READING.fullmatch(name) is not None

    def _check_table(self, named: str) -> None:
        database, dot, table = named.partition(".")
        if not dot or (database == "system" and table in self._system):
            return
        raise Denied(
            f"{named}: name tables without their database; of system there are {', '.join(sorted(self._system))}"
        )

    def _names(self, of: str) -> set[str]:
        return set(self._run(f"SELECT name FROM system.{of}", {}).split("\n")) - {""}


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
