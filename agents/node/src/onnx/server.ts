/**
 * Models for a program in another language: `node server.js`, asked over standard input, answering on standard output, until
 * the input ends. A message is `u32` length of its JSON, `u32` length of its body, the JSON (a multiple of 8 long), the body. The
 * JSON's `tensors` have name, type, dims, and `at` and `bytes` in the body, where each begins at a multiple of 8.
 *
 * - `{"call":"load","path","threads"}` → `{"model","inputs","outputs"}`
 * - `{"call":"run","model","tensors"}` → `{"tensors"}`
 * - `{"call":"close","model"}` → `{}`
 *
 * What does not go well is answered by `{"error"}`, and the next message is read.
 */
import { readSync, writeSync } from 'node:fs';
import { ELEMENTS, type ElementType, type Elements } from './elements.ts';
import { loadModel, type Model } from './load-model.ts';
import { ModelError } from './model-error.ts';
import type { ModelTensor } from './session.ts';

interface Placed {
  name: string;
  type: ElementType;
  dims: readonly number[];
  at: number;
  bytes: number;
}

type Call =
  | { call: 'load'; path: string; threads: number }
  | { call: 'run'; model: number; tensors: readonly Placed[] }
  | { call: 'close'; model: number };

const HEAD = 8;
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

const models = new Map<number, Model>();
let count = 0;

function modelOf(number: number): Model {
  const model = models.get(number);
  if (model === undefined) throw new ModelError('the model is closed');
  return model;
}

async function answer(
  call: Call,
  body: ArrayBuffer,
): Promise<{ told: object; data?: Record<string, ModelTensor> }> {
  switch (call.call) {
    case 'load': {
      const model = await loadModel(call.path, { threads: call.threads });
      models.set(++count, model);
      return { told: { model: count, inputs: model.inputs, outputs: model.outputs } };
    }
    case 'run': {
      const model = modelOf(call.model);
      const feeds = call.tensors.map(({ name, type, dims, at, bytes }) => {
        const Kind = ELEMENTS[type];
        return [name, { data: new Kind(body, at, bytes / Kind.BYTES_PER_ELEMENT), dims }] as const;
      });
      return { told: {}, data: await model.run(Object.fromEntries(feeds)) };
    }
    case 'close': {
      await models.get(call.model)?.close();
      models.delete(call.model);
      return { told: {} };
    }
  }
}

/** Null when the input ended. */
function read(length: number): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(length);
  for (let have = 0; have < length;) {
    const n = readSync(0, bytes, have, length - have, null);
    if (n === 0) return null;
    have += n;
  }
  return bytes;
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Elements): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function write(told: object, data: Record<string, ModelTensor> = {}): void {
  let at = 0;
  const pieces: Uint8Array[] = [];
  const tensors = Object.entries(data).map(([name, { data: elements, dims }]) => {
    const bytes = bytesOf(elements);
    const placed = { name, dims, at, bytes: bytes.length };
    pieces.push(bytes, new Uint8Array(padded(bytes.length) - bytes.length));
    at += padded(bytes.length);
    return placed;
  });
  const text = JSON.stringify({ ...told, tensors });
  const json = new TextEncoder().encode(
    text.padEnd(text.length + padded(Buffer.byteLength(text)) - Buffer.byteLength(text)),
  );
  const head = Uint32Array.of(json.length, at);
  writeAll(Buffer.concat([new Uint8Array(head.buffer), json, ...pieces]));
}

for (let head = read(HEAD); head !== null; head = read(HEAD)) {
  const [jsonBytes = 0, bodyBytes = 0] = new Uint32Array(head.buffer);
  const json = read(jsonBytes);
  const body = read(bodyBytes);
  if (json === null || body === null) break;
  try {
    const { told, data } = await answer(JSON.parse(new TextDecoder().decode(json)) as Call, body.buffer);
    write(told, data);
  } catch (error) {
    write({ error: error instanceof Error ? error.message : String(error) });
  }
}
