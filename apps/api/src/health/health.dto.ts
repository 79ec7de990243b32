import type {
  HealthCheck,
  HealthView,
  LongWait,
  LostWorker,
  PlatformFault,
  WorkerHealth,
} from '@arena/contracts';
import { ApiProperty } from '@nestjs/swagger';

export class DatabaseHealthDto {
  @ApiProperty({ type: Boolean })
  ok!: boolean;
}

export class QueueHealthDto {
  @ApiProperty({ type: 'integer' })
  shardsWaiting!: number;

  @ApiProperty({ type: 'integer' })
  shardsActive!: number;
}

export class MissingRuntimeDto {
  @ApiProperty({ type: String })
  runtime!: string;

  @ApiProperty({ type: String })
  reason!: string;
}

export class WorkerHealthDto implements WorkerHealth {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  lastSeen!: string;

  @ApiProperty({ type: String })
  engineId!: string;

  @ApiProperty({ type: String, description: 'What holds agents in on that machine.' })
  sandbox!: string;

  @ApiProperty({ type: [String], description: 'The runtimes it offers.' })
  runtimes!: string[];

  @ApiProperty({ type: [MissingRuntimeDto], description: 'Those it does not, with the reason.' })
  missing!: MissingRuntimeDto[];
}

export class LostWorkerDto implements LostWorker {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  lastSeen!: string;
}

export class PlatformFaultDto implements PlatformFault {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The name of the worker; null: the server itself, where it reads uploads.',
  })
  worker!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: String, description: 'What happened and what to do.' })
  message!: string;
}

export class LongWaitDto implements LongWait {
  @ApiProperty({ type: String })
  runtime!: string;

  @ApiProperty({ type: 'integer' })
  shards!: number;

  @ApiProperty({ type: 'integer', description: 'For how long the oldest has waited since it was due.' })
  seconds!: number;
}

export class HealthCheckDto implements HealthCheck {
  @ApiProperty({ enum: ['database', 'database writes', 'upload folder', 'sandboxes'] })
  name!: HealthCheck['name'];

  @ApiProperty({ type: Boolean })
  ok!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'What failed and what to do.' })
  message!: string | null;
}

export class HealthDto implements HealthView {
  @ApiProperty({ type: Boolean })
  ok!: boolean;

  @ApiProperty({ type: String })
  version!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What ARENA_INSTANCE says; tells servers apart.',
  })
  instance!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The engine this server gives to browsers.' })
  engineId!: string | null;

  @ApiProperty({ type: DatabaseHealthDto })
  database!: DatabaseHealthDto;

  @ApiProperty({ type: QueueHealthDto })
  queue!: QueueHealthDto;

  @ApiProperty({ type: [WorkerHealthDto] })
  workers!: WorkerHealthDto[];

  @ApiProperty({ type: [LostWorkerDto], description: 'Those of the last day that ended without saying so.' })
  lostWorkers!: LostWorkerDto[];

  @ApiProperty({ type: [PlatformFaultDto], description: 'What went wrong with sandboxes in the last day.' })
  faults!: PlatformFaultDto[];

  @ApiProperty({
    type: [LongWaitDto],
    description: 'Shards that wait for a quarter of an hour or more though a worker offers their runtime.',
  })
  longWaits!: LongWaitDto[];

  @ApiProperty({ type: [HealthCheckDto], description: 'Each with a deadline of its own.' })
  checks!: HealthCheckDto[];
}
