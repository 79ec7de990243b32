from agents.patient_agent import PatientAgent
from envs.wrappers import make_env


class SubmissionConfig:
    AGENT = PatientAgent
    NUM_ENVIRONMENTS = 16
    MAKE_ENV_FN = make_env
