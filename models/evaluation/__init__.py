"""How good the detector is, beside every baseline: ``python -m models.evaluation`` (``make evaluate``)."""
