import { Engine } from '@arena/engine';

export interface LoadedEngine {
  engine: Engine;
  /** True if the downloaded file was hashed here and is the one that scored the game. */
  checked: boolean;
}

/**
 * Downloads the engine that played a game, by its id, and checks that it is the one: the id is the sha256 of
 * engine.wasm; engine-step.wasm, made from the same module, is held to what engine.json says of the two.
 * Throws with words for the visitor.
 */
export async function loadEngine(engineId: string): Promise<LoadedEngine> {
  const base = `/engine/${encodeURIComponent(engineId)}`;
  const [host, step, list] = await Promise.all([
    download(`${base}/engine.wasm`),
    download(`${base}/engine-step.wasm`),
    download(`${base}/engine.json`),
  ]);
  // Browsers hash only on https and localhost; elsewhere the engine still plays, and the page says that it is unchecked.
  const checked = globalThis.isSecureContext;
  if (checked) {
    await check('engine.wasm', host, engineId);
    const listed = sumsOf(list);
    if (listed?.engine !== engineId) throw wrongFile('engine.json', listed?.engine ?? 'unreadable', engineId);
    await check('engine-step.wasm', step, listed.step);
  }
  return { engine: await Engine.load({ id: engineId, host, step }), checked };
}

async function download(path: string): Promise<ArrayBuffer> {
  const response = await fetch(path);
  if (response.ok) return response.arrayBuffer();
  throw new Error(
    response.status === 404
      ? 'The engine that played this game is not kept on this server any more, so the replay cannot run. Its figures above stay valid.'
      : `The engine could not be downloaded (the server answered ${response.status}). Reload the page to try again.`,
  );
}

async function check(name: string, bytes: ArrayBuffer, wanted: string): Promise<void> {
  const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes));
  if (sha256 !== wanted) throw wrongFile(name, sha256, wanted);
}

function wrongFile(name: string, found: string, wanted: string): Error {
  return new Error(
    `The engine that came is not the one that scored this game (${name}: ${found.slice(0, 12)} instead of ${wanted.slice(0, 12)}). That is a fault of the platform; tell its organisers.`,
  );
}

/** What engine.json lists; null if it cannot be read. */
function sumsOf(list: ArrayBuffer): { engine: string; step: string } | null {
  try {
    const { files } = JSON.parse(new TextDecoder().decode(list)) as {
      files: Record<'engine.wasm' | 'engine-step.wasm', { sha256: string }>;
    };
    return { engine: files['engine.wasm'].sha256, step: files['engine-step.wasm'].sha256 };
  } catch {
    return null;
  }
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
