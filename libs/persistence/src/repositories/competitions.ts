import type { CompetitionView, Limits } from '@arena/contracts';
import { RANKING_RULE } from '@arena/scoring';
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import { Competition } from '../entities/index.ts';

export interface CompetitionSettings {
  name: string;
  description: string;
  task: string;
  gamesPerEvaluation: number;
  limits: Limits;
  character: string;
  options: string;
  clock: number;
  /** Whether games play as NLE does where `screen_descriptions` is observed. */
  screenDescriptions: boolean;
  /** 32 bytes; random if left out, which is right for everything but a reproducible demonstration. */
  masterSeed?: Buffer;
}

/** Something that shapes games was to change after the first submission. */
export class CompetitionInUseError extends Error {
  override name = 'CompetitionInUseError';
  constructor(
    slug: string,
    readonly fields: string[],
  ) {
    super(
      `The competition ${slug} has submissions already, so ${fields.join(', ')} cannot change: ` +
        `games on one board are played under the same rules. Open a new competition for the new rules.`,
    );
  }
}

/** What makes two games of a competition comparable. */
const RULES = [
  'task',
  'gamesPerEvaluation',
  'limits',
  'character',
  'options',
  'clock',
  'screenDescriptions',
  'masterSeed',
] as const;

export class CompetitionRepository {
  constructor(private readonly dataSource: DataSource) {}

  async list(): Promise<CompetitionView[]> {
    const rows = await this.dataSource
      .getRepository(Competition)
      .find({ order: { createdAt: 'ASC', slug: 'ASC' } });
    return rows.map(competitionView);
  }

  async find(slug: string): Promise<CompetitionView | null> {
    const row = await this.dataSource.getRepository(Competition).findOneBy({ slug });
    return row && competitionView(row);
  }

  /**
   * Makes the competition or changes it; the same settings again change nothing.
   * Throws {@link CompetitionInUseError} for changed rules once there are submissions.
   */
  async put(slug: string, settings: CompetitionSettings): Promise<CompetitionView> {
    return this.dataSource.transaction(async (manager) => {
      const repository = manager.getRepository(Competition);
      const { masterSeed, ...shown } = settings;
      await repository
        .createQueryBuilder()
        .insert()
        .values({
          ...shown,
          slug,
          masterSeed: masterSeed ?? randomBytes(32),
          ruleName: RANKING_RULE.name,
          ruleVersion: RANKING_RULE.version,
        })
        .orIgnore()
        .execute();
      const row = await repository
        .createQueryBuilder('competition')
        .addSelect('competition.masterSeed')
        .where({ slug })
        .setLock('pessimistic_write')
        .getOneOrFail();
      const wished = { ...shown, masterSeed: masterSeed ?? row.masterSeed };
      const changed = RULES.filter((field) => !isDeepStrictEqual(plain(row[field]), plain(wished[field])));
      if (changed.length > 0 && row.evaluationsMade > 0) throw new CompetitionInUseError(slug, changed);
      await repository.update({ id: row.id }, wished);
      await manager.query('INSERT INTO "board" ("competition_id") VALUES ($1) ON CONFLICT DO NOTHING', [
        row.id,
      ]);
      return competitionView({ slug, ...shown });
    });
  }
}

function plain(value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

export function competitionView(row: CompetitionView): CompetitionView {
  return {
    slug: row.slug,
    name: row.name,
    description: row.description,
    gamesPerEvaluation: row.gamesPerEvaluation,
    limits: row.limits,
    screenDescriptions: row.screenDescriptions,
  };
}
