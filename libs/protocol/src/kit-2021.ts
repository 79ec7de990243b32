/** What submissions of 2021 set beside their agent, and what of it holds here. */
import { MAX_GAMES_AT_ONCE } from './messages.ts';

/** The starter kit's file that names the agent's class, how many environments it plays and how they are made. */
export const CONFIG_FILE_2021 = 'submission_config.py';

/** The challenge's number of environments where a submission says none. */
export const GAMES_OF_2021 = 32;
/**
 * Environments in functions of the submission's own (MAKE_ENV_FN) have a thread each, of the 64 that the challenge allows a sandbox;
 * numpy and the interpreter need some.
 */
export const MOST_WRAPPED = 48;

const CLASS = /^class[ \t]+SubmissionConfig\b[^\n]*\n((?:[ \t]+[^\n]*(?:\n|$)|[ \t]*\n|#[^\n]*(?:\n|$))*)/m;

/** The right side of a plain assignment in the class, without its comment; null where there is none. */
function assigned(body: string, name: string): string | null {
  const found = new RegExp(`^[ \\t]+${name}[ \\t]*(?::[^=\\n]+)?=[ \\t]*([^#\\n]*)`, 'm').exec(body);
  return found?.[1]?.trim() ?? null;
}

/** A submission's environments. */
export interface Environments {
  readonly gamesAtOnce: number;
  /** They are made by a function of the submission's own. */
  readonly wrapped: boolean;
  /** What the submission asked for and does not get, a sentence each. */
  readonly notices: readonly string[];
}

/**
 * How many environments a submission_config.py asks for. It is read, not run: only a plain number counts, and everything else is
 * told in the notices.
 */
export function environmentsOf(config: string | null): Environments {
  const body = CLASS.exec(config ?? '')?.[1] ?? '';
  const maker = assigned(body, 'MAKE_ENV_FN');
  const wrapped = maker !== null && maker !== 'None';
  const most = wrapped ? MOST_WRAPPED : MAX_GAMES_AT_ONCE;
  const said = assigned(body, 'NUM_ENVIRONMENTS');
  if (said === null) return { gamesAtOnce: GAMES_OF_2021, wrapped, notices: [] };
  const number = /^[0-9]{1,9}$/.test(said) ? Number(said) : 0;
  if (number === 0) {
    const why = `NUM_ENVIRONMENTS = ${said.slice(0, 40)} is ignored: it is read without being run, and is no plain number of at least 1`;
    return { gamesAtOnce: GAMES_OF_2021, wrapped, notices: [`${why}; ${GAMES_OF_2021} are played at once`] };
  }
  if (number <= most) return { gamesAtOnce: number, wrapped, notices: [] };
  const reason = wrapped ? 'with MAKE_ENV_FN, which takes a thread each' : 'by one process';
  const notice = `NUM_ENVIRONMENTS = ${number} is more than can be played at once ${reason}: ${most} are`;
  return { gamesAtOnce: most, wrapped, notices: [notice] };
}

/** What an aicrowd.json says in vain, a sentence each. */
export function unheeded(aicrowd: Readonly<Record<string, unknown>>): string[] {
  return [
    ...(aicrowd['gpu'] === true
      ? ['gpu: true is ignored: agents are run without graphics cards, and models on the processor']
      : []),
    ...(aicrowd['debug'] === true ? ['debug: true is ignored: every submission plays all games'] : []),
  ];
}
