"""One question per file: Ibis tables in, an unexecuted Ibis table out. The file, the function, the SQL snapshot and
``farthing query`` share one name.
"""
