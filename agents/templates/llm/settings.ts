/** What the environment says about the model server. */
export interface Settings {
  readonly url: URL;
  readonly model: string;
  readonly key: string | null;
  readonly timeoutMs: number;
  readonly tries: number;
  readonly backoffMs: number;
  readonly mostCalls: number;
  readonly mostTokens: number;
  readonly mostSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Null where no server is named, as in an arena's sandbox. Throws Error with the variable's name for what cannot be meant. */
export function readSettings(env: Environment): Settings | null {
  const address = env['ARENA_MODEL_URL'];
  if (address === undefined || address === '') return null;
  return {
    url: endpoint(address),
    model: env['ARENA_MODEL'] ?? 'default',
    key: env['ARENA_MODEL_KEY'] ?? null,
    timeoutMs: whole(env, 'ARENA_MODEL_TIMEOUT_MS', 30_000, 1),
    tries: whole(env, 'ARENA_MODEL_TRIES', 4, 1),
    backoffMs: whole(env, 'ARENA_MODEL_BACKOFF_MS', 500, 0),
    mostCalls: whole(env, 'ARENA_MODEL_MOST_CALLS', 2000, 0),
    mostTokens: whole(env, 'ARENA_MODEL_MOST_TOKENS', 2_000_000, 0),
    mostSeconds: whole(env, 'ARENA_MODEL_MOST_SECONDS', 3600, 0),
  };
}

const CHAT = '/chat/completions';

function endpoint(address: string): URL {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new Error(`ARENA_MODEL_URL is ${address}; an address such as http://127.0.0.1:8080/v1 is wanted`);
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith(CHAT) ? path : `${path}${CHAT}`;
  return url;
}

function whole(env: Environment, name: string, usual: number, least: number): number {
  const text = env[name];
  if (text === undefined || text === '') return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw new Error(`${name} is ${text}; a whole number from ${least} on is wanted`);
  return value;
}
