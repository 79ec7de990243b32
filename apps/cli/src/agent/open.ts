import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkArchive, packAgent, unpackArchive, type CheckedArchive } from '@arena/archive';
import { agentManifest, manifestNotices, type Manifest } from '@arena/protocol';
import { printable } from '@arena/report';
import { UsageError } from '../usage.ts';

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
  for (const notice of notices) process.stderr.write(`warning: ${printable(notice)}\n`);
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
  const archive = await checkArchive(createReadStream(path));
  const notices = manifestNotices(archive.manifest);
  return { archive, manifest: manifestOf(archive), leftOut: [], notices };
}

const manifestOf = ({ manifest, files }: CheckedArchive): Manifest =>
  // Which runtimes an arena offers is for it to say.
  agentManifest(manifest, (file) => files.has(file), null);

/** Unpacks the agent where a sandbox can have it, for as long as `use` takes: what is played is what would be uploaded. */
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
