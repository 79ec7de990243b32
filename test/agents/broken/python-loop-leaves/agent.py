import arena

env = arena.make("NetHackChallenge-v0")
env.reset()
for _ in range(5):
    env.step(75)
