"""Whole-pipeline measurements: ``make bench`` prints a table with ratios in one run."""
