"""`python3 train.py JOB`: trains the policy on tapes, phase by phase, and exports it. JOB is a file of JSON, written by
`npm run train:cloner`: {"settings", "trainer": digest of these sources, "tapes": for each phase {"folder", "sha256", "train", "heldOut"}, "stream": the stream's
program, "work": folder, "model": the ONNX file to write, "stop": updates after which to stop, null for all}. Goes on from
the checkpoint in `work`, if one of the same settings, sources and tapes lies there.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from typing import Any, Dict, List

import numpy as np
import torch

from export import export
from learn import Exam, Lessons, unroll, weights_of
from policy import Policy
from progress import Progress
from schedule import Phase, phases_of
from stream import Stream


class Training:
    def __init__(self, job: Dict[str, Any]) -> None:
        self.job = job
        self.settings = job["settings"]
        #: What a checkpoint has to be of, to be gone on from.
        self.origin = {
            **{"settings": self.settings, "trainer": job["trainer"], "torch": torch.__version__},
            "tapes": [tapes["sha256"] for tapes in job["tapes"]],
        }
        self.how = self.settings["training"]
        torch.set_num_threads(self.how["threads"])
        random.seed(self.how["seed"])
        np.random.seed(self.how["seed"])
        torch.manual_seed(self.how["seed"])
        self.policy = Policy(self.settings["model"])
        self.optimizer = torch.optim.AdamW(
            self.policy.parameters(), lr=self.how["learningRate"], weight_decay=self.how["weightDecay"]
        )
        self.phases = phases_of(self.settings["phases"], self.how["warmUp"])
        self.stop = min(job["stop"] or self.phases[-1].end, self.phases[-1].end)
        self.curves: List[Dict[str, float]] = []
        self.done = 0
        #: Starts of this program that trained: of more than one, the model hangs on where they stopped.
        self.runs = 0
        self.begin = time.monotonic()
        self._path = os.path.join(job["work"], "checkpoint.pt")
        self._load()
        self.progress = Progress(self.stop, self.how["lanes"] * self.how["steps"])

    def run(self) -> None:
        self.runs += self.done < self.stop
        for number, phase in enumerate(self.phases):
            if phase.start <= self.done < min(phase.end, self.stop):
                self._learn(number, phase)
        self._export()

    def _learn(self, number: int, phase: Phase) -> None:
        """A phase, or what is left of it: lanes and states begin anew."""
        how, tapes = self.how, self.job["tapes"][number]
        # A run that goes on sees the tapes in another order, instead of the first ones again.
        taught = self._lessons(phase, tapes["folder"], tapes["train"], how["seed"] + self.done)
        held_out = self._lessons(phase, tapes["folder"], tapes["heldOut"], how["seed"])
        empty = self.policy.empty(how["lanes"])
        state = (empty.hidden, empty.cell)
        exam = Exam(self.policy, held_out, how["lanes"])
        weights = weights_of(phase.weights)
        loss_sum = hits_sum = 0.0
        last = min(phase.end, self.stop)
        try:
            while self.done < last:
                update = self.done + 1
                for group in self.optimizer.param_groups:
                    group["lr"] = how["learningRate"] * phase.rate(update)
                outcome = unroll(self.policy, taught.next(), state, weights)
                state = outcome.state
                self.optimizer.zero_grad()
                outcome.loss.backward()
                torch.nn.utils.clip_grad_norm_(self.policy.parameters(), how["clip"])
                self.optimizer.step()
                self.done = update
                loss_sum += outcome.loss.item() / how["everyLog"]
                hits_sum += outcome.hits.item() / how["everyLog"]
                if update % how["everyLog"] == 0:
                    self._point(loss=loss_sum, accuracy=hits_sum)
                    loss_sum = hits_sum = 0.0
                if update % how["everyCheck"] == 0 or update == last:
                    loss, hits = exam.take(how["heldOutChunks"] * (5 if update == phase.end else 1))
                    self._point(heldOutLoss=loss, heldOutAccuracy=hits)
                    self._save()
                    self._export()
                if update % how["everyLog"] == 0 or update == last:
                    self.progress.show(update, self.curves)
        finally:
            taught.close()
            held_out.close()

    def _lessons(self, phase: Phase, folder: str, tapes: List[str], seed: int) -> Lessons:
        how = self.how
        options = {"tapes": tapes, "noise": phase.noise, "seed": seed, "lanes": how["lanes"], "steps": how["steps"]}
        return Lessons(self.policy, Stream(self.job["stream"], folder, options))

    def _export(self) -> None:
        last = [phase for phase in self.phases if phase.start < max(1, self.done)][-1]
        export(self.policy, self.job["model"], weights_of(last.weights))

    def _point(self, **measured: float) -> None:
        self.curves.append({"moments": self.moments, **measured})

    @property
    def moments(self) -> int:
        return self.done * self.how["lanes"] * self.how["steps"]

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begin

    def _load(self) -> None:
        if not os.path.exists(self._path):
            return
        saved = torch.load(self._path)
        if saved.get("origin") != self.origin:
            print("begins anew: the checkpoint is of other settings, sources or tapes", file=sys.stderr)
            return
        self.policy.load_state_dict(saved["policy"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.done, self.runs, self.curves = saved["done"], saved["runs"], saved["curves"]
        self.begin -= saved["seconds"]
        print(f"goes on after {self.done} updates", file=sys.stderr)

    def _save(self) -> None:
        """Never leaves half a checkpoint behind."""
        torch.save(
            {
                "origin": self.origin,
                "policy": self.policy.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                **{"done": self.done, "runs": self.runs, "seconds": self.seconds, "curves": self.curves},
            },
            f"{self._path}.new",
        )
        os.replace(f"{self._path}.new", self._path)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as job_file:
        training = Training(json.load(job_file))
    training.run()
    result = {
        "curves": training.curves,
        "seconds": training.seconds,
        "parameters": sum(p.numel() for p in training.policy.parameters()),
        "updates": training.done,
        "runs": training.runs,
        "moments": training.moments,
        "torch": torch.__version__,
    }
    with open(os.path.join(training.job["work"], "result.json"), "w", encoding="utf-8") as result_file:
        json.dump(result, result_file)
