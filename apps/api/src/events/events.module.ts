import { Module } from '@nestjs/common';
import { Broadcaster } from './broadcaster.ts';
import { EventsGateway } from './events.gateway.ts';
import { Watching } from './watching.ts';

@Module({ providers: [Broadcaster, Watching, EventsGateway] })
export class EventsModule {}
