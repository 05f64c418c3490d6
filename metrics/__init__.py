"""What a number means, defined once: measures and dimensions over charges.

``exact``       the engine's decimal operators, typed right
``core``        the two nouns and the one verb: Measure, Dimension, aggregate
``cost``        money
``usage``       quantities
``unit_costs``  money per unit
``dimensions``  what a number can be split by
``values``      values of dimensions, read from text
``catalog``     every measure and dimension by name; ``docs/metrics.md`` is generated from it
"""
