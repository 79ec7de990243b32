import { Module } from '@nestjs/common';
import { IntakeService } from './intake.service.ts';
import { SubmissionsController } from './submissions.controller.ts';

@Module({ controllers: [SubmissionsController], providers: [IntakeService] })
export class SubmissionsModule {}
