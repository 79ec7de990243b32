import { writeSync } from 'node:fs';

export function createAgent() {
  sayReady();
  for (;;);
}

function sayReady() {
  const json = new TextEncoder().encode('{"protocol":1,"sdk":{"name":"none","version":"0"}}');
  const bytes = new Uint8Array(5 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes[4] = 129;
  bytes.set(json, 5);
  writeSync(1, bytes);
}
