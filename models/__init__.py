"""The one model layer: content, people, review, guide and geography. Imports nothing of ours."""
