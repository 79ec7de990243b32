import { Lines } from '@arena/logging';
import { DatabaseUnreachableError } from '@arena/persistence';
import { createApplication } from './application.ts';
import { ConfigError, readConfig } from './config/config.ts';

/**
 * Connections that wait to be accepted; the system may hold fewer (net.core.somaxconn, 4,096 by default). Node's own 511 are less
 * than one address may open: once they are full, others' first packets are dropped and sent again only after 1 s, 3 s and 7 s.
 */
const BACKLOG = 4_096;

interface Listener {
  listen(port: number, host: string, backlog: number): Promise<unknown>;
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = new Lines('api');
  logger.log('loading', 'start-up');
  const application = await createApplication(config, logger);
  application.enableShutdownHooks();
  // Nest hands all of these on to Node; its types name two of them.
  await (application as unknown as Listener).listen(config.port, config.host, BACKLOG);
  logger.log(`ready on ${await application.getUrl()}`, 'main');
}

/** What a person can act on goes out as one line; anything else is a defect and shows where. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DatabaseUnreachableError) return error.message;
  const { code, message, stack, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port ?? '?'} is taken by another program; stop it, or set PORT to another number`;
  if (code === 'EACCES')
    return `port ${port ?? '?'} may not be opened by this user; set PORT to a number above 1023`;
  return stack ?? message;
}

main().catch((error: unknown) => {
  process.stderr.write(`api: ${explain(error)}\n`);
  process.exit(1);
});
