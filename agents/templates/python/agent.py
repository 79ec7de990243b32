import random

import arena
from nle import nethack

INDEX = {int(action): index for index, action in enumerate(nethack.ACTIONS)}
MOVES = [INDEX[int(direction)] for direction in nethack.CompassDirection]
MORE = INDEX[int(nethack.MiscAction.MORE)]
ESCAPE = INDEX[int(nethack.Command.ESC)]
SEARCH = INDEX[int(nethack.Command.SEARCH)]
DOWN = INDEX[int(nethack.MiscDirection.DOWN)]


class MyAgent(arena.Agent):
    """Walks about at random, fights what it bumps into, searches now and then, and leaves every question."""

    def reset(self, game):
        # Seeded by the game's own seed, a game is the same whatever is played beside it.
        self.random = random.Random(game.seed)

    def act(self, observation):
        in_question, in_text, at_more = observation["misc"]
        if at_more:
            return MORE
        if in_question or in_text:
            return ESCAPE
        if observation.step % 16 == 0:
            return DOWN
        return SEARCH if self.random.random() < 0.25 else self.random.choice(MOVES)
