"""NLE's reader of recordings, which is not here: importing it says so."""

raise ImportError(
    "nle.dataset (NLE's data base and reader of recordings) is not part of NetHack Arena's nle, which has nle.env and nle.nethack. "
    "Recordings that environments write are ttyrec3: see docs/AGENTS.md, or read them with NLE itself"
)
