import { Engine } from '@arena/engine';

export interface LoadedEngine {
  engine: Engine;
  /** True if the downloaded file was hashed here and is the one that scored the game. */
  checked: boolean;
}

/**
 * Downloads the engine that played a game, by its id, and checks that it is the one: the id is the sha256 of
 * engine.wasm. Throws with words for the visitor.
 */
export async function loadEngine(engineId: string): Promise<LoadedEngine> {
  const base = `/engine/${encodeURIComponent(engineId)}`;
  const [host, step] = await Promise.all([
    download(`${base}/engine.wasm`),
    download(`${base}/engine-step.wasm`),
  ]);
  // Browsers hash only on https and localhost; elsewhere the engine still plays, and the page says that it is unchecked.
  const checked = globalThis.isSecureContext;
  if (checked) {
    const sha256 = hex(await crypto.subtle.digest('SHA-256', host));
    if (sha256 !== engineId) {
      throw new Error(
        `The engine that came is not the one that scored this game (${sha256.slice(0, 12)} instead of ${engineId.slice(0, 12)}). That is a fault of the platform; tell its organisers.`,
      );
    }
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

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
