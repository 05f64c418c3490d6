"""Composition roots without a screen: the command line (``cli``) and the scheduled jobs."""
