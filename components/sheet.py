"""A fiche as it will appear, in a frame of its own: its style sheet and the page's do not meet, scripts cannot run."""

from nicegui import ui
from nicegui.element import Element


def sheet(document: str, title: str) -> Element:
    """Show a whole HTML document in a sandboxed frame."""
    frame = ui.element("iframe").classes("sheet")
    frame.props["title"] = title
    frame.props["srcdoc"] = document
    frame.props["sandbox"] = "allow-same-origin"
    return frame
