/** What a release commits beside its code: the tournament's report and the record of the cloner's training. */

/** Where an artefact says that it comes from. */
export interface Origin {
  /** The file, from the root of the checkout. */
  readonly file: string;
  readonly engine: string;
  /** sha256 by name of the agents it is of. */
  readonly agents: Readonly<Record<string, string>>;
  /** It must be of all these agents, not of some. */
  readonly ofAll: boolean;
  /** Makes it again. */
  readonly remedy: string;
}

export interface Today {
  readonly engine: string;
  readonly agents: Readonly<Record<string, string>>;
}

const short = (sha256: string | undefined): string => sha256?.slice(0, 12) ?? 'none';

/** In what the artefact does not belong to today's engine and agents, a line each; none if it does. */
export function foreignParts({ file, engine, agents, ofAll, remedy }: Origin, today: Today): string[] {
  const lines: string[] = [];
  if (engine !== today.engine)
    lines.push(`it is of engine ${short(engine)}, today's is ${short(today.engine)}`);
  for (const [name, sha256] of Object.entries(agents)) {
    const now = today.agents[name];
    if (now === undefined) lines.push(`it is of an agent ${name}, which is not there any more`);
    else if (now !== sha256) lines.push(`it is of ${name} ${short(sha256)}, today's is ${short(now)}`);
  }
  if (ofAll)
    for (const name of Object.keys(today.agents).filter((each) => !Object.hasOwn(agents, each)))
      lines.push(`it lacks the agent ${name}`);
  return lines.map((line) => `${file}: ${line}. Make it again: ${remedy}`);
}
