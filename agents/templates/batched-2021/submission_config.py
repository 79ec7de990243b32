from agents.my_agent import MyAgent


class SubmissionConfig:
    AGENT = MyAgent
    NUM_ENVIRONMENTS = 32
