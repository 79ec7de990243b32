import { Module } from '@nestjs/common';
import { GamesController } from './games.controller.ts';

@Module({ controllers: [GamesController] })
export class GamesModule {}
