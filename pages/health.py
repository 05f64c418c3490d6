"""Health: is everything in, priced, owned and adding up?"""

import streamlit as st

from ui.viewer import enter

viewer = enter("health")
st.title("Health")
