import { CompetitionRepository, GameRepository, SubmissionRepository } from '@arena/persistence';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { idSchema, slugSchema } from '../validation.ts';

/** A page waits this long for the database, which takes 1 ms: then it is sent, and says itself what is wrong. */
const PATIENCE_MS = 500;

/** `/competitions/demo`, as the website's router reads addresses: in any case, with or without a stroke at the end. */
const ADDRESS = /^\/(competitions|submissions|agents|games)\/([^/]+)\/?$/i;

/** Which addresses are pages of the website. */
@Injectable()
export class Pages {
  private readonly logger = new Logger('website');

  constructor(
    @Inject(CompetitionRepository) private readonly competitions: CompetitionRepository,
    @Inject(SubmissionRepository) private readonly submissions: SubmissionRepository,
    @Inject(GameRepository) private readonly games: GameRepository,
  ) {}

  /**
   * Whether there is a page under this path, and what it names exists: one look-up by primary key. While the database does not answer,
   * what may exist counts as existing. Never rejects.
   */
  async has(path: string): Promise<boolean> {
    if (path === '/') return true;
    const [, kind = '', written = ''] = ADDRESS.exec(path) ?? [];
    if (kind === '') return false;
    const key = decoded(written);
    const schema = kind.toLowerCase() === 'competitions' ? slugSchema : idSchema;
    if (key === null || !schema.safeParse(key).success) return false;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, true);
    });
    const looked = this.exists(kind.toLowerCase(), key).catch((error: unknown) => {
      this.logger.debug(`looking for ${kind} failed: ${(error as Error).message}`);
      return true;
    });
    const found = await Promise.race([looked, patience]);
    clearTimeout(timer);
    return found;
  }

  private async exists(kind: string, key: string): Promise<boolean> {
    if (kind === 'competitions') return (await this.competitions.find(key)) !== null;
    if (kind === 'games') return (await this.games.row(key)) !== null;
    return this.submissions.exists(key);
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
