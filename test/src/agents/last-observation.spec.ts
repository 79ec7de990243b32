import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Limits } from '@arena/contracts';
import { Engine } from '@arena/engine';
import { createAgentHost, type AgentHost, type GameResult } from '@arena/evaluation';
import { parseManifest } from '@arena/protocol';
import { builtAgent, dropBuilt } from '../kit/built-agent.ts';
import { playShard } from '../kit/play-shard.ts';

const LIMITS: Limits = {
  maxSteps: 40,
  noProgressSteps: 10_000,
  stepTimeoutMs: 20_000,
  timeBankMs: 60_000,
  startTimeoutMs: 20_000,
  memoryMiB: 256,
  processes: 40,
  outputBytesPerFrame: 4096,
  tmpMiB: 4,
};
/** Searches, #quit, yes, and past what is asked then. All but the first game are played on to the limit of keys. */
const KEYS = [115, 115, 115, 241, 121, ...Array.from({ length: 20 }, () => 27)];

/** Each tells the sum (FNV-1a) of the terminal that it was shown last of each game, and of the fields that a last observation clears. */
const NODE = `
  const KEYS = ${JSON.stringify(KEYS)};
  const sum = (bytes) => bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
  export const createAgent = () => ({
    act: ({ slot, episode, step }) => (slot === 0 && episode === 0 ? KEYS[step] : 115),
    seeLast: ({ tty_chars, blstats, step, score }) => console.log('last', sum(tty_chars), blstats[20], step, score),
    gameOver: ({ reason }) => console.log('over', reason),
  });`;

/** Does not ask for it: what it kept is as it was at its last question. */
const OLD_NODE = `
  const KEYS = ${JSON.stringify(KEYS)};
  let kept;
  let seen;
  export const createAgent = () => ({
    act(observation) {
      kept = observation;
      seen = Buffer.from(kept.tty_chars);
      return kept.episode === 0 ? KEYS[kept.step] : 115;
    },
    gameOver: () => console.log('kept', seen.equals(kept.tty_chars)),
  });`;

const PYTHON_SUM = `
KEYS = ${JSON.stringify(KEYS)}

def total(field):
    hash = 2166136261
    for byte in field.tobytes():
        hash = ((hash ^ byte) * 16777619) & 0xFFFFFFFF
    return hash
`;

const PYTHON = `
import arena
${PYTHON_SUM}
class Quitter(arena.Agent):
    def act(self, observation):
        keys = [action.key for action in self.context.actions]
        first = observation.slot == 0 and observation.episode == 0
        return keys.index(KEYS[observation.step] if first else 115)

    def see_last(self, observation):
        print("last", total(observation["tty_chars"]), observation["blstats"][20], observation.step, observation.score)

    def game_over(self, over):
        print("over", over.reason)
`;

const BATCHED = `
import arena
from nle import nethack
${PYTHON_SUM}
ALL = [int(action) for action in nethack.ACTIONS]

class Quitter(arena.BatchedAgent):
    def batched_step(self, observations, rewards, dones, infos):
        return [ALL.index(KEYS[o.step] if o.slot == 0 and o.episode == 0 else 115) for o in observations]

    def see_last(self, observation):
        print("last", total(observation["tty_chars"]), observation["blstats"][20], observation.step, observation.score)
`;

const LOOP = `
import gym
import nle
${PYTHON_SUM}
env = gym.make("NetHackChallenge-v0")
keys = [int(action) for action in env.actions]
for game in range(1000):
    env.reset()
    done, steps, score = False, 0, 0.0
    while not done:
        observation, reward, done, info = env.step(keys.index(KEYS[steps] if game == 0 else 115))
        steps, score = steps + 1, score + reward
    print("last", total(observation["tty_chars"]), observation["blstats"][20], steps, int(score))
`;

const VECTOR = `
import arena
${PYTHON_SUM}
games = arena.make_vector(num_envs=2)
from nle import nethack
ALL = [int(action) for action in nethack.ACTIONS]
games.reset()
steps, scores, is_first = [0, 0], [0.0, 0.0], True
while True:
    keys = [ALL.index(KEYS[steps[0]] if is_first else 115), ALL.index(115)]
    observations, rewards, dones, infos = games.step(keys)
    for place in range(2):
        steps[place] += 1
        scores[place] += rewards[place]
        if dones[place]:
            seen = infos[place]["final_observation"]
            print("last", total(seen["tty_chars"]), seen["blstats"][20], steps[place], int(scores[place]))
            steps[place], scores[place], is_first = 0, 0.0, is_first and place != 0
        else:
            assert "final_observation" not in infos[place]
`;

/** Environments of the submission's own: each place's wrapper sees the end, before the game beside goes on. */
const WRAPPED = `
import aicrowd_gym
import gym
from nle import nethack
${PYTHON_SUM}
ALL = [int(action) for action in nethack.ACTIONS]

class Tells(gym.Wrapper):
    def reset(self, **options):
        self.steps, self.score = 0, 0.0
        return self.env.reset(**options)

    def step(self, action):
        observation, reward, done, info = self.env.step(action)
        self.steps, self.score = self.steps + 1, self.score + reward
        if done:
            print("last", total(observation["tty_chars"]), observation["blstats"][20], self.steps, int(self.score))
        return observation, reward, done, info

class Quitter:
    def __init__(self, num_envs, num_actions):
        self.step, self.is_first = 0, True

    def batched_step(self, observations, rewards, dones, infos):
        self.is_first = self.is_first and not dones[0]
        self.step += 1
        return [ALL.index(KEYS[self.step - 1]) if self.is_first else ALL.index(115), ALL.index(115)]

class SubmissionConfig:
    AGENT = Quitter
    NUM_ENVIRONMENTS = 2
    MAKE_ENV_FN = lambda: Tells(aicrowd_gym.make("NetHackChallenge-v0"))
`;

const C = `
#include "arena.h"
static const uint8_t keys[] = {${KEYS.join()}};
static uint32_t chars, blstats;
static void start(const char *hello) { chars = arena_offset(hello, "tty_chars"); blstats = arena_offset(hello, "blstats"); }
static int act(const arena_game *game) { return game->slot == 0 && game->episode == 0 ? keys[game->step] : 's'; }
static void last(const arena_game *game) {
    const uint8_t *seen = arena_field(game, chars);
    uint32_t hash = 2166136261u;
    for (int i = 0; i < 24 * 80; i++) hash = (hash ^ seen[i]) * 16777619u;
    const int32_t *figures = arena_field(game, blstats);
    fprintf(stderr, "last %u %d %u %d\\n", hash, figures[20], game->step, game->score);
}
int main(void) { return arena_play_last("quitter", "1", start, act, last); }
`;

const ASSEMBLYSCRIPT = `
import { Game, hello, log, play } from './arena';
const keys: i32[] = ${JSON.stringify(KEYS)};
const told = hello();
const chars = told.offset('tty_chars');
const blstats = told.offset('blstats');
function last(game: Game): void {
  let hash: u32 = 2166136261;
  for (let i = 0; i < 24 * 80; i++) hash = (hash ^ game.get<u8>(chars, i)) * 16777619;
  log(\`last \${hash} \${game.get<i32>(blstats, 20)} \${game.step} \${game.score}\`);
}
let begun = 0;
function act(game: Game): i32 {
  if (game.slot == 0 && game.newGame) begun++;
  return game.slot == 0 && begun == 1 ? keys[game.step] : 115;
}
play('quitter', '1', act, last);
`;

let host: AgentHost;
let engine: Engine;
let folder: string;
beforeAll(async () => {
  host = createAgentHost({ uids: { first: 3_944_000, count: 16 } });
  engine = await Engine.load();
  folder = mkdtempSync(join(tmpdir(), 'arena-last-'));
});
afterAll(() => {
  host.stage.dispose();
  dropBuilt();
  rmSync(folder, { recursive: true, force: true });
});

interface Case {
  runtime: 'node' | 'python' | 'wasm';
  files: Record<string, string>;
  entry: string;
  gamesAtOnce?: number;
  borrows?: Record<string, string>;
  /** How many of the games it can tell the end of. */
  tellsOf?: number;
}

async function play({ runtime, files, entry, gamesAtOnce = 2, borrows }: Case): Promise<{
  results: GameResult[];
  log: string[];
}> {
  const source = mkdtempSync(join(folder, 'agent-'));
  const manifest = {
    ...{ name: 'last', version: '1', kind: 'symbolic', runtime, entry, authors: ['test'], gamesAtOnce },
    fields: ['blstats', 'tty_chars', 'misc', 'message'],
  };
  mkdirSync(source, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text);
  writeFileSync(join(source, 'arena.json'), JSON.stringify(manifest));
  if (borrows) writeFileSync(join(source, 'template.json'), JSON.stringify(borrows));
  const agentFolder = runtime === 'wasm' ? builtAgent(source) : source;
  const { results, report } = await playShard({
    ...{ host, agentFolder, limits: LIMITS, games: 3, seed: 11 },
    manifest: parseManifest(Buffer.from(JSON.stringify(manifest))),
  });
  return {
    results,
    log: report.log.split('\n').filter((line) => /^(last|kept|over) /.test(line)),
  };
}

/** What the keys of a game lead to, by the engine alone. */
function lastOf({ tape, score, steps }: GameResult): { line: string; screen: string } {
  if (tape === null) throw new Error('a game has no tape');
  const game = engine.newGame(tape.settings);
  try {
    for (const key of tape.keys) game.step(key);
    const { tty_chars, blstats } = game.observation;
    const hash = tty_chars.reduce((sum, byte) => Math.imul(sum ^ byte, 16_777_619) >>> 0, 2_166_136_261);
    return {
      line: `last ${hash} ${blstats[20] ?? 0} ${steps} ${score}`,
      screen: Buffer.from(tty_chars).toString('latin1'),
    };
  } finally {
    game.dispose();
  }
}

describe('what the last key led to is shown to', () => {
  it.each<[string, Case]>([
    ['an agent in node that sees it', { runtime: 'node', entry: 'agent.mjs', files: { 'agent.mjs': NODE } }],
    ['an agent in Python', { runtime: 'python', entry: 'agent.py:Quitter', files: { 'agent.py': PYTHON } }],
    [
      'a batched agent in Python',
      { runtime: 'python', entry: 'agent.py:Quitter', files: { 'agent.py': BATCHED } },
    ],
    [
      'a loop over a gym environment',
      { runtime: 'python', entry: 'play.py', gamesAtOnce: 1, files: { 'play.py': LOOP } },
    ],
    [
      'a loop over games side by side, which is stopped at the end of the last',
      { runtime: 'python', entry: 'play.py', files: { 'play.py': VECTOR }, tellsOf: 2 },
    ],
    [
      'wrappers of 2021',
      {
        runtime: 'python',
        entry: 'submission_config.py',
        files: { 'submission_config.py': WRAPPED },
      },
    ],
    [
      'an agent in C',
      {
        runtime: 'wasm',
        entry: 'agent.wasm',
        files: { 'agent.c': C },
        borrows: { 'arena.h': 'wasm/c/arena.h' },
      },
    ],
    [
      'an agent in AssemblyScript',
      {
        runtime: 'wasm',
        entry: 'agent.wasm',
        files: { 'agent.ts': ASSEMBLYSCRIPT },
        borrows: { 'arena.ts': 'wasm/assemblyscript/arena.ts' },
      },
    ],
  ])('%s', async (_name, agent) => {
    const { results, log } = await play(agent);
    expect(results.map(({ verdict, endReason }) => [verdict, endReason])).toEqual([
      ['ok', 'game_over'],
      ['ok', 'step_limit'],
      ['ok', 'step_limit'],
    ]);
    const expected = results.map(lastOf);
    const lines = expected.slice(0, agent.tellsOf ?? 3).map(({ line }) => line);
    expect(log.filter((line) => line.startsWith('last')).sort()).toEqual(lines.sort());
    // Of the game that ended by itself it is NetHack's list of scores, and no longer the map.
    expect(expected[0]?.screen).toMatch(/quit in The Dungeons of Doom/);
    expect(expected[0]?.line).toMatch(/^last \d+ 0 /);
    expect(expected[1]?.line).not.toMatch(/^last \d+ 0 /);
  });

  it('nobody who does not ask', async () => {
    const { results, log } = await play({
      ...{ runtime: 'node', entry: 'agent.mjs', gamesAtOnce: 1, files: { 'agent.mjs': OLD_NODE } },
    });
    expect(results.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
    expect(log).toEqual(['kept true', 'kept true', 'kept true']);
  });
});
