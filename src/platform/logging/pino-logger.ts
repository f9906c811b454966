import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { LOG_EVENTS, type Level, type LogEventName, type LogFields } from './log-events.js';
import { loggableFields } from './loggable-fields.js';
import { Logger } from './logger.js';
import { requestContext } from './request-context.js';

export interface PinoLoggerOptions {
  readonly level: Level;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
  /** Told how many fields were dropped from which event. */
  readonly onDropped?: (name: LogEventName, count: number) => void;
}

/** One JSON object a line: `time`, `level`, `event`, the request's id, and the event's own fields. */
export class PinoLogger extends Logger {
  readonly #pino: Pino;
  readonly #onDropped: PinoLoggerOptions['onDropped'];

  constructor(options: PinoLoggerOptions) {
    super();
    // Synchronous, so that the last line before an end is not lost; lines are few at every level but debug.
    const destination = options.destination ?? pino.destination({ fd: 1, sync: true });
    this.#pino = pino(
      {
        level: options.level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      destination,
    );
    this.#onDropped = options.onDropped;
  }

  override event<Name extends LogEventName>(name: Name, given: LogFields<Name>): void {
    const { level } = LOG_EVENTS[name];
    const { fields, dropped } = loggableFields(name, given);
    if (dropped > 0) this.#onDropped?.(name, dropped);
    if (!this.#pino.isLevelEnabled(level)) return;
    this.#pino[level]({ event: name, ...requestContext.getStore(), ...fields });
  }
}
