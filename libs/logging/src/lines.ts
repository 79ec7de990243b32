import { neutralise } from '@arena/contracts';
import type { LoggerService } from '@nestjs/common';

/** Nest tells of every module and route at start, and prints what main() reports in one line anyway. */
const FRAMEWORK = new Set([
  'ExceptionHandler',
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

/** One line a message on standard error: program, note, level where it matters, context, text. */
export class Lines implements LoggerService {
  constructor(
    private readonly program: string,
    private readonly write: (line: string) => void = (line) => process.stderr.write(line),
    /** What every line has to say, such as that agents are not held in. */
    private readonly note = '',
  ) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.line('', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.line('warning: ', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.line('error: ', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.line('fatal: ', message, rest);
  }

  private line(level: string, message: unknown, rest: unknown[]): void {
    // Nest hands the context over as the last argument.
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : '';
    if (FRAMEWORK.has(context)) return;
    const text = message instanceof Error ? (message.stack ?? message.message) : String(message);
    const note = this.note === '' ? '' : `${this.note}: `;
    // Names and errors in it are strangers', and a log is read in a terminal.
    this.write(neutralise(`${this.program}: ${note}${level}${context ? `[${context}] ` : ''}${text}\n`));
  }
}
