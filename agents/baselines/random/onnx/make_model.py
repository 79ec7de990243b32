"""Writes policy.onnx by the template's program: no weights, so that all 121 logits are alike and each action is as likely."""

import pathlib
import runpy

HERE = pathlib.Path(__file__).resolve().parent
template = runpy.run_path(str(HERE.parents[2] / "templates" / "onnx" / "make_model.py"))
actions, waiting = template["ACTIONS"], template["WAITING"]
HERE.joinpath("policy.onnx").write_bytes(template["model"]([[0.0] * actions] * waiting, [0.0] * actions))
