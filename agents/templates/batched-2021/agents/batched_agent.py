class BatchedAgent:
    """The interface of 2021."""

    def __init__(self, num_envs, num_actions):
        self.num_envs = num_envs
        self.num_actions = num_actions

    def batched_step(self, observations, rewards, dones, infos):
        """One action's index for each of the observations; where dones[i], observations[i] is a new game's first."""
        raise NotImplementedError
