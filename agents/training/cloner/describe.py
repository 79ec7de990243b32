"""`python3 describe.py SETTINGS MODEL`: an untrained policy of these settings. Writes it as MODEL and prints how many parameters
it has: what a trained model is compared with."""

from __future__ import annotations

import json
import sys

from export import export
from learn import weights_of
from policy import Policy

if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        policy = Policy(json.load(file)["model"])
    export(policy, sys.argv[2], weights_of({}))
    json.dump({"parameters": sum(p.numel() for p in policy.parameters())}, sys.stdout)
