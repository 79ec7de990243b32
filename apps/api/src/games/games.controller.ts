import { GameRepository } from '@arena/persistence';
import { Controller, Get, Header, HttpStatus, Inject, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Needs } from '../access/permission.decorator.ts';
import { SharedReads } from '../cache/shared-reads.ts';
import { ApiError, notFound } from '../errors/api-error.ts';
import { ApiErrors } from '../openapi/errors.decorator.ts';
import { idSchema } from '../validation.ts';
import { GameDto } from './game.dto.ts';

@ApiTags('games')
@Controller('games')
export class GamesController {
  constructor(
    @Inject(GameRepository) private readonly games: GameRepository,
    @Inject(SharedReads) private readonly reads: SharedReads,
  ) {}

  @Get(':id')
  @Needs('public')
  @ApiOperation({ summary: 'One game' })
  @ApiOkResponse({ type: GameDto })
  @ApiErrors(400, 404)
  async find(@Param('id', { schema: idSchema }) id: string): Promise<GameDto> {
    const game = await this.reads.read(`game ${id}`, () => this.games.find(id));
    if (!game) throw notFound('game', id);
    return game;
  }

  @Get(':id/tape')
  @Needs('public')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @ApiOperation({
    summary: 'The tape of a finished game: a file that plays it again and proves it (docs/TAPES.md)',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiErrors(400, 404, 409, 410)
  async tape(@Param('id', { schema: idSchema }) id: string, @Res() response: Response): Promise<void> {
    const tape = await this.reads.read(`tape ${id}`, () => this.games.tape(id));
    if (!tape) throw notFound('game', id);
    if (tape === 'unfinished') {
      throw new ApiError(
        HttpStatus.CONFLICT,
        'game_not_finished',
        'The game is not over; its seeds and keys are given out once it is. Watch it live, or come back.',
      );
    }
    if (tape === 'unplayed') {
      throw new ApiError(
        HttpStatus.NOT_FOUND,
        'game_not_played',
        'This game was not played: its agent was given up before it began. The verdict tells why.',
      );
    }
    if (tape === 'gone') {
      throw new ApiError(
        HttpStatus.GONE,
        'tape_gone',
        'This game was played by an earlier edition, whose tapes are not kept any more. Its figures stay valid.',
      );
    }
    response.set('Content-Disposition', `attachment; filename="${id}.tape"`).type('bin').send(tape);
  }
}
