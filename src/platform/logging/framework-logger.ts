import type { LoggerService } from '@nestjs/common';
import { describeError } from './describe-error.js';
import type { Logger } from './logger.js';

/**
 * Takes what the framework wants to log. Its texts hold what we don't know, so only the level and where it comes from
 * are kept, and of an error its description.
 */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(): void {
    // Tells of every module and route at start: of no use to whoever runs the service.
  }

  error(message: unknown, ...more: readonly unknown[]): void {
    this.#failed(message, more);
  }

  fatal(message: unknown, ...more: readonly unknown[]): void {
    this.#failed(message, more);
  }

  warn(_message: unknown, ...more: readonly unknown[]): void {
    this.logger.event('framework.message', { level: 'warn', context: contextOf(more) });
  }

  #failed(message: unknown, more: readonly unknown[]): void {
    this.logger.event('error.unexpected', { part: contextOf(more) ?? 'framework', ...describeError(message) });
  }
}

/** Nest passes the name of the class that logs as the last argument; a stack may stand there too. */
function contextOf(more: readonly unknown[]): string | undefined {
  const last = more.at(-1);
  return typeof last === 'string' && /^\w{1,60}$/.test(last) ? last : undefined;
}
