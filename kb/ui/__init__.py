"""The Streamlit pages; nothing outside this package and `app.py` imports streamlit."""
