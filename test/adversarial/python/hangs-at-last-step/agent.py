"""Thinks for ever where the game would end by itself, after 60 moves."""
import arena


class Agent(arena.Agent):
    def act(self, observation):
        while observation.step == 59:
            pass
        return 75
