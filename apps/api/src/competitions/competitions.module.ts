import { Module } from '@nestjs/common';
import { CompetitionsController } from './competitions.controller.ts';

@Module({ controllers: [CompetitionsController] })
export class CompetitionsModule {}
