"""The page: `streamlit run app.py`. Page configuration and navigation; everything else is in `kb/ui`."""

from __future__ import annotations

import streamlit as st

from kb.ui.chrome import ICON, draw_header
from kb.ui.registry import PAGES, make_pages
from kb.ui.settings import current_language
from kb.ui.strings import translate

language = current_language()
st.set_page_config(page_title=translate("app_name", language), page_icon=ICON, layout="centered")
page = st.navigation(make_pages(language), position="hidden")
draw_header(language, page.url_path or PAGES[0].key)
page.run()
