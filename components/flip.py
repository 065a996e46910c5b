"""On a phone, the button between the form and the fiche."""

from nicegui.element import Element


class Flip(Element, component="flip.js"):
    """ "Voir ma fiche", then "Revenir à l’écriture"."""
