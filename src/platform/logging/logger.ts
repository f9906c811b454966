import type { LogEventName, LogFields } from './log-events.js';

/** Logs by allow-list: a name from `LOG_EVENTS` and fields of its schema. There is no free text. */
export abstract class Logger {
  abstract event<Name extends LogEventName>(name: Name, fields: LogFields<Name>): void;
}
