"""A loop over games side by side."""

import arena
import numpy as np

SEARCH = 75

games = arena.make_vector("NetHackChallenge-v0", num_envs=3)
observations = games.reset()
assert observations["glyphs"].shape == (3, 21, 79) and observations["blstats"].dtype == np.int64
finished = 0
while True:
    observations, rewards, dones, infos = games.step(np.full(3, SEARCH))
    finished += int(dones.sum())
    if dones.any():
        print("finished", finished, flush=True)
