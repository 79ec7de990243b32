import { oneLine } from '@arena/contracts';
import { ShardQueue, WorkerRepository } from '@arena/persistence';
import { Controller, Get, HttpStatus, Inject, Logger, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { tmpdir } from 'node:os';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { Needs } from '../access/permission.decorator.ts';
import { ENGINE_ID } from '../website/engine-id.ts';
import { RareLog } from '../errors/rare-log.ts';
import { UploadBox } from '../submissions/archive-box.provider.ts';
import { Check, type Outcome } from './check.ts';
import { HealthDto, type HealthCheckDto } from './health.dto.ts';
import { allFaults, sandboxesCheck } from './sandbox-faults.ts';
import { VERSION } from './version.ts';
import { writeToDatabase, writeToFolder } from './write-probes.ts';

type State = Pick<HealthDto, 'queue' | 'workers' | 'lostWorkers' | 'faults' | 'longWaits'>;

/** A write that went well is not tried again before: it makes a table, which any visitor could else have done every 2 s. */
const WRITES_GOOD_MS = 15_000;

@ApiTags('health')
@Controller('health')
export class HealthController {
  private readonly logger = new Logger('health');
  private readonly log = new RareLog((line) => {
    this.logger.error(line);
  });
  private readonly state: Check<State>;
  private readonly databaseWrites: Check<void>;
  private readonly folderWrites: Check<void>;
  private readonly folder: string;

  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(ENGINE_ID) private readonly engineId: string | null,
    @Inject(WorkerRepository) workers: WorkerRepository,
    @Inject(ShardQueue) queue: ShardQueue,
    @Inject(DataSource) dataSource: DataSource,
    @Inject(UploadBox) private readonly box: UploadBox,
  ) {
    this.folder = config.visitors.spoolDir ?? tmpdir();
    this.state = new Check(async () => {
      const [alive, lostWorkers, counts, faults, waits] = await Promise.all([
        ...([workers.alive(), workers.lost(), queue.counts(), workers.faults(), queue.longWaits()] as const),
      ]);
      const offered = new Set(alive.flatMap(({ runtimes }) => runtimes));
      const longWaits = waits.filter(({ runtime }) => offered.has(runtime));
      return { workers: alive, lostWorkers, queue: counts, faults, longWaits };
    });
    this.databaseWrites = new Check(() => writeToDatabase(dataSource), WRITES_GOOD_MS);
    this.folderWrites = new Check(() => writeToFolder(this.folder));
  }

  @Get()
  @Needs('public')
  @ApiOperation({
    summary: 'Whether the arena reads and writes, what waits, and which workers are alive or lost',
  })
  @ApiOkResponse({ type: HealthDto })
  @ApiResponse({ status: 503, type: HealthDto, description: 'A check failed: `checks` says which and why.' })
  async health(@Res({ passthrough: true }) response: Response): Promise<HealthDto> {
    const [state, databaseWrites, folderWrites] = await Promise.all([
      this.state.outcome(),
      this.databaseWrites.outcome(),
      this.folderWrites.outcome(),
    ]);
    const faults = allFaults('value' in state ? state.value.faults : [], this.box.archives.faults());
    const checks = [
      told('database', state, 'Look whether the server of DATABASE_URL runs and has room for connections.'),
      told('database writes', databaseWrites, "Look at the database's log and whether its disk is full."),
      told(
        'upload folder',
        folderWrites,
        'Uploads fail: make room there, or set ARENA_SPOOL_DIR to another.',
      ),
      sandboxesCheck(faults),
    ];
    const ok = checks.every((check) => check.ok);
    if (!ok) {
      response.status(HttpStatus.SERVICE_UNAVAILABLE);
      const failed = checks.filter((check) => !check.ok);
      this.log.say(failed.map(({ name, message }) => `${name}: ${message}`).join('; '));
    }
    const none: State = {
      queue: { shardsWaiting: 0, shardsActive: 0 },
      ...{ workers: [], lostWorkers: [], faults: [], longWaits: [] },
    };
    return {
      ok,
      version: VERSION,
      instance: this.config.instance,
      engineId: this.engineId,
      database: { ok: 'value' in state },
      ...('value' in state ? state.value : none),
      faults,
      checks,
    };
  }
}

function told(name: HealthCheckDto['name'], outcome: Outcome<unknown>, advice: string): HealthCheckDto {
  if ('value' in outcome) return { name, ok: true, message: null };
  // The page is public: the system's words name the error, but no paths or names, which they put in quotes.
  const said = oneLine(outcome.error)
    .replace(/ ?(['"]).*?\1/g, '')
    .slice(0, 300);
  return { name, ok: false, message: `${said}. ${advice}` };
}
