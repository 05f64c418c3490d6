"""Showback."""

import streamlit as st

from ui.viewer import enter

viewer = enter("showback")
st.title("Showback")
