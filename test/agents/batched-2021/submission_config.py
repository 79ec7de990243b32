from agents.patient_agent import PatientAgent


class SubmissionConfig:
    AGENT = PatientAgent
    NUM_ENVIRONMENTS = 32
