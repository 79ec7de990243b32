import { Module } from '@nestjs/common';
import { SchemasController } from './schemas.controller.ts';

@Module({ controllers: [SchemasController] })
export class SchemasModule {}
