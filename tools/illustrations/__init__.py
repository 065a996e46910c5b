"""Paper-cut scenes of neighbourhood life, drawn in code for the demo fiches."""
