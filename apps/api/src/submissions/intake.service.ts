import { ArchiveError, DEFAULT_LIMITS, type CheckedArchive } from '@arena/archive';
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
import type { Readable } from 'node:stream';
import { UploadBox } from './archive-box.provider.ts';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { ApiError, notFound } from '../errors/api-error.ts';

/** Uploads read at the same time; each holds its compressed bytes in memory (64 MiB at most by default). */
const UPLOADS_AT_ONCE = 4;

/** Takes an agent in: reads, checks and stores it, or refuses it with a reason and keeps nothing. */
@Injectable()
export class IntakeService {
  private readonly logger = new Logger('intake');
  private uploads = 0;

  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(CompetitionRepository) private readonly competitions: CompetitionRepository,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
    @Inject(WorkerRepository) private readonly workers: WorkerRepository,
    @Inject(UploadBox) private readonly box: UploadBox,
  ) {}

  /** @param length what the sender announced, or null. Throws {@link ApiError}. */
  async take(competition: string, body: Readable, length: number | null): Promise<SubmissionView> {
    if (!(await this.competitions.find(competition))) throw notFound('competition', competition);
    if (length !== null && length > this.config.maxUploadBytes) throw this.tooLarge();
    if (this.uploads >= UPLOADS_AT_ONCE) {
      throw new ApiError(
        HttpStatus.SERVICE_UNAVAILABLE,
        'too_many_uploads',
        'Others are uploading right now. Nothing is wrong with your agent: try again in some seconds.',
        { 'Retry-After': '5' },
      );
    }
    this.uploads += 1;
    try {
      return await this.store(competition, await this.check(body));
    } finally {
      this.uploads -= 1;
    }
  }

  private async check(body: Readable): Promise<CheckedArchive> {
    try {
      const limits = { ...DEFAULT_LIMITS, compressedBytes: this.config.maxUploadBytes };
      return await this.box.archives.check(body, limits);
    } catch (error) {
      if (error instanceof SandboxError) {
        this.logger.error(error.message);
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
      `The archive is larger than the ${this.config.maxUploadBytes} bytes that this server takes. Leave out what the agent does not need.`,
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

function refusal(code: string, message: string, cause?: unknown): ApiError {
  return new ApiError(HttpStatus.UNPROCESSABLE_ENTITY, code, message, {}, { cause });
}
