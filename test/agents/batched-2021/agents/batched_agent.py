class BatchedAgent:
    """Simple batched agent interface."""

    def __init__(self, num_envs, num_actions):
        self.num_envs = num_envs
        self.num_actions = num_actions

    def batched_step(self, observations, rewards, dones, infos):
        raise NotImplementedError
