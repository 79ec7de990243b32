import { writeSync } from 'node:fs';

const SEARCH = 115;

export function createAgent() {
  sayReady();
  answer(0, [0, 1]);
  return { act: () => SEARCH };
}

function sayReady() {
  const json = new TextEncoder().encode('{"protocol":1,"sdk":{"name":"none","version":"0"}}');
  const bytes = new Uint8Array(5 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes[4] = 129;
  bytes.set(json, 5);
  writeSync(1, bytes);
}

/** An answer as docs/AGENTS.md describes it. */
function answer(ticket, slots) {
  const bytes = new Uint8Array(9 + 3 * slots.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length - 5, true);
  bytes[4] = 130;
  view.setUint32(5, ticket, true);
  slots.forEach((slot, i) => {
    view.setUint16(9 + 3 * i, slot, true);
    bytes[11 + 3 * i] = SEARCH;
  });
  writeSync(1, bytes);
}
