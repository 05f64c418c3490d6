"""The commands of ``farthing``, one file each. Heavy imports stay inside the functions: ``--help`` is instant."""
