import { Module } from '@nestjs/common';
import { SubmissionsModule } from '../submissions/submissions.module.ts';
import { HealthController } from './health.controller.ts';

@Module({ imports: [SubmissionsModule], controllers: [HealthController] })
export class HealthModule {}
