"""Runs a submission in its sandbox: `python3 arena/runner/__main__.py FOLDER ENTRY`."""
