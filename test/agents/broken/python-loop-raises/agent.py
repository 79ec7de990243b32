import arena

env = arena.make("NetHackChallenge-v0")
env.reset()
for step in range(100):
    if step == 5:
        raise LookupError("lost my way")
    env.step(75)
