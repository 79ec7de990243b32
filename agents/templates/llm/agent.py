import arena
from nle import nethack

from model import complete

#: What the model may answer, and the action that it stands for.
ANSWERS = {
    "north": nethack.CompassDirection.N,
    "east": nethack.CompassDirection.E,
    "south": nethack.CompassDirection.S,
    "west": nethack.CompassDirection.W,
    "northeast": nethack.CompassDirection.NE,
    "southeast": nethack.CompassDirection.SE,
    "southwest": nethack.CompassDirection.SW,
    "northwest": nethack.CompassDirection.NW,
    "down": nethack.MiscDirection.DOWN,
    "search": nethack.Command.SEARCH,
}
INDEX = {int(action): index for index, action in enumerate(nethack.ACTIONS)}
MORE, ESCAPE = INDEX[int(nethack.MiscAction.MORE)], INDEX[int(nethack.Command.ESC)]

PROMPT = """You play NetHack and want to live long and get deep.
{surroundings}
{status}
You carry:
{inventory}
The game says: {message}
Turn {step}. Answer with one of: {answers}.
"""


class MyAgent(arena.Agent):
    """Tells a model what is seen, in words, and does what it answers."""

    def reset(self, game):
        self.seed = game.seed

    def act(self, observation):
        in_question, in_text, at_more = observation["misc"]
        if at_more:
            return MORE
        if in_question or in_text:
            return ESCAPE
        texts = {name: observation.text(f"text_{name}") for name in ("message", "status", "inventory", "surroundings")}
        prompt = PROMPT.format(step=observation.step, answers=", ".join(ANSWERS), **texts)
        answer = complete(prompt, seed=(self.seed + observation.step) % 2**32).strip().lower()
        # What is no answer is heard as the most harmless one.
        return INDEX[int(ANSWERS.get(answer, nethack.Command.SEARCH))]
