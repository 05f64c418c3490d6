"""Altair builders: data in, chart out; used by pages and notebooks alike. No Streamlit, no query, no request.

``theme``      the palette and the few constants every chart shares
``pixels``     exact decimals to floats, once, at the very end; builders refuse decimals
``over_time``  stacked bars, areas and lines by a dimension
``ranking``    ranked bars
``waterfall``  why a number changed
``timeline``   a line with its expected band and lifecycle markers
``coverage``   shares of a whole in one bar
``document``   a chart and a table where there is no page around them: in notebooks
"""
