"""Altair builders: data in, chart out; used by pages and notebooks alike. No Streamlit."""
