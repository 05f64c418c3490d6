"""All recipes by name."""

from __future__ import annotations

from metering.recipes import alertmanager, aws_cur, azure_ea, azure_llm, events, focus, mooncake, servegen
from metering.recipes.recipe import Recipe

RECIPES: dict[str, Recipe] = {
    module.RECIPE.name: module.RECIPE
    for module in (events, azure_llm, mooncake, servegen, focus, aws_cur, azure_ea, alertmanager)
}
