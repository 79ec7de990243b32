import type { Observation } from '@arena/nle-wasm';
import { ALL_ACTION_KEYS } from '../action-sets.ts';
import { INTERNAL } from '../status.ts';
import type { Tables } from '../tables/tables.ts';
import type { Engine } from '../engine.ts';
import type { GamePlan } from './plan.ts';
import { Random } from './random.ts';

const SPACE = 32;
const ESCAPE = 27;
const RETURN = 13;
const CTRL = { wish: 0x17, level: 0x16, create: 0x07, map: 0x06, detect: 0x05, identify: 0x09 } as const;
/** All actions but quitting, which would keep most games short; as one of the 256 keys it still comes. */
const ACTION_KEYS = ALL_ACTION_KEYS.filter((key) => key !== 0xf1);
const bytesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const MOVES = bytesOf('hjklyubnHJKLYUBN.<>,s');
const ANSWERS = bytesOf('yynnaq#?*-$ \x1b');

const QUALITIES = ['', 'blessed ', 'cursed +3 ', '3 ', 'rustproof ', 'greased ', 'empty ', 'holy '];

/** Extended commands that end or fault the game on purpose. */
const DEADLY = new Set(['panic', 'quit']);

/**
 * Keys that get somewhere: prompts are answered often enough for the game to go on, texts make sense now and then, and
 * debug mode is used to see the whole dungeon. Everything else is any key at all.
 */
export class RandomKeys {
  private readonly random: Random;
  private readonly objects: readonly string[];
  private readonly monsters: readonly string[];
  private readonly commands: readonly string[];
  private readonly debug: boolean;
  /** Keys of a text or a command that was begun. */
  private queue: number[] = [];

  constructor(random: Random, tables: Tables, debug: boolean) {
    this.random = random;
    this.objects = tables.objects.flatMap(({ oc_name }) => (oc_name === null ? [] : [oc_name]));
    this.monsters = tables.monsters.map(({ mname }) => mname);
    this.commands = tables.commands.map(({ name }) => name).filter((name) => !DEADLY.has(name));
    this.debug = debug;
  }

  next({ internal }: Observation): number {
    const queued = this.queue.shift();
    if (queued !== undefined) return queued;
    const { random } = this;
    if (internal[INTERNAL.atMore] !== 0 && random.chance(80)) return SPACE;
    if (internal[INTERNAL.inLineInput] !== 0 && random.chance(90)) return this.begin(this.text());
    if (internal[INTERNAL.inYesNo] !== 0 && random.chance(60)) return this.answer();
    return this.command();
  }

  private answer(): number {
    return this.random.pick(ANSWERS);
  }

  private command(): number {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 35) return random.pick(MOVES);
    if (kind < 80) return random.pick(ACTION_KEYS);
    if (kind < 86) return random.pick([SPACE, ESCAPE, RETURN]);
    if (kind < 90) return random.below(256);
    if (kind < 93) return this.begin(`#${random.pick(this.commands)}\r`);
    if (kind < 95) return this.begin(`${random.chance(50) ? 'n' : ''}${String(random.below(300))}s`);
    return this.debug ? this.power() : random.pick(ACTION_KEYS);
  }

  private power(): number {
    const { random } = this;
    const key = random.pick(Object.values(CTRL));
    if (key === CTRL.level) return this.begin(`\x16${String(random.below(60) - 5)}\r`);
    if (key === CTRL.wish) return this.begin(`\x17${this.wish()}\r`);
    if (key === CTRL.create) return this.begin(`\x07${random.pick(this.monsters)}\r`);
    return key;
  }

  private wish(): string {
    const { random } = this;
    const owner = random.chance(20) ? ` of ${random.pick(this.monsters)}` : '';
    return `${random.pick(QUALITIES)}${random.pick(this.objects)}${owner}`;
  }

  private text(): string {
    const { random } = this;
    switch (random.below(5)) {
      case 0:
        return `${this.wish()}\r`;
      case 1:
        return `${random.pick(this.monsters)}\r`;
      case 2:
        return `${String(random.below(100_000))}\r`;
      case 3:
        return `${'Elbereth '.repeat(1 + random.below(30))}\r`;
      default:
        return '\x1b';
    }
  }

  /** The first key of a text; the others follow, whatever the game asks. */
  private begin(text: string): number {
    const [first = ESCAPE, ...rest] = bytesOf(text);
    this.queue = rest;
    return first;
  }
}

/** The random keys of a game, the same whatever else is done with it. */
export function keysOf(engine: Engine, plan: GamePlan, seed: number): RandomKeys {
  const debug = plan.settings.debug ?? false;
  return new RandomKeys(new Random(seed ^ 0x5eed, plan.index), engine.tables, debug);
}
