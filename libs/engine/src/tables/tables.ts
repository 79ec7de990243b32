import { interfaceConstants } from './constants.ts';
import { Glyphs, type RawGlyphs } from './glyphs.ts';
import type { ClassSymbol, Command, MapSymbol, Monster, ObjectKind } from './records.ts';

/** The engine's JSON text; src/port/tables.c writes it. */
interface RawTables {
  readonly constants: Readonly<Record<string, number>>;
  readonly monsters: readonly Monster[];
  readonly objects: readonly ObjectKind[];
  readonly monsterClasses: readonly ClassSymbol[];
  readonly objectClasses: readonly ClassSymbol[];
  readonly symbols: readonly MapSymbol[];
  readonly warnings: readonly MapSymbol[];
  readonly commands: readonly Command[];
  readonly glyphs: RawGlyphs;
}

function entry<T>(list: readonly T[], index: number, what: string): T {
  const found = list[index];
  if (found !== undefined) return found;
  throw new RangeError(`${what} ${String(index)} is out of range: 0 to ${String(list.length - 1)}`);
}

/** NetHack's own tables, as the engine has them. The functions throw RangeError and name the range. */
export class Tables {
  /** NLE's constants by name: NetHack's from its headers, the `NLE_…` ones from the layout of the fields. */
  readonly constants: Readonly<Record<string, number>>;
  readonly monsters: readonly Monster[];
  readonly objects: readonly ObjectKind[];
  /** Extended commands and their keys. */
  readonly commands: readonly Command[];
  readonly glyphs: Glyphs;
  readonly #raw: RawTables;

  /** Use `Engine.tables`. */
  constructor(json: string) {
    this.#raw = JSON.parse(json) as RawTables;
    this.constants = { ...this.#raw.constants, ...interfaceConstants() };
    this.monsters = this.#raw.monsters;
    this.objects = this.#raw.objects;
    this.commands = this.#raw.commands;
    this.glyphs = new Glyphs(this.#raw.glyphs);
  }

  /** A monster by its number (0 to NUMMONS - 1), as `glyphs.to('mon', …)` gives it. */
  permonst(index: number): Monster {
    return entry(this.monsters, index, 'monster');
  }

  /** An object by its number (0 to NUM_OBJECTS - 1), as `glyphs.to('obj', …)` gives it. */
  objclass(index: number): ObjectKind {
    return entry(this.objects, index, 'object');
  }

  /** OBJ_NAME: what an object is. */
  objName({ oc_name_idx }: ObjectKind): string | null {
    return this.objclass(oc_name_idx).oc_name;
  }

  /** OBJ_DESCR: what an object looks like. */
  objDescr({ oc_descr_idx }: ObjectKind): string | null {
    return this.objclass(oc_descr_idx).oc_descr;
  }

  /** class_sym.from_mlet: the symbol of a monster's class. */
  monsterClass(mlet: number): ClassSymbol {
    return entry(this.#raw.monsterClasses, mlet, 'monster class');
  }

  /** class_sym.from_oc_class: the symbol of an object's class. */
  objectClass(oclass: number): ClassSymbol {
    return entry(this.#raw.objectClasses, oclass, 'object class');
  }

  /** symdef.from_idx: a map symbol (0 to MAXPCHARS - 1), as `glyphs.to('cmap', …)` gives it. */
  symdef(index: number): MapSymbol {
    return entry(this.#raw.symbols, index, 'map symbol');
  }

  /** The symbol of a warning level (0 to WARNCOUNT - 1), as `glyphs.to('warning', …)` gives it. */
  warning(level: number): MapSymbol {
    return entry(this.#raw.warnings, level, 'warning level');
  }
}
