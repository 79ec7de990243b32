import { ArchiveError, DEFAULT_LIMITS, mebibytes, type CheckedArchive } from '@arena/archive';
import type { SubmissionView } from '@arena/contracts';
import {
  CompetitionRepository,
  DuplicateSubmissionError,
  SubmissionRepository,
  WorkerRepository,
} from '@arena/persistence';
import {
  agentManifest,
  EntryMissingError,
  ManifestError,
  PROTOCOL_VERSION,
  RUNTIMES,
  type Manifest,
} from '@arena/protocol';
import { SandboxError } from '@arena/sandbox';
import { HttpStatus, Inject, Injectable, Logger } from '@nestjs/common';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { UploadBox } from './archive-box.provider.ts';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { ApiError, notFound } from '../errors/api-error.ts';
import { RareLog } from '../errors/rare-log.ts';
import { within } from '../errors/within.ts';
import { Budget } from '../visitors/budget.ts';
import { FairShare } from '../visitors/fair-share.ts';
import { DEADLINE_MS, Gate } from '../visitors/gate.ts';
import { siteOf } from '../visitors/senders.ts';
import { Tally } from '../visitors/tally.ts';
import { SpoolFullError, SpoolRoom, type SpoolPlace } from './spool-room.ts';
import { spool, SpoolLimitError, type Spooled } from './spool.ts';
import { brokenOff } from './upload.ts';

/** Uploads read at the same time; each holds its compressed bytes in memory (64 MiB at most by default). */
const READ_AT_ONCE = 4;
/** Of one sender, so that its archives, which may take long to read, leave two places to others. */
const READ_AT_ONCE_PER_SENDER = 2;

const HOUR_SECONDS = 3600;

/** 4 MB a second: an archive of 64 MiB takes one to three seconds on an idle machine, and may take 16 more than a small one. */
const STORED_BYTES_PER_MS = 4_000;

/** Who sends an archive, and what it said of it. */
export interface Upload {
  readonly sender: string;
  /** Whether the organisers' token came with it. */
  readonly isOrganiser: boolean;
  readonly body: Readable;
  /** Bytes that were announced, or null. */
  readonly length: number | null;
  /** Whether the sender has left and will not read the answer. */
  readonly hasLeft: () => boolean;
}

/** Takes an agent in: reads, checks and stores it, or refuses it with a reason and keeps nothing. */
@Injectable()
export class IntakeService {
  private readonly logger = new Logger('intake');
  private readonly failures = new RareLog((line) => {
    this.logger.error(line);
  });
  private readonly slots: Tally;
  private readonly reading = new FairShare(READ_AT_ONCE_PER_SENDER);
  private readonly readers = pLimit(READ_AT_ONCE);
  private readonly submitted: Budget;
  private readonly room: SpoolRoom;

  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(CompetitionRepository) private readonly competitions: CompetitionRepository,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
    @Inject(WorkerRepository) private readonly workers: WorkerRepository,
    @Inject(UploadBox) private readonly box: UploadBox,
    @Inject(Gate) private readonly gate: Gate,
  ) {
    const { uploads, uploadsPerAddress, submissionsPerAddress, spoolBytes } = config.visitors;
    this.room = new SpoolRoom(spoolBytes, config.maxUploadBytes);
    this.slots = new Tally(uploadsPerAddress, uploads);
    this.submitted = new Budget(submissionsPerAddress, HOUR_SECONDS);
  }

  /** Uploads that come in, wait or are read at present. */
  get uploads(): number {
    return this.slots.total;
  }

  /** What uploads take of the disk at present. */
  get spooledBytes(): number {
    return this.room.bytes;
  }

  /** Throws {@link ApiError}. */
  async take(competition: string, upload: Upload): Promise<SubmissionView> {
    const { sender, isOrganiser, body, length } = upload;
    const finding = this.gate.inTurn(sender, () => this.competitions.find(competition));
    if (!(await within(DEADLINE_MS, finding))) throw notFound('competition', competition);
    if (length !== null && length > this.config.maxUploadBytes) throw this.tooLarge();
    if (!isOrganiser) await this.requireBudget(sender);
    this.requireSlot(sender);
    const release = this.slots.take(sender);
    const place = this.room.open(sender);
    try {
      // Only what is here in full takes a place among those that are read: a slow sender keeps nobody waiting.
      const spooled = await this.spool(body, length ?? 0, place);
      try {
        const view = await this.reading.run(sender, () =>
          this.readers(async () => {
            if (upload.hasLeft()) throw brokenOff();
            const archive = await this.check(spooled.read());
            return within(
              DEADLINE_MS + spooled.bytes / STORED_BYTES_PER_MS,
              this.gate.inTurn(sender, () => this.store(competition, archive)),
            );
          }),
        );
        if (!isOrganiser) await this.submitted.spend(sender);
        return view;
      } finally {
        await spooled.close();
      }
    } finally {
      place.release();
      release();
    }
  }

  private requireSlot(sender: string): void {
    if (this.slots.hasRoom(sender)) return;
    const mine = !this.slots.mayHold(sender);
    const isOwn = this.slots.of(sender) >= this.config.visitors.uploadsPerAddress;
    const many = this.slots.of(isOwn ? sender : siteOf(sender));
    throw new ApiError(
      mine ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
      'too_many_uploads',
      mine
        ? `${many} uploads from your ${isOwn ? 'address' : 'network'} are coming in already. Let one of them end, and try again.`
        : 'Others are uploading right now. Nothing is wrong with your agent: try again in some seconds.',
      { 'Retry-After': '5' },
    );
  }

  private async requireBudget(sender: string): Promise<void> {
    const waitMs = await this.submitted.peek(sender);
    if (waitMs === 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw new ApiError(
      HttpStatus.TOO_MANY_REQUESTS,
      'too_many_submissions',
      `Your address has handed in ${this.submitted.points} agents in an hour, which is what one address may. Try again in ${Math.ceil(seconds / 60)} min, or ask the organisers for a token.`,
      { 'Retry-After': String(seconds) },
    );
  }

  private async spool(body: Readable, length: number, place: SpoolPlace): Promise<Spooled> {
    const folder = this.config.visitors.spoolDir ?? tmpdir();
    try {
      place.require(length);
      return await spool(body, folder, this.config.maxUploadBytes, place);
    } catch (error) {
      if (error instanceof SpoolLimitError) throw this.tooLarge();
      if (error instanceof SpoolFullError) throw spoolFull(error);
      if (error instanceof ApiError) throw error;
      this.failures.say(`an upload could not be kept: ${(error as Error).message}`);
      throw new ApiError(
        HttpStatus.SERVICE_UNAVAILABLE,
        'spool_failed',
        'The server could not keep your upload while it came in; its disk may be full. Nothing is wrong with your agent: tell the organisers if it happens again.',
        { 'Retry-After': '30' },
        { cause: error },
      );
    }
  }

  private async check(body: Readable): Promise<CheckedArchive> {
    try {
      const limits = { ...DEFAULT_LIMITS, compressedBytes: this.config.maxUploadBytes };
      return await this.box.archives.check(body, limits);
    } catch (error) {
      if (error instanceof SandboxError) {
        this.failures.say(error.message);
        throw new ApiError(
          HttpStatus.SERVICE_UNAVAILABLE,
          'archive_unreadable',
          'The archive could not be read here, and nothing of it was kept: reading it failed or took too much time or memory. Try again; if it happens twice, tell the organisers.',
          { 'Retry-After': '5' },
          { cause: error },
        );
      }
      if (!(error instanceof ArchiveError)) throw error;
      if (error.code === 'archive_too_large') throw this.tooLarge();
      throw refusal(error.code, error.message, error);
    }
  }

  private async store(competition: string, archive: CheckedArchive): Promise<SubmissionView> {
    // A runtime of the platform's own may come later; others are known by the workers that have them.
    const runtimes = [...new Set([...RUNTIMES, ...(await this.workers.knownRuntimes())])];
    const manifest = manifestOf(archive, runtimes);
    try {
      const id = await this.submissions.create({
        competition,
        archive,
        agentName: manifest.name,
        agentVersion: manifest.version,
        kind: manifest.kind,
        description: manifest.description ?? '',
        authors: manifest.authors,
        manifest: { ...manifest },
        protocolVersion: PROTOCOL_VERSION,
        runtime: manifest.runtime,
        gamesAtOnce: manifest.gamesAtOnce,
      });
      const view = id === null ? null : await this.submissions.find(id);
      if (!view) throw notFound('competition', competition);
      this.logger.log(`submission ${view.id}: ${manifest.name} ${manifest.version} to ${competition}`);
      return view;
    } catch (error) {
      if (error instanceof DuplicateSubmissionError) {
        const where = { Location: `/api/submissions/${error.submissionId}` };
        throw new ApiError(HttpStatus.CONFLICT, 'submission_duplicate', error.message, where, {
          cause: error,
        });
      }
      throw error;
    }
  }

  private tooLarge(): ApiError {
    return new ApiError(
      HttpStatus.PAYLOAD_TOO_LARGE,
      'archive_too_large',
      `The archive is larger than the ${mebibytes(this.config.maxUploadBytes)} that this server takes. ` +
        'Name what the agent does not need in a file .arenaignore beside its arena.json, the largest files first, and pack it again.',
    );
  }
}

function manifestOf(archive: CheckedArchive, runtimes: readonly string[]): Manifest {
  try {
    return agentManifest(archive.manifest, (path) => archive.files.has(path), runtimes);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const code = error instanceof EntryMissingError ? 'manifest_entry_missing' : 'manifest_invalid';
    throw refusal(code, error.message, error);
  }
}

function spoolFull(cause: SpoolFullError): ApiError {
  const { isShare, most } = cause;
  return new ApiError(
    isShare ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
    'spool_full',
    isShare
      ? `The uploads from your address that are coming in take ${mebibytes(most)} already, which is what one address may. Let one of them end, and try again.`
      : 'The uploads of others take all the room that the server has for them right now. Nothing is wrong with your agent: try again in half a minute.',
    { 'Retry-After': '30' },
    { cause },
  );
}

function refusal(code: string, message: string, cause?: unknown): ApiError {
  return new ApiError(HttpStatus.UNPROCESSABLE_ENTITY, code, message, {}, { cause });
}
