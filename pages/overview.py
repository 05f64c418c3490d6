"""Overview: what does the platform cost, where is it going, and can the figures be trusted?"""

import streamlit as st

from ui.viewer import enter

viewer = enter("overview")
st.title("Overview")
