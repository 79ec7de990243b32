import { ShardQueue, WorkerRepository } from '@arena/persistence';
import { Controller, Get, HttpStatus, Inject, Logger, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { Needs } from '../access/permission.decorator.ts';
import { ENGINE_ID } from '../website/engine-id.ts';
import { HealthDto } from './health.dto.ts';
import { VERSION } from './version.ts';

@ApiTags('health')
@Controller('health')
export class HealthController {
  private readonly logger = new Logger('health');

  constructor(
    @Inject(CONFIG) private readonly config: Pick<ApiConfig, 'instance'>,
    @Inject(ENGINE_ID) private readonly engineId: string | null,
    @Inject(WorkerRepository) private readonly workers: WorkerRepository,
    @Inject(ShardQueue) private readonly queue: ShardQueue,
  ) {}

  @Get()
  @Needs('public')
  @ApiOperation({ summary: 'Whether the database answers, what waits, and which workers are alive' })
  @ApiOkResponse({ type: HealthDto })
  @ApiResponse({ status: 503, type: HealthDto, description: 'The database does not answer.' })
  async health(@Res({ passthrough: true }) response: Response): Promise<HealthDto> {
    const head = { version: VERSION, instance: this.config.instance, engineId: this.engineId };
    try {
      const [workers, queue] = await Promise.all([this.workers.alive(), this.queue.counts()]);
      return { ok: true, ...head, database: { ok: true }, queue, workers };
    } catch (error) {
      this.logger.error(`the database does not answer: ${(error as Error).message}`);
      response.status(HttpStatus.SERVICE_UNAVAILABLE);
      const queue = { shardsWaiting: 0, shardsActive: 0 };
      return { ok: false, ...head, database: { ok: false }, queue, workers: [] };
    }
  }
}
