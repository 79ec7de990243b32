import { Global, Module } from '@nestjs/common';
import { Gate } from './gate.ts';

@Global()
@Module({ providers: [Gate], exports: [Gate] })
export class VisitorsModule {}
