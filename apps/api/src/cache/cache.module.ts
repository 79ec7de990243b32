import { Global, Module } from '@nestjs/common';
import { BoardCache } from './board-cache.ts';
import { SharedReads } from './shared-reads.ts';

@Global()
@Module({ providers: [SharedReads, BoardCache], exports: [SharedReads, BoardCache] })
export class CacheModule {}
