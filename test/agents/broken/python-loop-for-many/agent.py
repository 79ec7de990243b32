import arena

env = arena.make("NetHackChallenge-v0")
env.reset()
