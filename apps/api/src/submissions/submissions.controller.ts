import { EvaluationRepository, GameRepository, SubmissionRepository } from '@arena/persistence';
import { Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Needs } from '../access/permission.decorator.ts';
import { holdsToken } from '../access/token.ts';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { Gate } from '../visitors/gate.ts';
import { SharedReads } from '../cache/shared-reads.ts';
import { ApiError, notFound } from '../errors/api-error.ts';
import { GamePageDto } from '../games/game.dto.ts';
import { ApiErrors } from '../openapi/errors.decorator.ts';
import { idSchema, limitSchema, offsetSchema, slugSchema } from '../validation.ts';
import { IntakeService } from './intake.service.ts';
import { SubmissionDto } from './submission.dto.ts';
import { bodyOf, PACE_WINDOW_MS, requireArchiveType } from './upload.ts';

@ApiTags('submissions')
@Controller()
export class SubmissionsController {
  constructor(
    @Inject(IntakeService) private readonly intake: IntakeService,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
    @Inject(EvaluationRepository) private readonly evaluations: EvaluationRepository,
    @Inject(GameRepository) private readonly games: GameRepository,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(Gate) private readonly gate: Gate,
    @Inject(SharedReads) private readonly reads: SharedReads,
  ) {}

  @Post('competitions/:slug/submissions')
  @Needs('submit')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Hands an agent in: a .tar.gz with arena.json at its top',
    description:
      'The same archive is taken once a competition (409 with its Location); again only if its evaluation failed.',
  })
  @ApiConsumes('application/gzip')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: SubmissionDto })
  @ApiErrors(400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503)
  async submit(
    @Param('slug', { schema: slugSchema }) slug: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SubmissionDto> {
    requireArchiveType(request);
    // While the archive is read nothing moves on the connection. The pace is watched where the body is read.
    request.setTimeout(0);
    const length = request.headers['content-length'];
    const { adminToken, visitors } = this.config;
    const bytesPerSecond = visitors.uploadBytesPerSecond;
    const submission = await this.intake.take(slug, {
      sender: this.gate.senders.of(request),
      isOrganiser: holdsToken(request, adminToken),
      body: bodyOf(request, { bytesPerSecond, windowMs: PACE_WINDOW_MS }),
      length: length === undefined ? null : Number(length),
      hasLeft: () => response.closed,
    });
    response.set('Location', `/api/submissions/${submission.id}`);
    return submission;
  }

  @Get('submissions/:id')
  @Needs('public')
  @ApiOperation({ summary: 'One submission with its evaluation' })
  @ApiOkResponse({ type: SubmissionDto })
  @ApiErrors(400, 404)
  async find(@Param('id', { schema: idSchema }) id: string): Promise<SubmissionDto> {
    const submission = await this.reads.read(`submission ${id}`, () => this.submissions.find(id));
    if (!submission) throw notFound('submission', id);
    return submission;
  }

  @Get('submissions/:id/games')
  @Needs('public')
  @ApiOperation({ summary: "A submission's games in their order" })
  @ApiQuery({ name: 'offset', required: false, schema: { type: 'integer', minimum: 0, default: 0 } })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  })
  @ApiOkResponse({ type: GamePageDto })
  @ApiErrors(400, 404)
  async page(
    @Param('id', { schema: idSchema }) id: string,
    @Query('offset', { schema: offsetSchema }) offset: number,
    @Query('limit', { schema: limitSchema }) limit: number,
  ): Promise<GamePageDto> {
    const page = await this.reads.read(`games ${id} ${offset} ${limit}`, () =>
      this.games.page(id, offset, limit),
    );
    if (!page) throw notFound('submission', id);
    return page;
  }

  @Post('submissions/:id/retry')
  @Needs('organiser')
  @HttpCode(HttpStatus.OK)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Plays the missing games of a failed evaluation after all, on their own seeds' })
  @ApiOkResponse({ type: SubmissionDto })
  @ApiErrors(400, 401, 403, 404, 409)
  async retry(@Param('id', { schema: idSchema }) id: string): Promise<SubmissionDto> {
    const retried = await this.evaluations.retry(id);
    if (retried === null) throw notFound('submission', id);
    if (!retried) {
      throw new ApiError(
        HttpStatus.CONFLICT,
        'evaluation_not_failed',
        'Only a failed evaluation can be tried again.',
      );
    }
    return this.find(id);
  }
}
