"""Starts the product: `python main.py serve`. See `python main.py --help`."""

from app.cli import run

# The worker processes that lay out PDFs import this file too: only the first process runs the command line.
if __name__ == "__main__":
    run()
