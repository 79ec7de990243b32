import { createHash } from 'node:crypto';
import { Engine } from '@arena/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Server, type Reply } from './server.ts';
import { FRAME_OF_CLIENT, FRAME_OF_SERVER, RESULT_FLAG } from './wire.ts';

const SEEDS = { core: '5', disp: '6' };
const SEARCH = 75;
const FIELDS = ['blstats', 'tty_chars'];

let engine: Engine;
let server: Server;
beforeAll(async () => {
  engine = await Engine.load();
  server = new Server(engine);
});

const ask = (value: unknown): Reply =>
  server.answer(FRAME_OF_CLIENT.call, new TextEncoder().encode(JSON.stringify(value)));

function told(reply: Reply): Record<string, unknown> {
  const text = Buffer.concat(reply.parts).toString();
  return { type: reply.type, ...(JSON.parse(text) as Record<string, unknown>) };
}

function step(group: number, ...actions: [number, number][]): Reply {
  const bytes = Buffer.alloc(8 + 8 * actions.length);
  bytes.writeUInt32LE(group, 0);
  bytes.writeUInt32LE(actions.length, 4);
  actions.forEach(([slot, action], i) => {
    bytes.writeUInt16LE(slot, 8 + 8 * i);
    bytes.writeInt32LE(action, 12 + 8 * i);
  });
  return server.answer(FRAME_OF_CLIENT.step, bytes);
}

interface Seen {
  reward: number;
  endStatus: number;
  flags: number;
  steps: number;
}

function seen(reply: Reply): Seen[] {
  expect(reply.type).toBe(FRAME_OF_SERVER.observed);
  const head = Buffer.from(reply.parts[0] ?? []);
  return Array.from({ length: head.readUInt32LE(4) }, (_, i) => ({
    reward: head.readDoubleLE(8 + 16 * i),
    endStatus: head.readInt16LE(16 + 16 * i),
    flags: head.readUInt16LE(18 + 16 * i),
    steps: head.readUInt32LE(20 + 16 * i),
  }));
}

const make = (change: Record<string, unknown> = {}, options: Record<string, unknown> = {}): number => {
  const reply = told(
    ask({ call: 'make', task: 'NetHackScore-v0', ...change, options: { fields: FIELDS, ...options } }),
  );
  expect(reply['type']).toBe(FRAME_OF_SERVER.reply);
  return reply['group'] as number;
};

describe('environments', () => {
  it('are played by frames, and tell their seeds and keys', () => {
    const group = make();
    expect(seen(ask({ call: 'reset', group, seeds: SEEDS }))).toEqual([
      { reward: 0, endStatus: 0, flags: RESULT_FLAG.fresh, steps: 0 },
    ]);
    expect(seen(step(group, [0, 22]))).toEqual([{ reward: 0, endStatus: 0, flags: 0, steps: 1 }]);
    const { seeds, keys, how } = told(ask({ call: 'result', group, slot: 0 }));
    expect([seeds, how]).toEqual([{ ...SEEDS, lgen: null, reseed: false }, null]);
    expect(Buffer.from(keys as string, 'base64').at(-1)).toBe(115);
  });

  it.each([
    ['of a task', { call: 'make', task: 'NetHackScore-v0', options: { fields: FIELDS } }, [22]],
    ['bare', { call: 'game', options: 'name:Agent-mon-hum-neu-mal,nolegacy', fields: FIELDS }, [115, 32]],
  ])(
    '%s take new seeds while they run, tell them, and have no keys to be played again by',
    (_, call, actions) => {
      let group = 0;
      const result = (): Record<string, unknown> => told(ask({ call: 'result', group, slot: 0 }));
      const run = (change: Record<string, unknown>): string => {
        group = told(ask(call))['group'] as number;
        ask({ call: 'reset', group, seeds: SEEDS });
        expect(result()['keys']).not.toBeNull();
        expect(told(ask({ call: 'reseed', group, slot: 0, ...change }))).toEqual({
          type: FRAME_OF_SERVER.reply,
        });
        const hash = createHash('sha256');
        for (let i = 0; i < 120; i++)
          // the first part names the group
          for (const part of step(group, [0, actions[i % actions.length] ?? 0]).parts.slice(1))
            hash.update(part);
        return hash.digest('hex');
      };
      const first = run({ core: '7', reseed: true });
      expect(result()).toMatchObject({ seeds: { core: '7', disp: '6', reseed: true }, keys: null });
      expect(run({ core: '7', reseed: true })).toBe(first);
      expect(run({ core: '8', reseed: true })).not.toBe(first);
      run({});
      expect(result()['seeds']).toMatchObject({ ...SEEDS, reseed: false });
    },
  );

  it('take no new seeds where they are hidden or nothing runs', () => {
    const reseed = (group: number): unknown =>
      told(ask({ call: 'reseed', group, slot: 0, core: '1', disp: '2' }))['code'];
    expect(reseed(make())).toBe('game_over');
    const challenge = make({ task: 'NetHackChallenge-v0' });
    ask({ call: 'reset', group: challenge });
    expect(reseed(challenge)).toBe('bad_task');
  });

  it('side by side end each by itself, and begin anew one by one', () => {
    const group = make({ games: 2 }, { maxEpisodeSteps: 2 });
    expect(seen(ask({ call: 'reset', group }))).toHaveLength(2);
    seen(step(group, [0, 22], [1, 22]));
    const told = (reply: Reply): unknown => seen(reply).map(({ flags, steps }) => [flags, steps]);
    const over = [RESULT_FLAG.truncated, 2];
    expect(told(step(group, [0, 22], [1, 22]))).toEqual([over, over]);
    expect(told(ask({ call: 'reset', group, slot: 1 }))).toEqual([[RESULT_FLAG.fresh, 0]]);
  });

  it('tell what is seen in words, too', () => {
    const fields = ['blstats', 'text_status', 'text_surroundings'];
    const reply = told(ask({ call: 'make', task: 'NetHackScore-v0', options: { fields } }));
    const laidOut = reply['fields'] as { name: string; offset: number; bytes: number }[];
    expect(laidOut.map(({ name }) => name)).toEqual(fields);
    const { parts } = ask({ call: 'reset', group: reply['group'], seeds: SEEDS });
    const first = Buffer.concat(parts).toString('latin1');
    expect(first).toContain('level 1 of the Dungeons of Doom');
    expect(first).toContain('You: human monk called Agent');
    const later = step(reply['group'] as number, [0, 22]).parts;
    expect(Buffer.concat(later).toString('latin1')).toContain('turn 2');
  });

  it('of the challenge do not tell their seeds', () => {
    const group = make({ task: 'NetHackChallenge-v0' });
    ask({ call: 'reset', group });
    expect(told(ask({ call: 'result', group, slot: 0 }))['seeds']).toBeNull();
    expect(told(ask({ call: 'reset', group, seeds: SEEDS }))).toMatchObject({ code: 'bad_task' });
    expect(seen(step(group, [0, SEARCH]))[0]?.steps).toBe(1);
  });

  it('may be bare games, which end by themselves', () => {
    const reply = told(ask({ call: 'game', options: 'name:Agent-mon-hum-neu-mal,nolegacy', fields: FIELDS }));
    const group = reply['group'] as number;
    expect(reply['actions']).toBeNull();
    ask({ call: 'reset', group, seeds: SEEDS });
    let flags = 0;
    for (const key of [32, 32, 32, 241, 121, ...Array.from({ length: 20 }, () => 27)]) {
      if (flags === 0) flags = seen(step(group, [0, key]))[0]?.flags ?? 0;
    }
    expect(flags).toBe(RESULT_FLAG.terminated);
    expect(told(ask({ call: 'result', group, slot: 0 }))).toMatchObject({ how: 13 });
  });

  it.each([
    [{ call: 'dance' }, 'bad_task', /call/],
    [
      { call: 'make', task: 'NetHack-v9', options: { fields: FIELDS } },
      'bad_task',
      /there is no task 'NetHack-v9'/,
    ],
    [{ call: 'make', task: 'NetHackScore-v0', options: {} }, 'bad_task', /options\.fields/],
    [
      { call: 'make', task: 'NetHackScore-v0', options: { fields: ['glyph'] } },
      'bad_task',
      /options\.fields/,
    ],
    [
      { call: 'make', task: 'NetHackScore-v0', options: { fields: FIELDS, penaltyStep: 'x' } },
      'bad_task',
      /penaltyStep/,
    ],
    [{ call: 'reset', group: 9999 }, 'game_over', /was closed/],
    [{ call: 'reset', group: 0, seeds: { core: '-1', disp: '1' } }, 'bad_task', /seeds\.core/],
    [{ call: 'press', group: 0, slot: 7, key: 27 }, 'bad_key', /no game 7/],
  ])('refuse %j', (call, code, message) => {
    make();
    expect(told(ask(call))).toEqual({
      type: FRAME_OF_SERVER.refusal,
      code,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [
      'NaN',
      '{"call": "make", "task": "NetHackScore-v0", "options": {"fields": ["blstats"], "penaltyStep": NaN}}',
      /NaN is no number/,
    ],
    [
      '-Infinity',
      '{"call": "make", "task": "NetHackScore-v0", "options": {"clock": -Infinity}}',
      /-Infinity is no number/,
    ],
    [
      '1e400',
      '{"call": "make", "task": "NetHackScore-v0", "options": {"fields": ["blstats"], "penaltyStep": 1e400}}',
      /penaltyStep/,
    ],
    ['no JSON', '{"call": ', /cannot be read: it is no JSON/],
    ['nothing', '', /cannot be read/],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), /cannot be read/],
    ['null', 'null', /found null, expected an object/],
    ['a list', '[]', /expected an object/],
    ['a number of a group that is none', '{"call": "reset", "group": 1e300}', /group/],
    ['lists nested 100,000 levels deep', '['.repeat(100_000) + ']'.repeat(100_000), /32 levels deep/],
    [
      'a NUL in an option',
      '{"call": "game", "options": "a\\u0000", "fields": ["blstats"]}',
      /options: holds a NUL/,
    ],
    [
      'a misspelt option',
      '{"call": "make", "task": "NetHackScore-v0", "options": {"fields": ["blstats"], "penaltySteps": 1}}',
      /penaltySteps" \(did you mean penaltyStep\?\)/,
    ],
  ])('refuse %s, and the games of others go on', (_what, text, message) => {
    const group = make();
    ask({ call: 'reset', group, seeds: SEEDS });
    const refusal = told(server.answer(FRAME_OF_CLIENT.call, Buffer.from(text)));
    expect(refusal).toEqual({
      type: FRAME_OF_SERVER.refusal,
      code: 'bad_task',
      message: expect.stringMatching(message),
    });
    expect(seen(step(group, [0, 22]))[0]?.steps).toBe(1);
  });

  it.each([0, 1, 7, 9, 15])('refuse a step of %i bytes', (length) => {
    expect(told(server.answer(FRAME_OF_CLIENT.step, new Uint8Array(length)))['code']).toBe('bad_task');
  });

  it('refuse a step that says it has more actions than it has', () => {
    const group = make();
    ask({ call: 'reset', group });
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32LE(group, 0);
    bytes.writeUInt32LE(0xffff_ffff, 4);
    expect(told(server.answer(FRAME_OF_CLIENT.step, bytes))['message']).toMatch(
      /4294967295 actions and has 1/,
    );
  });

  it('tell a fault of the engine to the request that met it, and go on', () => {
    const notes: string[] = [];
    const broken = new Proxy(engine, {
      get: (target, name) => {
        if (name === 'newGame') throw new RangeError('out of memory');
        return Reflect.get(target, name) as unknown;
      },
    });
    const own = new Server(broken, (line) => notes.push(line));
    const call = (value: unknown) =>
      told(own.answer(FRAME_OF_CLIENT.call, Buffer.from(JSON.stringify(value))));
    const { group } = call({ call: 'game', options: 'name:x', fields: FIELDS });
    expect(call({ call: 'reset', group })).toEqual({
      type: FRAME_OF_SERVER.refusal,
      code: 'internal',
      message: expect.stringMatching(/out of memory.*not your fault/),
    });
    expect(notes).toEqual([expect.stringMatching(/RangeError: out of memory\n/)]);
    expect(call({ call: 'close', group })).toEqual({ type: FRAME_OF_SERVER.reply });
  });

  it('refuse a step before a reset, an action out of range, and one after the end', () => {
    const group = make({}, { maxEpisodeSteps: 1 });
    const code = (reply: Reply): unknown => told(reply)['code'];
    expect(code(step(group, [0, 0]))).toBe('game_over');
    ask({ call: 'reset', group });
    expect(code(step(group, [0, 23]))).toBe('bad_key');
    expect(seen(step(group, [0, 22]))[0]?.flags).toBe(RESULT_FLAG.truncated);
    expect(code(step(group, [0, 22]))).toBe('game_over');
    ask({ call: 'close', group });
    expect(code(step(group, [0, 22]))).toBe('game_over');
  });
});
