"""The store: the only folder that opens connections and knows the engine.

``connect``   a bounded pool of clients on an embedded folder or a server
``migrate``   numbered SQL files, applied in order, recorded
``recover``   what a start repairs or refuses after a crash
``tables``    the readers' tables as Ibis expressions, without a connection
``histories`` who owns what and what it costs, as dated rows that are appended
``backup``    the engine's BACKUP and RESTORE
"""
