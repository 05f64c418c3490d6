"""What is Streamlit and shared by pages: router, viewer and scope, inputs, links."""
