"""Commands for people: nle-play and nle-ttyplay, or python3 -m nle.scripts.play and nle.scripts.ttyplay."""
