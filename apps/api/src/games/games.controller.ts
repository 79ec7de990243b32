import { GameRepository } from '@arena/persistence';
import { Controller, Get, HttpStatus, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/permission.decorator.ts';
import { ApiError, notFound } from '../errors/api-error.ts';
import { ApiErrors } from '../openapi/errors.decorator.ts';
import { idSchema } from '../validation.ts';
import { GameDto, ReplayDto } from './game.dto.ts';

@ApiTags('games')
@Controller('games')
export class GamesController {
  constructor(@Inject(GameRepository) private readonly games: GameRepository) {}

  @Get(':id')
  @Needs('public')
  @ApiOperation({ summary: 'One game' })
  @ApiOkResponse({ type: GameDto })
  @ApiErrors(400, 404)
  async find(@Param('id', { schema: idSchema }) id: string): Promise<GameDto> {
    const game = await this.games.find(id);
    if (!game) throw notFound('game', id);
    return game;
  }

  @Get(':id/replay')
  @Needs('public')
  @ApiOperation({ summary: 'All that plays a finished game again: engine, seeds, options, clock, keys' })
  @ApiOkResponse({ type: ReplayDto })
  @ApiErrors(400, 404, 409)
  async replay(@Param('id', { schema: idSchema }) id: string): Promise<ReplayDto> {
    const replay = await this.games.replay(id);
    if (!replay) throw notFound('game', id);
    if (replay === 'unfinished') {
      throw new ApiError(
        HttpStatus.CONFLICT,
        'game_not_finished',
        'The game is not over; its seeds and keys are given out once it is. Watch it live, or come back.',
      );
    }
    return replay;
  }
}
