/**
 * What to do about errors that beginners run into because of the sandbox, and whose own words do not say so. Each pattern is looked for in
 * the agent's last error and what was printed after it; the first that is found counts.
 */
const HINTS: readonly (readonly [pattern: RegExp, hint: string | ((found: RegExpExecArray) => string)])[] = [
  [
    /attempted relative import/,
    "the entry is started as a program, not as part of a package: write 'import helper' for 'from . import helper', and 'from helper import f' for 'from .helper import f'",
  ],
  [
    /No module named '(torch|tensorflow|keras|jax|flax|onnxruntime)\b/,
    ([, name = '']) =>
      `this runtime has no ${name}, and an agent can install nothing: export the model as ONNX, which arena.onnx.load('policy.onnx') and the runtime onnx play, or ask the organiser for a runtime with ${name}`,
  ],
  [
    /No module named '([\w.]+)'/,
    'an agent can install nothing (no pip, no network): put a module of pure Python beside the entry, or ask the organiser to install its Debian package or to offer a runtime that has it',
  ],
  [
    /Cannot find (?:module|package) '(\/agent\/[^']+|\.[^']*)'/,
    ([, file = '']) =>
      `${file} is not among the agent's files: imports name the file with its ending ('./helper.js', or './helper.ts'), and upper and lower case count; arena pack lists what was left out`,
  ],
  [
    /Cannot find (?:module|package) '([^']+)'/,
    ([, name = '']) =>
      `an agent can install nothing (no npm, no network): bring ${name} along in a node_modules of the agent's folder, which .arenaignore must not leave out, or bundle it into the entry`,
  ],
  [
    /Address family not supported|EAFNOSUPPORT|EAI_AGAIN|ENOTFOUND|ENETUNREACH|Network is unreachable|(?:failure in|not known).*name resolution|Name or service not known|fetch failed/i,
    "agents have no network, by design: put what is downloaded into the agent's folder; 'arena play --unsandboxed' lets an agent for node ask a server while you try things out",
  ],
  [
    /'pip3?'|'-m', 'pip'|externally-managed-environment/,
    "an agent can install nothing, since it has no network: put pure-Python packages into the agent's folder",
  ],
  [
    /(?:assignment destination|output array|source array) is read-only|cannot set WRITEABLE flag/,
    'observations are read-only views that the next step changes: change a copy, such as observation["glyphs"].copy()',
  ],
  [
    /Read-only file system|EROFS/,
    "the agent's folder is read-only: write to /tmp, which is gone with the process, or print to standard error, whose end is shown",
  ],
  [
    /CUDA|No NVIDIA|cuInit|libcudart/,
    'agents have no graphics card: load and run models on the processor (map_location="cpu")',
  ],
  [
    /can't start new thread|pthread_create failed/,
    'processes and threads count against one limit (context.limits.processes)',
  ],
  [
    /__init__\(\) takes 1 positional argument but 2 were given/,
    'an agent is made with what is known before its games: def __init__(self, context), and super().__init__(context) in it',
  ],
  [
    /object has no attribute 'context'/,
    'a class with an __init__ of its own calls super().__init__(context) in it',
  ],
  [
    /(reset|act|game_over)\(\) takes 1 positional argument but 2 were given/,
    ([, name = '']) =>
      `it is called with one argument beside self: def ${name}(self, ${name === 'act' ? 'observation' : name === 'reset' ? 'game' : 'over'})`,
  ],
];

/** The first line of an error as Node and Python print it: at the line's start, while causes and frames are indented. */
const ERROR_LINE = /^(?:Uncaught )?[A-Za-z_.]*(?:Error|Exception)\b.*$/gm;
const ERROR_CHARACTERS = 400;

/** The agent's last error, which is the one that ended it, and what to do about it where that is known; null if it printed none. */
export function lastError(log: string): { line: string; hint: string | null } | null {
  const found = [...log.matchAll(ERROR_LINE)].at(-1);
  if (found === undefined) return null;
  const text = log.slice(found.index);
  return { line: found[0].slice(0, ERROR_CHARACTERS), hint: hintFor(text) };
}

/** What to do about an error; null where its own words have to do. */
export function hintFor(error: string): string | null {
  for (const [pattern, hint] of HINTS) {
    const found = pattern.exec(error);
    if (found !== null) return typeof hint === 'string' ? hint : hint(found);
  }
  return null;
}
