class Searcher:
    def __init__(self, num_envs, num_actions):
        self.num_envs = num_envs

    def batched_step(self, observations, rewards, dones, infos):
        return [75] * self.num_envs


class SubmissionConfig:
    AGENT = Searcher
    NUM_ENVIRONMENTS = 2
    MAKE_ENV_FN = lambda: None
