"""Plays one episode in gymnasium's form and ends."""

import arena

SEARCH = 75

with arena.make("NetHackChallenge-v0", api="gymnasium") as env:
    observation, info = env.reset(options={})
    for _ in range(10):
        observation, reward, terminated, truncated, info = env.step(SEARCH)
        assert not terminated and not truncated
    # Evaluated, seeds that are set are warned of and not used; nothing ends.
    env.seed(1, 2)
    terminated = truncated = False
    while not (terminated or truncated):
        observation, reward, terminated, truncated, info = env.step(SEARCH)
    print("terminated", terminated, "truncated", truncated, "status", int(info["end_status"]))
raise SystemExit(0)
