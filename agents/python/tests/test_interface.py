"""The names and numbers against NLE's own, recorded in test/engine/interface.json."""

import json
import unittest
from pathlib import Path

import numpy as np

from nle import nethack

RECORDED = json.loads((Path(__file__).resolve().parents[3] / "test/engine/interface.json").read_text())


class Interface(unittest.TestCase):
    def test_constants(self):
        self.assertEqual(len(RECORDED["constants"]), 111)
        for name, value in RECORDED["constants"].items():
            self.assertEqual(getattr(nethack, name), value, name)

    def test_actions(self):
        told = [{"index": i, "set": type(a).__name__, "name": a.name, "key": a.value} for i, a in enumerate(nethack.ACTIONS)]
        self.assertEqual(told, RECORDED["actions"])
        self.assertEqual([a.value for a in nethack.USEFUL_ACTIONS], RECORDED["usefulActionKeys"])
        self.assertEqual([a.value for a in nethack.TASK_ACTIONS], RECORDED["taskActionKeys"])
        self.assertEqual(len(nethack.NON_RL_ACTIONS), 20)

    def test_directions(self):
        straight = [a.name for a in nethack.CompassCardinalDirection]
        slanted = [a.name for a in nethack.CompassIntercardinalDirection]
        self.assertEqual(straight + slanted, [a.name for a in nethack.CompassDirection])
        self.assertEqual(nethack.CompassCardinalDirectionLonger.N, ord("K"))
        self.assertEqual(nethack.CompassIntercardinalDirectionLonger.SW, ord("B"))

    def test_action_types(self):
        self.assertEqual(nethack.action_id_to_type(ord("k")), "CompassDirection.N")
        self.assertEqual(nethack.action_id_to_type(nethack.Command.EAT), "Command.EAT")
        with self.assertRaises(KeyError):
            nethack.action_id_to_type(0)

    def test_observations(self):
        told = {
            name: {"shape": list(d["shape"]), "dtype": str(d["dtype"])} for name, d in nethack.OBSERVATION_DESC.items()
        }
        self.assertEqual(told, RECORDED["observations"])
        self.assertEqual(nethack.DUNGEON_SHAPE, (21, 79))

    def test_ends_and_options(self):
        self.assertEqual({e.name: e.value for e in nethack.game_end_types}, RECORDED["gameEnd"])
        self.assertEqual(list(nethack.NETHACKOPTIONS), RECORDED["options"])


class Tables(unittest.TestCase):
    def test_monsters(self):
        ant = nethack.permonst(0)
        self.assertEqual((ant.mname, ant.mlevel, ant.mmove, ant.ac), ("giant ant", 2, 18, 3))
        self.assertEqual(nethack.class_sym.from_mlet(ant.mlet).sym, "a")
        self.assertEqual(nethack.class_sym.from_mlet(ord(ant.mlet)).explain, "ant or other insect")
        self.assertEqual(len({nethack.permonst(i).mname for i in range(nethack.NUMMONS)}), nethack.NUMMONS - 3)  # werecreatures come in two shapes

    def test_objects(self):
        names = [nethack.OBJ_NAME(nethack.objclass(i)) for i in range(nethack.NUM_OBJECTS)]
        arrow = nethack.objclass(names.index("arrow"))
        self.assertEqual((arrow.oc_weight, arrow.oc_cost), (1, 2))
        self.assertIsNone(nethack.OBJ_DESCR(arrow))
        self.assertEqual(ord(arrow.oc_class), nethack.WEAPON_CLASS)
        self.assertEqual(nethack.class_sym.from_oc_class(arrow.oc_class).sym, ")")
        elven = nethack.objclass(names.index("elven arrow"))
        self.assertEqual(nethack.OBJ_DESCR(elven), "runed arrow")
        self.assertEqual(nethack.objdescr.from_idx(names.index("elven arrow")).oc_descr, "runed arrow")

    def test_out_of_range(self):
        for make, last in (
            (nethack.permonst, nethack.NUMMONS - 1),
            (nethack.objclass, nethack.NUM_OBJECTS - 1),
            (nethack.objdescr.from_idx, nethack.NUM_OBJECTS - 1),
            (nethack.symdef.from_idx, nethack.MAXPCHARS - 1),
            (nethack.class_sym.from_mlet, nethack.MAXMCLASSES - 1),
            (nethack.class_sym.from_oc_class, nethack.MAXOCLASSES - 1),
        ):
            make(last)
            for wrong in (-1, last + 1):
                with self.assertRaisesRegex(IndexError, f"{wrong} is out of range: 0 to {last}"):
                    make(wrong)

    def test_glyph_ranges(self):
        ranges = {
            "normal_monster": (nethack.GLYPH_MON_OFF, nethack.NUMMONS),
            "pet": (nethack.GLYPH_PET_OFF, nethack.NUMMONS),
            "invisible": (nethack.GLYPH_INVIS_OFF, 1),
            "detected_monster": (nethack.GLYPH_DETECT_OFF, nethack.NUMMONS),
            "body": (nethack.GLYPH_BODY_OFF, nethack.NUMMONS),
            "ridden_monster": (nethack.GLYPH_RIDDEN_OFF, nethack.NUMMONS),
            "normal_object": (nethack.GLYPH_OBJ_OFF, nethack.NUM_OBJECTS),
            "cmap": (nethack.GLYPH_CMAP_OFF, nethack.MAXPCHARS),
            # the traps of the map's symbols, 24 kinds, come after its 42 walls, floors and furnishings
            "trap": (nethack.GLYPH_CMAP_OFF + 42, 24),
            # eight pictures of a stomach for each kind of monster
            "swallow": (nethack.GLYPH_SWALLOW_OFF, 8 * nethack.NUMMONS),
            "warning": (nethack.GLYPH_WARNING_OFF, nethack.WARNCOUNT),
            "statue": (nethack.GLYPH_STATUE_OFF, nethack.NUMMONS),
        }
        numbers = {what: set(range(first, first + count)) for what, (first, count) in ranges.items()}
        numbers["monster"] = numbers["normal_monster"] | numbers["pet"] | numbers["ridden_monster"] | numbers["detected_monster"]
        numbers["object"] = numbers["normal_object"] | numbers["statue"] | numbers["body"]
        glyphs = np.arange(-5, nethack.MAX_GLYPH + 5)
        self.assertEqual(sorted(numbers), sorted(name[9:] for name in dir(nethack) if name.startswith("glyph_is_")))
        for what, expected in numbers.items():
            everything = getattr(nethack, f"glyph_is_{what}")(glyphs)
            self.assertEqual(everything.dtype, np.bool_)
            self.assertEqual(glyphs[everything].tolist(), sorted(expected), what)

    def test_glyphs_convert(self):
        pets = np.array([[nethack.GLYPH_PET_OFF + 16, nethack.NO_GLYPH]], np.int16)
        self.assertEqual(nethack.glyph_to_mon(pets).tolist(), [[16, nethack.NO_GLYPH]])
        self.assertIsInstance(nethack.glyph_to_mon(int(pets[0, 0])), int)
        self.assertIsInstance(nethack.glyph_is_pet(pets[0, 0]), bool)
        wall = nethack.glyph_to_cmap(nethack.GLYPH_CMAP_OFF + 1)
        self.assertEqual(nethack.symdef.from_idx(wall).explanation, "wall")
        with self.assertRaises(TypeError):
            nethack.glyph_is_pet(1.5)

    def test_tiles(self):
        self.assertEqual(nethack.glyph2tile.shape, (nethack.MAX_GLYPH,))
        statue = nethack.GLYPH_STATUE_OFF
        self.assertEqual(nethack.glyph2tile[statue], nethack.glyph2tile[statue + 100])

    def test_terminal(self):
        chars = np.full((2, 3), ord("."), np.uint8)
        colors = np.array([[7, 7, 9], [1, 17, 0]], np.int8)
        shown = nethack.tty_render(chars, colors, (1, 1))
        self.assertEqual(shown.count("\n"), 1)
        self.assertEqual(shown.count("."), 6)
        self.assertIn("\033[0;31;1m", shown)
        self.assertIn("\033[0;31;7;4m", shown)
        self.assertNotIn(";4m", nethack.tty_render(chars, colors))


if __name__ == "__main__":
    unittest.main()
