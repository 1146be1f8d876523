"""Everything on the screen that Streamlit needs to know."""
