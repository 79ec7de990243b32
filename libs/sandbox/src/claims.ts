import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ownFolder } from './own-folder.ts';
import { endProcess, isRunning, type ProcessIdentity } from './processes.ts';
import { thisProcess, type Owner } from './this-process.ts';
import { endUser, runningOf } from './users.ts';

/** What is known of a sandbox beside the memory of who started it: enough to end it once that one is dead. */
interface Record {
  owner: Owner;
  /** Of all its processes; null: the platform's own. */
  uid: number | null;
  /** The first process of its pid namespace, with which all others end. */
  root: ProcessIdentity | null;
}

/** Held for as long as a process of the sandbox may run. */
export interface Claim {
  readonly uid: number | null;
  /** Where the uid does not tell who is in the sandbox. */
  note(root: ProcessIdentity): void;
  release(): void;
}

/** A file of a claim, and its name while a dead owner's is swept: then nobody may claim the same. */
const CLAIM = 'claim-';
const SWEPT = 'swept-';
/** From SIGKILL to the end, also on a machine that is short of processors. */
const SWEEP_MS = 10_000;
const PAUSE_MS = 20;

let made = 0;
const uniqueName = (): string => `${process.pid}-${thisProcess().namespace}-${made++}`;

/**
 * The sandboxes of this user on this machine, one small file each: two workers never give out the same uid, and what the sandbox of
 * a dead worker left running is found by its uid or its first process, whatever it calls itself.
 */
export class Claims {
  readonly #folder: string;

  /** `folder`: only this user can write it. Throws SandboxError where it is somebody else's. */
  constructor(folder = defaultFolder()) {
    this.#folder = ownFolder(folder);
  }

  /** null if the uid is in use, by whichever process of this machine. */
  take(uid: number | null): Claim | null {
    const name = uid === null ? uniqueName() : String(uid);
    const path = join(this.#folder, CLAIM + name);
    const record: Record = { owner: thisProcess(), uid, root: null };
    const written = this.#write(record);
    try {
      // At once with its content, and only if there is none.
      linkSync(written, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw error;
    } finally {
      rmSync(written, { force: true });
    }
    if (this.#read(SWEPT + name) !== null) {
      rmSync(path, { force: true });
      return null;
    }
    return {
      uid,
      note: (root) => {
        renameSync(this.#write({ ...record, root }), path);
      },
      release: () => {
        rmSync(path, { force: true });
      },
    };
  }

  /**
   * Ends what dead owners' sandboxes left, and gives their uids free. Resolves to what could not be ended within ten seconds, in words;
   * that stays claimed. Never touches what belongs to a process that lives, or to another container.
   */
  async sweep(): Promise<string[]> {
    const names = readdirSync(this.#folder).filter((name) => /^(claim|swept)-\d/.test(name));
    const left = await Promise.all(names.map((name) => this.#sweepOne(name)));
    return left.filter((said) => said !== null);
  }

  async #sweepOne(name: string): Promise<string | null> {
    const before = this.#read(name);
    if (before === null || !isOrphaned(before.owner)) return null;
    const swept = name.replace(CLAIM, SWEPT);
    try {
      renameSync(join(this.#folder, name), join(this.#folder, swept));
    } catch {
      // Another worker sweeps at the same time, and was first.
      return null;
    }
    const record = this.#read(swept);
    if (record === null) return null;
    if (!isOrphaned(record.owner)) {
      // Between reading and renaming it was swept, and claimed anew.
      renameSync(join(this.#folder, swept), join(this.#folder, name));
      return null;
    }
    // Nothing outlives the machine.
    const isGone = record.owner.boot !== thisProcess().boot || (await endAll(record));
    if (isGone) rmSync(join(this.#folder, swept), { force: true });
    return isGone
      ? null
      : `processes of the sandbox of a worker that died (pid ${record.owner.pid}) could not be ended: ${told(record)}`;
  }

  #read(name: string): Record | null {
    try {
      return JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as Record;
    } catch {
      // Gone in the meantime: files appear here with their content.
      return null;
    }
  }

  #write(record: Record): string {
    const path = join(this.#folder, `new-${uniqueName()}`);
    writeFileSync(path, JSON.stringify(record), { mode: 0o600 });
    return path;
  }
}

function isOrphaned(owner: Owner): boolean {
  const { boot, namespace } = thisProcess();
  return owner.boot !== boot || (owner.namespace === namespace && !isRunning(owner));
}

const told = ({ uid, root }: Record): string =>
  uid === null ? `pid ${root?.pid ?? 'unknown'}` : `uid ${uid}`;

async function endAll({ uid, root }: Record): Promise<boolean> {
  const isLeft = (): boolean =>
    (uid !== null && runningOf(uid).length > 0) || (root !== null && isRunning(root));
  for (const until = performance.now() + SWEEP_MS; isLeft();) {
    if (performance.now() > until) return false;
    if (root !== null) endProcess(root);
    if (uid !== null) await endUser(uid);
    await delay(PAUSE_MS);
  }
  return true;
}

/** The same for all processes of a user: root's goes with the machine's start. */
function defaultFolder(): string {
  const uid = process.getuid?.() ?? 0;
  if (uid === 0) {
    try {
      mkdirSync('/run/arena-sandboxes', { recursive: true, mode: 0o755 });
      return '/run/arena-sandboxes';
    } catch {
      // A container without a /run that can be written.
    }
  }
  return join(tmpdir(), `arena-sandboxes-${uid}`);
}
