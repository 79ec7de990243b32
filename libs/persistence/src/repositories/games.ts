import type { GamePage, GameRow, GameView } from '@arena/contracts';
import type { DataSource } from 'typeorm';
import { rowsOf } from '../database/transaction.ts';
import { Evaluation, Game, Tape } from '../entities/index.ts';
import { gameRow, gameView, type AgentOfGame } from './game-views.ts';

/** Reads games for pages; the worker's side is in {@link PlayRepository}. */
export class GameRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A submission's games in their order, or null if there is no such submission. */
  async page(submissionId: string, offset: number, limit: number): Promise<GamePage | null> {
    const evaluation = await this.dataSource.getRepository(Evaluation).findOneBy({ submissionId });
    if (!evaluation) return null;
    const games = await this.dataSource.getRepository(Game).find({
      where: { evaluationId: evaluation.id },
      order: { index: 'ASC' },
      skip: offset,
      take: limit,
    });
    return { total: evaluation.gamesTotal, offset, games: games.map(gameRow) };
  }

  /** As in a list, without what only the game's own page shows. */
  async row(id: string): Promise<GameRow | null> {
    const game = await this.dataSource.getRepository(Game).findOneBy({ id });
    return game && gameRow(game);
  }

  async find(id: string): Promise<GameView | null> {
    const game = await this.dataSource.getRepository(Game).findOneBy({ id });
    const agent = game && (await this.agents([game.evaluationId])).get(game.evaluationId);
    return agent ? gameView(game, agent) : null;
  }

  /** A submission's games that were begun or came to their end at `since` or later, in their order. */
  async changedSince(submissionId: string, since: Date): Promise<GameRow[]> {
    const games = await this.dataSource
      .getRepository(Game)
      .createQueryBuilder('game')
      .innerJoin('evaluation', 'evaluation', 'evaluation.id = game.evaluationId')
      .where('evaluation.submission_id = :submissionId', { submissionId })
      .andWhere('greatest(game.startedAt, game.finishedAt) >= :since', { since })
      .orderBy('game.index')
      .getMany();
    return games.map(gameRow);
  }

  /** The games of a competition that are played right now, the oldest first. */
  async running(competition: string, limit: number): Promise<GameView[]> {
    const games = await this.dataSource
      .getRepository(Game)
      .createQueryBuilder('game')
      .innerJoin('evaluation', 'evaluation', 'evaluation.id = game.evaluationId')
      .innerJoin('competition', 'competition', 'competition.id = evaluation.competition_id')
      .where(`game.state = 'running' AND competition.slug = :competition`, { competition })
      .orderBy('game.startedAt')
      .addOrderBy('game.id')
      .limit(limit)
      .getMany();
    const agents = await this.agents([...new Set(games.map((game) => game.evaluationId))]);
    return games.flatMap((game) => {
      const agent = agents.get(game.evaluationId);
      return agent ? [gameView(game, agent)] : [];
    });
  }

  /**
   * A finished game's tape as a file. null if there is no such game, `unfinished` while it is not over, `unplayed` if its
   * agent was given up before it began, `gone` if it was played before tapes had the form they have.
   */
  async tape(id: string): Promise<Buffer | 'unfinished' | 'unplayed' | 'gone' | null> {
    const game = await this.dataSource.getRepository(Game).findOneBy({ id });
    if (!game) return null;
    if (game.state !== 'finished') return 'unfinished';
    const tape = await this.dataSource.getRepository(Tape).findOneBy({ gameId: id });
    return tape?.bytes ?? (game.steps === 0 ? 'unplayed' : 'gone');
  }

  private async agents(evaluationIds: string[]): Promise<Map<string, AgentOfGame>> {
    const rows = await rowsOf<AgentOfGame & { evaluationId: string }>(
      this.dataSource,
      `SELECT e."id" AS "evaluationId", s."id" AS "submissionId", s."agent_name" AS "agentName",
         s."agent_version" AS "agentVersion", s."kind", c."slug" AS "competition"
       FROM "evaluation" e JOIN "submission" s ON s."id" = e."submission_id"
       JOIN "competition" c ON c."id" = e."competition_id" WHERE e."id" = ANY($1)`,
      [evaluationIds],
    );
    return new Map(rows.map(({ evaluationId, ...agent }) => [evaluationId, agent]));
  }
}
