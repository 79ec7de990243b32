import arena

env = arena.make("NetHackChallenge-v0")
while True:
    env.reset()
    done, step = False, 0
    while not done:
        _, _, done, info = env.step(75 if step < 5 else 75.0)
        step += 1
    assert info["end_status"] == -1
