import { CompetitionInUseError, CompetitionRepository, GameRepository } from '@arena/persistence';
import { Body, Controller, Get, HttpStatus, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Needs } from '../access/permission.decorator.ts';
import { BoardCache } from '../cache/board-cache.ts';
import { SharedReads } from '../cache/shared-reads.ts';
import { ApiError, notFound } from '../errors/api-error.ts';
import { GameDto } from '../games/game.dto.ts';
import { ApiErrors } from '../openapi/errors.decorator.ts';
import { slugSchema } from '../validation.ts';
import { BoardDto } from './board.dto.ts';
import {
  CompetitionDto,
  competitionSchema,
  CompetitionSettingsDto,
  type CompetitionSettingsInput,
} from './competition.dto.ts';

/** Running games a page can show at once. */
const LIVE_GAMES = 100;

@ApiTags('competitions')
@Controller('competitions')
export class CompetitionsController {
  constructor(
    @Inject(CompetitionRepository) private readonly competitions: CompetitionRepository,
    @Inject(BoardCache) private readonly boards: BoardCache,
    @Inject(GameRepository) private readonly games: GameRepository,
    @Inject(SharedReads) private readonly reads: SharedReads,
  ) {}

  @Get()
  @Needs('public')
  @ApiOperation({ summary: 'All competitions, the oldest first' })
  @ApiOkResponse({ type: [CompetitionDto] })
  list(): Promise<CompetitionDto[]> {
    return this.reads.read('competitions', () => this.competitions.list());
  }

  @Get(':slug')
  @Needs('public')
  @ApiOperation({ summary: 'One competition' })
  @ApiOkResponse({ type: CompetitionDto })
  @ApiErrors(400, 404)
  async find(@Param('slug', { schema: slugSchema }) slug: string): Promise<CompetitionDto> {
    const competition = await this.reads.read(`competition ${slug}`, () => this.competitions.find(slug));
    if (!competition) throw notFound('competition', slug);
    return competition;
  }

  @Put(':slug')
  @Needs('organiser')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Makes or changes a competition; its rules are fixed from the first submission on',
  })
  @ApiBody({ type: CompetitionSettingsDto })
  @ApiOkResponse({ type: CompetitionDto })
  @ApiErrors(400, 401, 403, 409)
  async put(
    @Param('slug', { schema: slugSchema }) slug: string,
    @Body({ schema: competitionSchema }) settings: CompetitionSettingsInput,
  ): Promise<CompetitionDto> {
    const { masterSeed, ...rest } = settings;
    try {
      return await this.competitions.put(slug, {
        ...rest,
        ...(masterSeed === undefined ? {} : { masterSeed: Buffer.from(masterSeed, 'hex') }),
      });
    } catch (error) {
      if (error instanceof CompetitionInUseError) {
        throw new ApiError(HttpStatus.CONFLICT, 'competition_in_use', error.message, {}, { cause: error });
      }
      throw error;
    }
  }

  @Get(':slug/board')
  @Needs('public')
  @ApiOperation({ summary: 'The leaderboard in its order' })
  @ApiOkResponse({ type: BoardDto })
  @ApiErrors(400, 404)
  async board(@Param('slug', { schema: slugSchema }) slug: string, @Res() response: Response): Promise<void> {
    const board = await this.boards.read(slug);
    if (!board) throw notFound('competition', slug);
    // With an ETag express answers 304 to who has this board already.
    response.set('ETag', board.etag).type('json').send(board.body);
  }

  @Get(':slug/live')
  @Needs('public')
  @ApiOperation({
    summary: `The games that are played right now, the longest-running first, ${LIVE_GAMES} at most`,
  })
  @ApiOkResponse({ type: [GameDto] })
  @ApiErrors(400, 404)
  async live(@Param('slug', { schema: slugSchema }) slug: string): Promise<GameDto[]> {
    await this.find(slug);
    return this.reads.read(`live ${slug}`, () => this.games.running(slug, LIVE_GAMES));
  }
}
