"""The package is for Pythons up to 3.13 and their numpy 2: nothing that was removed on the way there is used."""

import ast
import unittest
import warnings
from pathlib import Path

import numpy as np

#: All agents of the checkout: the SDK, templates, bundled agents with their training.
HOME = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in HOME.rglob("*.py") if "node_modules" not in path.parts)

#: Modules removed from 3.9 on; pkg_resources and setuptools are no more in a new environment from 3.12 on.
GONE_MODULES = set(
    "_bootlocale _dummy_thread aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils dummy_threading formatter imghdr imp "
    "lib2to3 macpath mailcap msilib nis nntplib ossaudiodev parser pipes pkg_resources setuptools smtpd sndhdr spwd sunau symbol telnetlib "
    "tkinter.tix typing.io typing.re uu xdrlib".split()
)
_ABSTRACT = (
    "AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine Generator Hashable ItemsView "
    "Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Set Sized ValuesView"
)
#: Names by module that went from 3.9 to 3.13 (pkgutil's: 3.14).
GONE = {
    "asyncio": "coroutine",
    "base64": "decodestring encodestring",
    "binascii": "a2b_hqx b2a_hqx rlecode_hqx rledecode_hqx",
    "collections": _ABSTRACT,
    "configparser": "LegacyInterpolation SafeConfigParser",
    "fractions": "gcd",
    "gettext": "bind_textdomain_codeset ldgettext ldngettext lgettext lngettext",
    "importlib": "find_loader",
    "importlib.abc": "Finder",
    "importlib.util": "module_for_loader set_loader set_package",
    "inspect": "formatargspec getargspec",
    "locale": "resetlocale",
    "pkgutil": "ImpImporter ImpLoader find_loader get_loader",
    "platform": "dist linux_distribution popen",
    "re": "TEMPLATE template",
    "sqlite3": "OptimizedUnicode enable_shared_cache",
    "ssl": "RAND_pseudo_bytes match_hostname wrap_socket",
    "sys": "getcheckinterval setcheckinterval",
    "time": "clock",
    "unittest": "_TextTestResult findTestCases getTestCaseNames makeSuite",
    "webbrowser": "MacOSX",
    "xml.etree": "cElementTree",
}
#: Removed by numpy 1.24 to 2.4, or in one of these and back in another.
GONE_NUMPY = set(
    "DataSource Inf Infinity MachAr NINF NZERO NaN PINF PZERO add_docstring add_newdoc add_newdoc_ufunc alltrue asfarray bool8 byte_bounds bytes0 "
    "cast cfloat clongfloat compat complex complex_ core cumproduct deprecate deprecate_with_doc disp fastCopyAndTranspose find_common_type "
    "float float_ geterrobj in1d infty int int0 issctype issubclass_ issubsctype longcomplex longfloat lookfor mat maximum_sctype msort nbytes "
    "obj2sctype object object0 product recfromcsv recfromtxt round_ row_stack safe_eval sctype2char sctypes set_numeric_ops set_string_function "
    "seterrobj singlecomplex sometrue source str str0 string_ tracemalloc_domain trapz uint0 unicode unicode_ void0 who".split()
)
#: Two that numpy 1.24 does not have and numpy 2 has again.
BACK_NUMPY = {"bool", "long"}
#: Whatever the object: methods that went, of test cases, threads, elements, arrays.
GONE_METHODS = set(
    "assertAlmostEquals assertDictContainsSubset assertEquals assertNotAlmostEquals assertNotEquals assertNotRegexpMatches assertRaisesRegexp "
    "assertRegexpMatches assert_ failIf failUnless getchildren getiterator isAlive itemset newbyteorder ptp readfp tostring".split()
)


def _modules(tree):
    """What each name that an import binds stands for, in full."""
    bound = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                top = each.name.split(".")[0]
                bound[each.asname or top] = each.name if each.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            bound.update((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)
    return bound


def _full_name(node, bound):
    """a.b.c of what was imported, in full; None for anything else."""
    if isinstance(node, ast.Name):
        return bound.get(node.id)
    if isinstance(node, ast.Attribute):
        of = _full_name(node.value, bound)
        return of and f"{of}.{node.attr}"
    return None


def _is_gone(name):
    module, _, member = name.rpartition(".")
    if name in GONE_MODULES or name.split(".")[0] in GONE_MODULES or member in GONE.get(module, "").split():
        return True
    return module == "numpy" and member in GONE_NUMPY | BACK_NUMPY


def _imported(node):
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module, *(f"{node.module}.{each.name}" for each in node.names)]


def removed(text):
    """What of a program Python 3.13 or numpy 2 does not have, by line."""
    tree = ast.parse(text)
    bound = _modules(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level):
            found += [(node.lineno, name) for name in _imported(node) if _is_gone(name)][:1]
        elif isinstance(node, ast.Attribute):
            name = _full_name(node, bound)
            if name is None:
                found += [(node.lineno, node.attr)] if node.attr in GONE_METHODS else []
            elif _is_gone(name) and not _is_gone(name.rpartition(".")[0]):
                found.append((node.lineno, name))
        elif isinstance(node, ast.Call):
            name = _full_name(node.func, bound)
            for each in node.keywords:
                is_no_copy = each.arg == "copy" and isinstance(each.value, ast.Constant) and each.value.value is False
                # numpy 2 raises where a copy is needed; np.asarray is what is meant
                if name == "numpy.array" and is_no_copy:
                    found.append((node.lineno, "numpy.array(copy=False)"))
                if name == "random.shuffle" and each.arg == "random":
                    found.append((node.lineno, "random.shuffle(random=)"))
    return sorted(found)


def names_of_numpy(text):
    """np.x and np.x.y as a program uses them, without the np."""
    tree = ast.parse(text)
    bound = _modules(tree)
    used = {_full_name(node, bound) for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | set(bound.values())
    return {name[len("numpy.") :] for name in used if name and name.startswith("numpy.")}


class NewPython(unittest.TestCase):
    def test_all_files(self):
        self.assertGreater(len(FILES), 70)
        for path in FILES:
            with self.subTest(str(path.relative_to(HOME))):
                self.assertEqual(removed(path.read_text(encoding="utf-8")), [])

    def test_no_syntax_that_warns(self):
        """As an escape sequence that there is none of, a warning that everybody sees from 3.12 on."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for path in FILES:
                compile(path.read_text(encoding="utf-8"), str(path), "exec")
            with self.assertRaises(SyntaxError):
                compile(r"a = '\d'", "<test>", "exec")

    def test_all_that_is_used_of_numpy_is_there(self):
        """In the numpy that this runs with, whichever it is."""
        everything = set().union(*(names_of_numpy(path.read_text(encoding="utf-8")) for path in FILES))
        self.assertGreater(len(everything), 40)
        for name in sorted(everything):
            at = np
            for part in name.split("."):
                self.assertTrue(hasattr(at, part), f"numpy {np.__version__} has no {name}")
                at = getattr(at, part)

    def test_the_list_for_numpy_is_right(self):
        """numpy 1.24 has what is listed, but for a few that it had removed itself; numpy 2 has not, but for those that went after 2.0."""
        there = GONE_NUMPY & set(vars(np))
        if int(np.__version__.split(".")[0]) >= 2:
            self.assertEqual(there - {"core", "disp", "find_common_type", "in1d", "row_stack", "trapz"}, set())
        else:
            self.assertGreater(len(there), 50)

    def test_finds_what_is_gone(self):
        for text, name in (
            ("import distutils", "distutils"),
            ("import distutils.version", "distutils.version"),
            ("from distutils.version import LooseVersion", "distutils.version"),
            ("import imp", "imp"),
            ("import pkg_resources", "pkg_resources"),
            ("from collections import Mapping", "collections.Mapping"),
            ("import collections as c\nc.Iterable", "collections.Iterable"),
            ("from unittest import makeSuite", "unittest.makeSuite"),
            ("import unittest\nunittest.makeSuite(x)", "unittest.makeSuite"),
            ("import pkgutil\npkgutil.find_loader('x')", "pkgutil.find_loader"),
            ("import locale\nlocale.resetlocale()", "locale.resetlocale"),
            ("import numpy as np\nnp.float_(1)", "numpy.float_"),
            ("import numpy\nnumpy.bool8", "numpy.bool8"),
            ("from numpy import product", "numpy.product"),
            ("import numpy as np\nnp.in1d([], [])", "numpy.in1d"),
            ("import numpy as np\nnp.core.multiarray", "numpy.core"),
            ("import numpy as np\nnp.bool", "numpy.bool"),
            ("import numpy as np\nnp.array([], copy=False)", "numpy.array(copy=False)"),
            ("self.assertEquals(1, 1)", "assertEquals"),
            ("array.ptp()", "ptp"),
            ("import random\nrandom.shuffle([], random=f)", "random.shuffle(random=)"),
        ):
            self.assertEqual([found for _, found in removed(text)], [name], text)
        for text in (
            "from collections.abc import Mapping",
            "import collections\ncollections.OrderedDict()",
            "import numpy as np\nnp.bool_, np.isin, np.ptp, np.array([], copy=True)",
            "from .imp import parser",
            "pipes = 1\npipes.uu",
        ):
            self.assertEqual(removed(text), [], text)


if __name__ == "__main__":
    unittest.main()
