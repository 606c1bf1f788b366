"""No traceback reaches a visitor: a page that fails says what to do instead."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from kb.errors import KbError
from kb.ui.settings import current_language
from kb.ui.strings import translate

_LOG = logging.getLogger(__name__)


def show_page(render: Callable[[], None], part: str = "page") -> None:
    """Draw a page, or a named part of one; whatever goes wrong is logged and told to the visitor in plain words."""
    try:
        render()
    except KbError as error:
        _LOG.exception("A page could not be drawn")
        _tell("error_data", str(error), part)
    except Exception:
        _LOG.exception("A page could not be drawn")
        _tell("error_page", None, part)


def _tell(key: str, detail: str | None, part: str) -> None:
    language = current_language()
    st.error(translate(key, language), icon=":material/error:")
    if detail:
        with st.expander(translate("error_detail", language)):
            st.code(detail, language=None, wrap_lines=True)
    st.button(translate("try_again", language), key=f"try-again-{part}", icon=":material/refresh:")
