"""Texts that a device keeps and the server does not have, offered again."""

from nicegui.element import Element


class KeptWords(Element, component="kept_words.js", esm={"cp-guided": "guided"}):
    """Lists the safety copies of an account in this browser whose page is gone; shows nothing when there is none."""

    def __init__(self, account_id: int) -> None:
        super().__init__()
        self._props["account"] = account_id
