import { Module } from '@nestjs/common';
import { UpkeepService } from './upkeep.service.ts';

@Module({ providers: [UpkeepService] })
export class UpkeepModule {}
