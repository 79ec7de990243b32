import { Module } from '@nestjs/common';
import { MemoryService } from './memory.service.ts';
import { UpkeepService } from './upkeep.service.ts';

@Module({ providers: [UpkeepService, MemoryService] })
export class UpkeepModule {}
