import { SCHEMA_NAMES, jsonSchema, type SchemaName } from '@arena/protocol';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/permission.decorator.ts';
import { ApiErrors } from '../openapi/errors.decorator.ts';

const nameSchema = z.enum(SCHEMA_NAMES, `expected is one of ${SCHEMA_NAMES.join(', ')}`);

@ApiTags('schemas')
@Controller('schemas')
export class SchemasController {
  @Get(':name')
  @Needs('public')
  @Header('Content-Type', 'application/schema+json; charset=utf-8')
  // Editors fetch it from their own pages.
  @Header('Access-Control-Allow-Origin', '*')
  @ApiOperation({ summary: 'JSON schema of arena.json, or of a message that agents and platform exchange' })
  @ApiParam({ name: 'name', enum: SCHEMA_NAMES })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiErrors(400)
  find(@Param('name', { schema: nameSchema }) name: SchemaName): Record<string, unknown> {
    return jsonSchema(name);
  }
}
