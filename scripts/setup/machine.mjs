// @ts-check
/** What the machine must bring: Node, disk, Debian's packages. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { SetupError, say, step } from './report.mjs';
import { find, root, run } from './run.mjs';

/** Programs, or files by their whole path, by the Debian package that brings them. Agents in Python run on the system's. */
export const PACKAGES = {
  engine: { emcc: 'emscripten', 'clang-14': 'clang-14', 'wasm-ld-14': 'lld-14', 'wasm-opt': 'binaryen' },
  play: {
    bwrap: 'bubblewrap',
    bzip2: 'bzip2',
    setpriv: 'util-linux',
    '/usr/bin/python3': 'python3',
    '/usr/lib/python3/dist-packages/numpy/__init__.py': 'python3-numpy',
  },
  twin: {},
  sanitize: {
    '/usr/lib/llvm-14/lib/clang/14.0.6/include/sanitizer/asan_interface.h': 'libclang-rt-14-dev',
    'llvm-symbolizer-14': 'llvm-14',
  },
  // Agents in C are compiled by tests and benchmarks alone: a worker gets modules.
  wasm: {
    'clang-14': 'clang-14',
    'wasm-ld-14': 'lld-14',
    '/usr/lib/wasm32-wasi/libc.a': 'wasi-libc',
    '/usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a': 'libclang-rt-14-dev-wasm32',
  },
  // Only training takes it, and its test: 1 GB.
  train: { '/usr/lib/python3/dist-packages/torch/__init__.py': 'python3-torch' },
  // Hostile agents in C are compiled for this machine; nginx serves the website as its image does.
  test: {
    chromium: 'chromium',
    gcc: 'gcc',
    '/usr/include/stdio.h': 'libc6-dev',
    // What agents in Python may import beside numpy, with data in /usr/share; seaborn brings pandas, matplotlib and pytz: 50 s.
    '/usr/lib/python3/dist-packages/seaborn/__init__.py': 'python3-seaborn',
    // Examples of the documents take these.
    '/usr/lib/python3/dist-packages/onnx/__init__.py': 'python3-onnx',
    make: 'make',
    '/usr/sbin/nginx': 'nginx-light',
  },
};

/** Free disk wanted, in MiB: node_modules take 0.7 GB, the engine's objects 0.1 GB, Debian's packages 1.6 GB. */
const DISK_FRESH = 1500;
const DISK_INSTALLED = 300;
const DISK_PACKAGES = 2500;

/** @param {boolean} installed whether dependencies are there already */
export function checkMachine(installed) {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new SetupError(
      `This is Node ${process.versions.node}.`,
      'Install Node 20 or newer and run the command again.',
    );
  }
  if (process.platform !== 'linux') {
    throw new SetupError(
      `This is ${process.platform}.`,
      'The sandbox needs Linux (namespaces): use a Debian machine.',
    );
  }
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new SetupError(
      `The checkout ${root} cannot be written.`,
      'Run the command as its owner, in a checkout on a disk that can be written.',
    );
  }
  checkDisk(root, installed ? DISK_INSTALLED : DISK_FRESH);
}

/**
 * @param {string} folder
 * @param {number} wanted MiB
 */
export function checkDisk(folder, wanted) {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  if (free >= wanted) return;
  throw new SetupError(
    `Only ${free} MiB of disk are free in ${folder}.`,
    `Make room for ${wanted} MiB and run the command again.`,
  );
}

/**
 * Installs the missing Debian packages of the named groups.
 * @param {(keyof typeof PACKAGES)[]} groups
 */
export async function installPackages(groups) {
  const programs = Object.assign({}, ...groups.map((group) => PACKAGES[group]));
  const missing = Object.keys(programs).filter((program) => !find(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => programs[program]))];
  const list = packages.join(' ');
  checkDisk('/usr', DISK_PACKAGES);
  if (!find('apt-get')) {
    throw new SetupError(
      `The programs ${missing.join(', ')} are missing and this is no Debian.`,
      `Install what brings them (Debian: ${list}) and run the command again.`,
    );
  }
  const asRoot = process.getuid?.() === 0;
  if (!asRoot && !find('sudo')) {
    throw new SetupError(
      `The Debian packages ${list} are missing, and you are neither root nor is there sudo.`,
      `Ask for: apt-get install ${list}`,
    );
  }
  const prefix = asRoot ? [] : ['sudo', ...(process.stdin.isTTY ? [] : ['-n'])];
  /** @param {string[]} args */
  const apt = async (...args) => {
    const [command = 'apt-get', ...rest] = [
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      ...args,
    ];
    // sudo may have to ask for a password; otherwise apt's output is shown only when it fails.
    // Not tied to us: dpkg cut off in the middle leaves a system that wants mending by hand.
    return run(command, rest, { output: asRoot || !process.stdin.isTTY ? 'quiet' : 'stderr', tied: false });
  };
  await step(`installing Debian packages: ${list}`, async () => {
    let result = await apt('install', '-y', '--no-install-recommends', ...packages);
    if (result.code !== 0) {
      await apt('update');
      result = await apt('install', '-y', '--no-install-recommends', ...packages);
    }
    if (result.code !== 0) {
      say(result.told);
      throw new SetupError(
        `apt-get could not install ${list} (its words are above).`,
        `Mend that, or run it yourself: ${prefix.join(' ')} apt-get install ${list}`,
      );
    }
  });
}

/**
 * Says early, before anything is built, that the port of the website is taken.
 * @param {string} host
 * @param {string} text the port as the environment gives it
 * @param {string} [variable] that gives it
 * @param {number} [patienceMs] how long it may stay taken
 * @returns {Promise<void>}
 */
export async function checkPort(host, text, variable = 'PORT', patienceMs = 0) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new SetupError(`${variable}=${text} is no port.`, 'Set it to a number from 1 to 65535.');
  }
  const end = Date.now() + patienceMs;
  let code = await listenError(host, port);
  while (code === 'EADDRINUSE' && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    code = await listenError(host, port);
  }
  if (code === null) return;
  if (code === 'EADDRINUSE') {
    throw new SetupError(
      `Port ${port} is taken by another program (or by an arena that already runs).`,
      `Stop it, or choose another: ${variable}=${port + 1}`,
    );
  }
  throw new SetupError(
    `Cannot listen on ${host}:${port} (${code}).`,
    `Set HOST and ${variable} to an address of this machine.`,
  );
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>} why nothing can listen there
 */
function listenError(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? 'error'));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
