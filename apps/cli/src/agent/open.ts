import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packAgent, unpackArchive, type CheckedArchive } from '@arena/archive';
import { ArchiveBox, openArchiveBox } from '@arena/archive/boxed';
import type { AgentHost } from '@arena/evaluation';
import { agentManifest, manifestNotices, type Manifest } from '@arena/protocol';
import { printable } from '@arena/report';
import { Stage } from '@arena/sandbox';
import { UsageError } from '../usage.ts';
import { err } from '../terminal/out.ts';

/** An agent as a server would take it in. */
export interface ReadAgent {
  readonly archive: CheckedArchive;
  readonly manifest: Manifest;
  /** What packing its folder left out; empty for an archive. */
  readonly leftOut: readonly string[];
  /** What it asks for and does not get, a sentence each. */
  readonly notices: readonly string[];
}

/** To standard error, a line each. */
export function tellNotices({ notices }: Pick<ReadAgent, 'notices'>): void {
  for (const notice of notices) err(`warning: ${printable(notice)}\n`);
}

/** The one agent that a command works on. Throws UsageError. */
export function oneAgent(positionals: readonly string[]): string {
  const [path, ...more] = positionals;
  if (path === undefined) throw new UsageError('which agent? Give its folder, or its .tar.gz');
  if (more.length > 0) throw new UsageError(`one agent at a time, not ${positionals.length}`);
  return path;
}

/**
 * Reads an agent's folder, or its .tar.gz, exactly as a server reads an upload. Throws ArchiveError and ManifestError for
 * what a server would refuse, and file system errors.
 */
export async function readAgent(path: string): Promise<ReadAgent> {
  if ((await stat(path)).isDirectory()) {
    const { leftOut, ...archive } = await packAgent(path);
    return { archive, manifest: manifestOf(archive), leftOut, notices: manifestNotices(archive.manifest) };
  }
  const archive = await readArchive(path);
  const notices = manifestNotices(archive.manifest);
  return { archive, manifest: manifestOf(archive), leftOut: [], notices };
}

const manifestOf = ({ manifest, files }: CheckedArchive): Manifest =>
  // Which runtimes an arena offers is for it to say.
  agentManifest(manifest, (file) => files.has(file), null);

/** By a program in a sandbox, or where none can be made in a child process with limits: it may be a stranger's. */
async function readArchive(path: string): Promise<CheckedArchive> {
  const stage = new Stage();
  try {
    const box = await openArchiveBox({ stage }, () => undefined);
    return await box.check(createReadStream(path));
  } finally {
    stage.dispose();
  }
}

/**
 * Unpacks the agent in a sandbox, as a worker does, for as long as `use` takes: what is played is what would be uploaded. The
 * folder is to be mounted, not looked into.
 */
export async function withBoxed<T>(
  agent: ReadAgent,
  { sandbox, stage }: AgentHost,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const shared = join(tmpdir(), `arena-agents-${process.getuid?.() ?? 0}`);
  const around = await mkdtemp(join(stage.folderFor(shared, 'agents'), 'agent-'));
  try {
    await chmod(around, 0o755);
    const folder = join(around, 'agent');
    await new ArchiveBox(sandbox, stage).unpack(agent.archive.bytes, folder);
    return await use(folder);
  } finally {
    await rm(around, { recursive: true, force: true });
  }
}

/** Unpacks an agent that one trusts, as whoever runs this. */
export async function withUnpacked<T>(agent: ReadAgent, use: (folder: string) => Promise<T>): Promise<T> {
  const around = await mkdtemp(join(tmpdir(), 'arena-agent-'));
  try {
    const folder = join(around, 'agent');
    await unpackArchive(agent.archive.bytes, folder);
    return await use(folder);
  } finally {
    await rm(around, { recursive: true, force: true });
  }
}
