export const HELP = `Plays the bundled baselines on the same published seeds, by the server's own
evaluation code: its sandbox, limits and verdicts, several shards at once.
Writes a report of it as Markdown, JSON and pictures.

usage: npm run tournament -- [options]        (or: arena tournament [options])

  --games N        games an agent (default 512)
  --agents A,B     only these: names of folders in agents/baselines, or paths of
                   agents' folders (default: every baseline there is)
  --seeds NAME     seeds are derived from the SHA-256 of this name, as those of
                   npm run tapes (default tournament)
  --shards N       shards at once (default: one a processor)
  --out FOLDER     the report: report.md, report.json, images/ (default
                   .arena/tournament/report)
  --docs           also docs/BASELINES.md, docs/baselines.json and
                   docs/images/baselines/
  --compare FILE   play again and compare every game with those of a report.json
                   of the same agents and engine; others are named, not failed
  --check          hold the bounds of the baselines: exit code 1 and a line for
                   each that is missed; an agent that is not there misses its
                   own
  --keep FOLDER    where finished games are kept (default .arena/tournament)
  --fresh          forget what is kept of these agents first; --compare neither
                   uses nor touches it
  --json           the report as one JSON document on standard output

Finished games are kept by agent (sha256 of its archive), engine, seeds and
limits: after Ctrl-C the same command goes on, and no game is played twice.

Exit code: 0, 1 if a bound is missed (--check), a game differs (--compare) or
nothing could be played, 2 for a wrong call, 130 if stopped.

  npm run tournament -- --games 16 --agents random,explorer
  npm run tournament -- --games 16 --compare docs/baselines.json
  npm run tournament -- --games 512 --docs --check`;
