"""Importers, one file a recipe: files of other shapes to canonical events and the owners they name.

``recipe``          what a recipe and a batch are
``catalog``         all recipes by name
``files``           reading Parquet and CSV a piece at a time
``owners``          which team an anonymous app belongs to
``calls``           LLM calls in columns to usage rows
``platform_costs``  what cloud bills have in common
"""
