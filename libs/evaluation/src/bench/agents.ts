/**
 * Trivial agents: what is left of a step when nothing is thought. They walk about, so that observations do change, and press
 * ESC at every ninth step, so that no question holds them.
 */
import type { Runtime } from '@arena/protocol';

/** Models have no code: they are measured from outside. */
export type Programmed = Exclude<Runtime, 'onnx'>;

export interface BenchAgent {
  entry: string;
  files: Readonly<Record<string, string>>;
}

/** The same in C: one program plays all games of a question, so that there is no difference between one and many. */
const WALKER_IN_C = `#include <time.h>
#include "arena.h"

static uint32_t question, step;
static struct timespec began;

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) + (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

static int act(const arena_game *game) {
    (void)game;
    uint32_t asked;
    memcpy(&asked, arena.buffer, 4);
    if (asked != question) {
        question = asked;
        if (step == WARM) clock_gettime(CLOCK_MONOTONIC, &began);
        if (step++ == WARM + COUNT) {
            fprintf(stderr, "answers a second: %f\\n", COUNT / seconds());
            exit(0);
        }
    }
    return step % 9 == 0 ? 27 : "kljhunby"[(step * 2654435761u) >> 13 & 7];
}

int main(void) { return arena_play("walker", "1", NULL, act); }
`;

/**
 * WARM answers that do not count, while code is compiled and memory is touched, then COUNT that do; the last thing it does is to
 * tell how many answers a second there were.
 */
export const WALKERS: Record<Programmed, { batched: BenchAgent; single: BenchAgent }> = {
  node: {
    batched: {
      entry: 'agent.js',
      files: {
        'agent.js': `let step = 0, begin = 0;
const index = () => {
  if (step === WARM) begin = performance.now();
  if (step++ === WARM + COUNT) {
    console.log('answers a second:', COUNT / (performance.now() - begin) * 1000);
    process.exit(0);
  }
  return step % 9 === 0 ? 38 : (Math.imul(step, 2654435761) >>> 13) & 7;
};
export const createAgent = ({ actions }) => ({
  actBatch: (observations) => {
    const { key } = actions[index()];
    return observations.map(() => key);
  },
});`,
      },
    },
    single: {
      entry: 'agent.js',
      files: {
        'agent.js': `let step = 0, begin = 0;
export const createAgent = ({ actions }) => ({
  act: () => {
    if (step === WARM) begin = performance.now();
    if (step++ === WARM + COUNT) {
      console.log('answers a second:', COUNT / (performance.now() - begin) * 1000);
      process.exit(0);
    }
    return actions[step % 9 === 0 ? 38 : (Math.imul(step, 2654435761) >>> 13) & 7].key;
  },
});`,
      },
    },
  },
  python: {
    batched: {
      entry: 'agent.py:Walker',
      files: {
        'agent.py': `import sys, time
import arena

class Walker(arena.BatchedAgent):
    step = 0

    def batched_step(self, observations, rewards, dones, infos):
        if self.step == WARM:
            self.begin = time.perf_counter()
        elif self.step == WARM + COUNT:
            print("answers a second:", COUNT / (time.perf_counter() - self.begin))
            sys.exit(0)
        self.step += 1
        action = 38 if self.step % 9 == 0 else (self.step * 2654435761 & 0xFFFFFFFF) >> 13 & 7
        return [action] * self.num_envs
`,
      },
    },
    single: {
      entry: 'agent.py:Walker',
      files: {
        'agent.py': `import sys, time
import arena

class Walker(arena.Agent):
    step = 0

    def act(self, observation):
        if self.step == WARM:
            self.begin = time.perf_counter()
        elif self.step == WARM + COUNT:
            print("answers a second:", COUNT / (time.perf_counter() - self.begin))
            sys.exit(0)
        self.step += 1
        return 38 if self.step % 9 == 0 else (self.step * 2654435761 & 0xFFFFFFFF) >> 13 & 7
`,
      },
    },
  },
  wasm: {
    batched: { entry: 'agent.wasm', files: { 'agent.c': WALKER_IN_C } },
    single: { entry: 'agent.wasm', files: { 'agent.c': WALKER_IN_C } },
  },
};

/** Answers at once: what is measured is its start. */
export const MAYFLIES: Record<Programmed, BenchAgent> = {
  node: {
    entry: 'agent.js',
    files: { 'agent.js': `export const createAgent = ({ actions }) => ({ act: () => actions[0].key });` },
  },
  python: {
    entry: 'agent.py:Mayfly',
    files: {
      'agent.py': `import arena

class Mayfly(arena.Agent):
    def act(self, observation):
        return 0
`,
    },
  },
  wasm: {
    entry: 'agent.wasm',
    files: {
      'agent.c': `#include "arena.h"
static int act(const arena_game *game) {
    (void)game;
    return 'k';
}
int main(void) { return arena_play("mayfly", "1", NULL, act); }
`,
    },
  },
};

/** Reads frames of a size and answers 12 bytes to each, with nothing around: `SIZE` is put in. */
const ECHO_PROGRAMS = {
  node: `const { readSync, writeSync } = require('node:fs');
const frame = new Uint8Array(SIZE), answer = new Uint8Array(12);
for (;;) {
  for (let at = 0; at < SIZE;) { const n = readSync(0, frame, at, SIZE - at, null); if (n === 0) process.exit(0); at += n; }
  writeSync(1, answer);
}`,
  python: `import io, os
frame, answer, raw = memoryview(bytearray(SIZE)), bytes(12), io.FileIO(0)
while True:
    at = 0
    while at < SIZE:
        got = raw.readinto(frame[at:])
        if not got: os._exit(0)
        at += got
    os.write(1, answer)`,
};

/** A module of WebAssembly is held to what runs it. */
export const ECHOES: Record<Runtime, string> = {
  ...ECHO_PROGRAMS,
  onnx: ECHO_PROGRAMS.node,
  wasm: ECHO_PROGRAMS.node,
};
