import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import { pythonOf } from './root-runtime.ts';
import { AGENT_FOLDER, type AgentRuntime } from './runtime.ts';
import type { Binding } from './specification.ts';
import type { Stage } from './staging.ts';

/** The system's own, which every sandbox sees with all its packages; not one that a user has installed. */
const PYTHON = '/usr/bin/python3';
const SDK = '/runtime/python';
/** What of agents/python submissions may import. */
const PACKAGES = ['arena', 'nle', 'gym', 'gymnasium'];
const MODULES = ['aicrowd_gym.py'];
/**
 * Where Debian's packages keep what their modules read: pandas' time zones, matplotlib's styles and fonts, seaborn's tables. Its settings
 * of matplotlib are a link into /etc.
 */
const DATA = ['/usr/share', '/etc/fonts', '/etc/matplotlibrc'];
const REMEDY = 'Install the Debian packages: apt-get install python3 python3-numpy';

/**
 * Asks for versions, and for the folders of libraries that numpy loads from beside the usual ones: on Debian its BLAS is found
 * by links through /etc/alternatives, which no sandbox sees.
 */
const PROBE = `
import json, numpy, numpy.linalg, os, platform
files = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
folders = {os.path.dirname(file) for file in files if "/python3" not in file and file.startswith("/usr/lib/")}
usual = {os.path.realpath(place) for place in ("/lib", "/usr/lib", "/lib64", *(os.path.dirname(file) for file in files if "/libc.so" in file))}
print(json.dumps({"python": platform.python_version(), "numpy": numpy.__version__, "libraries": sorted(folders - usual)}))
`;

interface Found {
  /** As seen inside. */
  program: string;
  description: string;
  /** Folders of libraries beside the usual ones. */
  libraries: string[];
}

export interface PythonRuntimeFiles {
  /** agents/python of this repository. */
  sdkFolder: string;
  /** A root file system whose Python it is; default: the system's. */
  root?: string;
}

/** Runs entries with the system's Python, or another root's. Throws SandboxError when it, numpy or the SDK is missing, and says how to get it. */
export function pythonRuntime(stage: Stage, { sdkFolder, root }: PythonRuntimeFiles): AgentRuntime {
  const found = root === undefined ? probe() : inRoot(root);
  const bindings = [...(root === undefined ? dataBindings() : []), ...stageSdk(stage, sdkFolder)];
  return {
    name: 'python',
    description: found.description,
    sandbox: ({ folder, entry, stdinBytes }, limits) => ({
      command: [found.program, '-s', `${SDK}/arena/runner/__main__.py`, AGENT_FOLDER, entry],
      bindings: [...bindings, { source: folder, target: AGENT_FOLDER }],
      limits,
      environment: {
        LD_LIBRARY_PATH: found.libraries.join(':'),
        // A set's order is the same each time, so that an agent is.
        PYTHONHASHSEED: '0',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUTF8: '1',
        // A library's pool of threads, one a processor, would count against the limit of processes and gain nothing.
        OPENBLAS_NUM_THREADS: '1',
        OMP_NUM_THREADS: '1',
        MKL_NUM_THREADS: '1',
      },
      stdinBytes,
    }),
  };
}

function dataBindings(): Binding[] {
  return DATA.filter((path) => existsSync(path)).map((path) => ({ source: path, target: path }));
}

function probe(): Found {
  if (!existsSync(PYTHON)) throw new SandboxError(`there is no ${PYTHON}. ${REMEDY}`);
  const asked = spawnSync(PYTHON, ['-s', '-E', '-c', PROBE], { env: {}, cwd: '/', encoding: 'utf8' });
  if (asked.status !== 0) {
    const reason = asked.stderr.trim().split('\n').at(-1) ?? 'it does not run';
    throw new SandboxError(`${PYTHON} cannot import numpy (${reason}). ${REMEDY}`);
  }
  const { python, numpy, libraries } = JSON.parse(asked.stdout) as Probed;
  return { program: PYTHON, description: `Python ${python}, numpy ${numpy}`, libraries };
}

interface Probed {
  python: string;
  numpy: string;
  libraries: string[];
}

/** Nothing of a root is run outside of a sandbox: whether numpy is there is for the self-test to find. */
function inRoot(root: string): Found {
  const program = pythonOf(root);
  return { program, description: `Python in ${root}`, libraries: [] };
}

/** The SDK under /runtime/python, compiled: 60 ms of an agent's start otherwise. */
function stageSdk(stage: Stage, sdkFolder: string): Binding[] {
  const folders = PACKAGES.map((name) => {
    const source = join(sdkFolder, name);
    if (!existsSync(source)) throw new SandboxError(`the Python SDK is not whole: ${source} is missing`);
    const target = `${SDK}/${name}`;
    const kept = stage.keepFolder(source, (copy) => {
      compile(copy, target);
    });
    return { source: kept, target };
  });
  const files = MODULES.map((name) => ({
    source: stage.keep(join(sdkFolder, name)),
    target: `${SDK}/${name}`,
  }));
  return [...folders, ...files];
}

/** Bytecode that is never compared with its source, under the path that tracebacks shall name. Without it all works, slower. */
function compile(copy: string, target: string): void {
  const mode = ['--invalidation-mode', 'unchecked-hash'];
  spawnSync(PYTHON, ['-s', '-E', '-m', 'compileall', '-q', '-f', ...mode, '-s', copy, '-p', target, copy], {
    env: {},
    cwd: '/',
    stdio: 'ignore',
  });
}
