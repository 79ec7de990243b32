import { isPlain, isStorable } from '@arena/contracts';
import { agentManifest, ManifestError } from '@arena/protocol';
import type { Chance } from './chance.ts';
import { ownMemoryMiB, type Kind } from './kind.ts';
import { json, objectLike } from './texts.ts';

const GOOD = {
  $schema: 'https://example.org/manifest.json',
  name: 'Fuzz',
  version: '1.0.0',
  kind: 'symbolic',
  runtime: 'node',
  entry: 'main.js',
  fields: ['glyphs', 'blstats'],
  gamesAtOnce: 2,
  authors: ['A'],
  description: 'x',
  licence: 'MIT',
};
const MODEL = {
  ...GOOD,
  runtime: 'onnx',
  entry: 'main.onnx',
  onnx: {
    inputs: [{ name: 'map', from: 'glyphs', crop: [9, 9], fill: 2359, oneHot: 8 }],
    output: { name: 'logits', is: 'logits', choose: 'sample', temperature: 1, actions: [1, 2] },
  },
};
const OLD = {
  name: 'x',
  version: '1',
  authors: ['a'],
  author: 'b',
  tags: ['neural'],
  license: 'MIT',
  gpu: true,
};

function manifest(chance: Chance): Buffer {
  // The first byte says which file it is.
  const [name, good] = chance.pick([
    ['a', GOOD],
    ['a', MODEL],
    ['o', OLD],
  ] as [[string, Record<string, unknown>], ...[string, Record<string, unknown>][]]);
  let body = Buffer.from(chance.once(10) ? json(chance) : objectLike(chance, good));
  if (chance.once(30)) body = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
  if (chance.once(12)) body = chance.mutated(body);
  return Buffer.concat([Buffer.from(name), body]);
}

export const manifests: Kind = {
  name: 'manifests',
  concurrency: 1,
  warmAfter: 200,
  open: () =>
    Promise.resolve({
      make: manifest,
      feed: (input) => {
        const name = input[0] === 0x6f ? 'aicrowd.json' : 'arena.json';
        const file = { name, bytes: input.subarray(1) };
        try {
          const found = agentManifest(file, (path) => ['main.js', 'main.onnx', 'agent.py'].includes(path));
          for (const text of [found.name, found.description ?? '', ...found.authors, found.licence ?? ''])
            if (!isPlain(text)) throw new Error(`a name that is not plain: ${JSON.stringify(text)}`);
          if (!isStorable(found.$schema ?? '')) throw new Error('a $schema that no database stores');
          return Promise.resolve('accepted');
        } catch (error) {
          if (!(error instanceof ManifestError)) throw error;
          if (!isPlain(error.message) || error.message.length > 8_000)
            throw new Error(`a message that is not plain or too long: ${JSON.stringify(error.message)}`, {
              cause: error,
            });
          return Promise.resolve(error.problems[0]?.field === '' ? 'refused as a whole' : 'refused by field');
        }
      },
      memoryMiB: ownMemoryMiB,
      fault: () => null,
      close: () => Promise.resolve(),
    }),
};
