"""The package is for Python 3.9 and newer: its syntax, and no names of the standard library that came later."""

import ast
import unittest
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
OLDEST = (3, 9)
FILES = sorted(HOME.rglob("*.py"))

#: Names by module that came with 3.10 to 3.13; an empty text is the module itself.
NEWER = {
    "asyncio": "Barrier BrokenBarrierError QueueShutDown Runner TaskGroup eager_task_factory timeout timeout_at",
    "builtins": "BaseExceptionGroup EncodingWarning ExceptionGroup PythonFinalizationError aiter anext",
    "collections.abc": "Buffer",
    "contextlib": "aclosing chdir",
    "copy": "replace",
    "dataclasses": "KW_ONLY",
    "datetime": "UTC",
    "enum": "EnumCheck EnumType FlagBoundary ReprEnum StrEnum global_enum member nonmember property show_flag_values verify",
    "functools": "Placeholder",
    "glob": "translate",
    "hashlib": "file_digest",
    "importlib.resources.abc": "",
    "inspect": "BufferFlags get_annotations getasyncgenlocals getasyncgenstate markcoroutinefunction",
    "io": "text_encoding",
    "itertools": "batched pairwise",
    "locale": "getencoding",
    "math": "cbrt exp2 fma sumprod",
    "operator": "call",
    "os": "EFD_CLOEXEC EventFD eventfd eventfd_read eventfd_write listdrives process_cpu_count setns splice unshare",
    "os.path": "isdevdrive isjunction isreserved splitroot",
    "pathlib": "UnsupportedOperation",
    "queue": "ShutDown",
    "random": "binomialvariate",
    "re": "NOFLAG PatternError",
    "statistics": "correlation covariance kde kde_random linear_regression",
    "sys": "activate_stack_trampoline exception get_int_max_str_digits monitoring orig_argv set_int_max_str_digits stdlib_module_names",
    "threading": "gettrace setprofile_all_threads settrace_all_threads",
    "tomllib": "",
    "types": "CapsuleType EllipsisType NoneType NotImplementedType UnionType get_original_bases",
    "typing": "Concatenate LiteralString Never NoDefault NotRequired ParamSpec ParamSpecArgs ParamSpecKwargs ReadOnly Required Self "
    "TypeAlias TypeAliasType TypeGuard TypeIs TypeVarTuple Unpack assert_never assert_type clear_overloads dataclass_transform "
    "get_overloads get_protocol_members is_protocol is_typeddict override reveal_type",
    "warnings": "deprecated",
}
#: Whatever the object: methods and arguments by name that came later.
NEWER_METHODS = {"bit_count", "hardlink_to", "enterContext", "add_note", "with_segments", "walk_up"}
NEWER_ARGUMENTS = {
    "zip": {"strict"},
    "dataclass": {"slots", "kw_only", "match_args", "weakref_slot"},
    "bisect": {"key"},
    "bisect_left": {"key"},
    "bisect_right": {"key"},
    "insort": {"key"},
    "Popen": {"process_group", "pipesize"},
    "run": {"process_group", "pipesize"},
    "glob": {"root_dir", "dir_fd", "include_hidden", "case_sensitive"},
    "mkdtemp": {"delete"},
    "TemporaryDirectory": {"ignore_cleanup_errors", "delete"},
    "NamedTemporaryFile": {"delete_on_close"},
    "rmtree": {"onexc"},
}
_TYPES = {"int", "str", "float", "bool", "bytes", "list", "dict", "tuple", "set", "None"}


def _is_newer(module, name):
    listed = NEWER.get(module, "").split()
    return (module in NEWER and not listed) or name in listed


def _is_type(node):
    return (isinstance(node, ast.Constant) and node.value is None) or (isinstance(node, ast.Name) and node.id in _TYPES)


def too_new(text):
    """What of a program Python 3.9 does not have, by line."""
    tree = ast.parse(text, feature_version=OLDEST)
    found = []
    modules = {}
    annotations = {id(part) for node in ast.walk(tree) for each in _annotations(node) for part in ast.walk(each)}
    postponed = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                modules[each.asname or each.name.split(".")[0]] = each.name if each.asname else each.name.split(".")[0]
                if _is_newer(each.name, ""):
                    found.append((node.lineno, each.name))
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found += [(node.lineno, f"{node.module}.{each.name}") for each in node.names if _is_newer(node.module, each.name)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            module = modules.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if node.attr in NEWER_METHODS or (module and _is_newer(module, node.attr)):
                found.append((node.lineno, node.attr))
        elif isinstance(node, ast.Name) and node.id in NEWER["builtins"].split():
            found.append((node.lineno, node.id))
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            arguments = NEWER_ARGUMENTS.get(called, set())
            found += [(node.lineno, f"{called}({each.arg}=)") for each in node.keywords if each.arg in arguments]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and (_is_type(node.left) or _is_type(node.right)):
            if not (postponed and id(node) in annotations):
                found.append((node.lineno, "a union of types"))
    return sorted(found)


def _annotations(node):
    return [each for each in (getattr(node, "annotation", None), getattr(node, "returns", None)) if each is not None]


class OldPython(unittest.TestCase):
    def test_all_files(self):
        self.assertGreater(len(FILES), 60)
        for path in FILES:
            with self.subTest(str(path.relative_to(HOME))):
                self.assertEqual(too_new(path.read_text(encoding="utf-8")), [])

    def test_finds_what_is_newer(self):
        for text, name in (
            ("import tomllib", "tomllib"),
            ("from enum import StrEnum", "enum.StrEnum"),
            ("import itertools as it\nit.pairwise([1])", "pairwise"),
            ("from typing import Self", "typing.Self"),
            ("raise ExceptionGroup('x', [])", "ExceptionGroup"),
            ("zip([], [], strict=True)", "zip(strict=)"),
            ("import dataclasses\n@dataclasses.dataclass(slots=True)\nclass A: pass", "dataclass(slots=)"),
            ("(5).bit_count()", "bit_count"),
            ("def f(a: int | None): pass", "a union of types"),
            ("from __future__ import annotations\nA = int | str", "a union of types"),
        ):
            self.assertEqual([found for _, found in too_new(text)], [name], text)
        for text in ("from __future__ import annotations\ndef f(a: int | None): pass", "a = 1 | 2", "import itertools\nitertools.chain()"):
            self.assertEqual(too_new(text), [], text)

    def test_newer_syntax_is_an_error(self):
        for text in ("match 1:\n    case 1: pass", "try: pass\nexcept* ValueError: pass"):
            with self.assertRaises(SyntaxError):
                too_new(text)


if __name__ == "__main__":
    unittest.main()
