import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ACTIONS } from '@arena/engine';
import {
  ACT_ENTRY_BYTES,
  ACT_HEADER_BYTES,
  ALIGNMENT,
  AnswerReader,
  BLOCK_BYTES,
  CHANGES_HEADER_BYTES,
  ChangesFrame,
  FLAG_NEW_GAME,
  FRAME,
  FRAME_HEADER_BYTES,
  GAME_OVER_HEADER_BYTES,
  MAX_EXPLANATION_BYTES,
  NO_KEY,
  PROTOCOL_VERSION,
  RECORD_HEADER_BYTES,
  encodeGameOver,
  encodeHello,
  encodeStop,
  layOut,
  padded,
} from '@arena/protocol';

const RUNNER = fileURLToPath(new URL('../../../agents/node/dist/bundle/main.js', import.meta.url));
const LAYOUT = layOut([
  { name: 'tty_cursor', dtype: 'uint8', shape: [2], bytes: 2 },
  { name: 'blstats', dtype: 'int32', shape: [27], bytes: 108 },
  { name: 'inv_glyphs', dtype: 'int16', shape: [55], bytes: 110 },
]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-sdk-test-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The platform's side of the wire, over Node's own pipes, without a sandbox. */
class Host {
  readonly #child: ChildProcess;
  readonly #frame = new ChangesFrame(LAYOUT, 4);
  readonly reader = new AnswerReader({ cap: 4096, games: 4, keys: ACTIONS.map(({ key }) => key) });
  readonly exit: Promise<number>;
  #ticket = 1000;
  log = '';

  constructor(file: string, code: string) {
    const entry = join(folder, file);
    writeFileSync(entry, code);
    const child = spawn(process.execPath, [RUNNER, entry], { env: {} });
    this.#child = child;
    child.stderr.on('data', (text: Buffer) => (this.log += text.toString()));
    child.stdin.on('error', () => undefined);
    this.exit = once(child, 'close').then(([status]) => status as number);
  }

  #write(bytes: Uint8Array): void {
    this.#child.stdin?.write(Buffer.from(bytes));
  }

  async #answer(): Promise<void> {
    let done = this.reader.received(0);
    while (!done) {
      const chunk = (this.#child.stdout?.read() ?? null) as Buffer | null;
      if (chunk === null) {
        const ended = await Promise.race([
          once(this.#child.stdout as NodeJS.ReadableStream, 'readable'),
          this.exit,
        ]);
        if (typeof ended === 'number') throw new Error(`the agent ended with ${ended}: ${this.log}`);
        continue;
      }
      this.reader.space().set(chunk);
      done = this.reader.received(chunk.length);
    }
  }

  async hello(): Promise<void> {
    const { recordBytes, fields } = LAYOUT;
    const limits = { stepTimeoutMs: 1000 };
    this.#write(
      encodeHello({
        protocol: PROTOCOL_VERSION,
        platform: 'test',
        versions: { platform: '0.1.0', nethack: '3.6.6', engine: 'e'.repeat(64) },
        limits,
        gamesAtOnce: 4,
        recordBytes,
        strideBytes: padded(recordBytes, BLOCK_BYTES),
        fields,
        actions: ACTIONS,
        seed: 77,
      }),
    );
    this.reader.askReady();
    await this.#answer();
  }

  #add(slot: number, step: number, x: number): void {
    const data = [
      new Uint8Array([3, 4]),
      new Uint8Array(new Int32Array(27).fill(x).buffer),
      new Uint8Array(new Int16Array(55).fill(-x).buffer),
    ];
    const seed = 4_000_000_000 + slot;
    this.#frame.add({ slot, newGame: step === 0, episode: slot + 1, step, seed, score: -5 }, data);
  }

  async ask(records: { slot: number; step: number; x: number }[]): Promise<number[]> {
    this.#frame.begin(++this.#ticket);
    for (const { slot, step, x } of records) this.#add(slot, step, x);
    this.reader.askAct(
      this.#ticket,
      records.map(({ slot }) => slot),
    );
    this.#write(this.#frame.end());
    await this.#answer();
    return [...this.reader.keys.subarray(0, records.length)];
  }

  over(slot: number): void {
    this.#write(
      encodeGameOver(slot, slot + 1, {
        ...{ reason: 'game_over', score: 9, turns: 8, steps: 7, ascended: false },
      }),
    );
  }

  /** What a slot shows after the key that ended its game. */
  last(slot: number, x: number): void {
    this.#frame.begin(0);
    this.#add(slot, 9, x);
    this.#write(this.#frame.end(FRAME.last));
  }

  async stop(): Promise<number> {
    this.#write(encodeStop());
    return this.exit;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

describe('the node SDK', () => {
  let host: Host | null = null;
  const run = async (file: string, code: string): Promise<Host> => {
    host = new Host(file, code);
    await host.hello();
    return host;
  };
  afterEach(() => {
    host?.kill();
  });

  it('counts bytes as the protocol does', async () => {
    const url = new URL('../../../agents/node/dist/runner/wire.js', import.meta.url);
    const wire = (await import(url.href)) as Record<string, unknown>;
    expect({ ...wire }).toEqual({
      PROTOCOL_VERSION,
      FRAME_HEADER_BYTES,
      FRAME,
      CHANGES_HEADER_BYTES,
      BLOCK_BYTES,
      NO_KEY,
      MAX_EXPLANATION_BYTES,
      RECORD_HEADER_BYTES,
      FLAG_NEW_GAME,
      ACT_HEADER_BYTES,
      ACT_ENTRY_BYTES,
      GAME_OVER_HEADER_BYTES,
    });
    expect(ALIGNMENT).toBe(8);
  });

  it('shows each game what was sent for it, without copying', async () => {
    const agent = await run(
      'views.mjs',
      `let buffer = null;
      export function createAgent(context) {
        console.log('seed', context.seed, context.fields.map((f) => f.name).join());
        return {
          reset(slot, info) { console.log('reset', slot, JSON.stringify(info)); },
          act(o) {
            buffer ??= o.blstats.buffer;
            if (o.blstats.buffer !== buffer || o.tty_cursor.buffer !== buffer) throw new Error('copied');
            console.log('see', o.slot, o.episode, o.step, o.score, o.newGame, o.blstats[26], o.inv_glyphs[54], o.tty_cursor.join());
            return o.blstats[0];
          },
        };
      }`,
    );
    expect(
      await agent.ask([
        { slot: 0, step: 0, x: 107 },
        { slot: 3, step: 0, x: 108 },
      ]),
    ).toEqual([107, 108]);
    expect(await agent.ask([{ slot: 3, step: 1, x: 106 }])).toEqual([106]);
    expect(await agent.stop()).toBe(0);
    expect(agent.log.trim().split('\n')).toEqual([
      'seed 77 tty_cursor,blstats,inv_glyphs',
      'reset 0 {"slot":0,"episode":1,"seed":4000000000}',
      'reset 3 {"slot":3,"episode":4,"seed":4000000003}',
      'see 0 1 0 -5 true 107 -107 3,4',
      'see 3 4 0 -5 true 108 -108 3,4',
      'see 3 4 1 -5 false 106 -106 3,4',
    ]);
  });

  it.each([
    [
      'promises.mjs',
      `export const createAgent = async () => ({ reset: async () => {}, act: async () => 115 });`,
    ],
    [
      'some-promises.mjs',
      `export const createAgent = () => ({ act: (o) => (o.slot ? Promise.resolve(115) : 115) });`,
    ],
    [
      'batch.mjs',
      `export const createAgent = () => ({ actBatch: (all) => Uint8Array.from(all, () => 115) });`,
    ],
    [
      'batch-promise.mjs',
      `export const createAgent = () => ({ actBatch: async (all) => all.map(() => 115) });`,
    ],
    ['common.cjs', `exports.createAgent = () => ({ act: () => 115 });`],
    ['common-default.cjs', `module.exports = { createAgent() { return { act: () => 115 }; } };`],
    [
      'types.ts',
      `import type { Agent } from '@arena/agent';\nexport function createAgent(): Agent { return { act: (): number => 115 }; }`,
    ],
    [
      'keeps-time.mjs',
      `export const createAgent = () => ({ act: () => new Promise((r) => setTimeout(r, 5, 115)) });`,
    ],
  ])('runs %s', async (file, code) => {
    const agent = await run(file, code);
    expect(await agent.ask([0, 1].map((slot) => ({ slot, step: 0, x: 1 })))).toEqual([115, 115]);
    expect(await agent.ask([{ slot: 1, step: 1, x: 1 }])).toEqual([115]);
    expect(await agent.stop()).toBe(0);
  });

  it('shows what the last key led to, and asks for it where the agent looks', async () => {
    const agent = await run(
      'last.mjs',
      `export const createAgent = () => ({ act: (o) => o.blstats[0], async seeLast(o) { console.log(o.slot, o.step, o.blstats[0]); } });`,
    );
    expect(agent.reader.ready?.lastObservation).toBe(true);
    await agent.ask([{ slot: 2, step: 0, x: 107 }]);
    agent.last(2, 0);
    agent.over(2);
    expect(await agent.ask([{ slot: 2, step: 0, x: 108 }])).toEqual([108]);
    expect(await agent.stop()).toBe(0);
    expect(agent.log).toBe('2 9 0\n');
  });

  it('asks for no last observation where the agent has none of its own name', async () => {
    const agent = await run(
      'no-last.mjs',
      `export const createAgent = () => ({ act: () => 115, seeLast: 1 });`,
    );
    expect(agent.reader.ready?.lastObservation).toBe(false);
    expect(await agent.stop()).toBe(0);
  });

  it('tells how a game ended', async () => {
    const agent = await run(
      'over.mjs',
      `export const createAgent = () => ({ act: () => 115, gameOver: (over) => console.log(JSON.stringify(over)) });`,
    );
    await agent.ask([{ slot: 2, step: 0, x: 1 }]);
    agent.over(2);
    expect(await agent.stop()).toBe(0);
    expect(JSON.parse(agent.log)).toEqual({
      slot: 2,
      episode: 3,
      reason: 'game_over',
      score: 9,
      turns: 8,
      steps: 7,
      ascended: false,
    });
  });

  it.each([
    [
      'nan.mjs',
      `act: () => 0 / 0`,
      /^the agent answered no action: NaN \(number\) \(answer a key of one of context\.actions/,
    ],
    ['index.mjs', `act: () => 'k'`, /no action: "k" \(string\)/],
    ['bool.mjs', `act: () => true`, /no action: true \(boolean\)/],
    ['half.mjs', `act: () => 107.5`, /no action: 107\.5 \(number\)/],
    ['big.mjs', `act: () => 256`, /no action: 256/],
    ['void.mjs', `act() {}`, /no action: undefined/],
    ['short.mjs', `actBatch: () => []`, /no action: actBatch answered 0 keys for 1 observations/],
    ['none.mjs', `actBatch() {}`, /no action: actBatch answered no list of keys for 1 observations/],
    ['long.mjs', `act: () => 'é'.repeat(5000)`, /no action: "é{39} \(string\)/],
  ])('goes on after %s, which ends the game and says what came', async (file, method, message) => {
    const agent = await run(file, `export const createAgent = () => ({ ${method} });`);
    for (const step of [0, 1]) {
      expect(await agent.ask([{ slot: 0, step, x: 1 }])).toEqual([NO_KEY]);
      expect(agent.reader.explanationOf(0)).toMatch(message);
    }
    expect(await agent.stop()).toBe(0);
    expect(agent.log).toMatch(/^invalid action: /);
  });

  it('ends only the games without a valid key, and says for each what came', async () => {
    const agent = await run(
      'one.mjs',
      `export const createAgent = () => ({ act: (o) => [107, -1, 'a\\nb'][o.slot] });`,
    );
    expect(await agent.ask([0, 1, 2].map((slot) => ({ slot, step: 0, x: 1 })))).toEqual([
      107,
      NO_KEY,
      NO_KEY,
    ]);
    expect([0, 1, 2].map((place) => agent.reader.explanationOf(place))).toEqual([
      '',
      expect.stringMatching(/no action: -1 \(number\) \(answer a key of one of context\.actions/),
      expect.stringMatching(/no action: "a\\nb" \(string\) \(answer a key of one of context\.actions/),
    ]);
  });

  it.each([
    [
      'field.mjs',
      `act: (o) => o.glyphs[0]`,
      /the field glyphs was not asked for: add it to "fields" in arena\.json/,
    ],
    [
      'throws.mjs',
      `act() { null.x; }`,
      /TypeError: Cannot read .*\n\s+at Object\.act \(file:.*throws\.mjs:1/,
    ],
    ['rejects.mjs', `act: async () => { throw new Error('later'); }`, /Error: later\n\s+at Object\.act/],
  ])('ends %s with its error and code 1', async (file, method, message) => {
    const agent = await run(file, `export const createAgent = () => ({ ${method} });`);
    await expect(agent.ask([{ slot: 0, step: 0, x: 1 }])).rejects.toThrow(/ended with 1/);
    expect(agent.log).toMatch(message);
  });

  it.each([
    ['nothing.mjs', `export const other = 1;`, /does not export a function createAgent/],
    [
      'odd.mjs',
      `export const createAgent = () => ({});`,
      /has to return an object with a method act or actBatch/,
    ],
    ['syntax.mjs', `export const createAgent = (;`, /SyntaxError/],
  ])('does not start %s', async (file, code, message) => {
    await expect(run(file, code)).rejects.toThrow(/ended with 1/);
    expect(host?.log).toMatch(message);
  });
});
