/** What a field may hold. A string is cut at 200 characters and its control characters are replaced. */
export type FieldType = 'number' | 'string' | 'boolean';

export type Level = 'debug' | 'info' | 'warn' | 'error';

interface LogEventSchema {
  readonly level: Level;
  readonly fields: Readonly<Record<string, FieldType>>;
}

/**
 * Every line that Keytrail can log. A field that is not named here can't be logged, on no level. Never add a field that
 * could hold a value, a name, an address of a person, a URL, a header or another program's words.
 */
export const LOG_EVENTS = {
  'service.started': event('info', { version: 'string', address: 'string', components: 'string', ms: 'number' }),
  'service.stopping': event('info', { signal: 'string' }),
  'service.stopped': event('info', { ms: 'number', clean: 'boolean' }),
  'service.failed': event('error', { code: 'string', type: 'string', place: 'string' }),
  'config.invalid': event('error', { setting: 'string' }),
  'config.unknown_setting': event('warn', { name: 'string' }),
  'http.answered': event('debug', { method: 'string', route: 'string', status: 'number', ms: 'number' }),
  'http.failed': event('error', { method: 'string', route: 'string', status: 'number', code: 'string' }),
  'http.connection_refused': event('debug', { code: 'string' }),
  'error.unexpected': event('error', { part: 'string', type: 'string', errno: 'string', place: 'string' }),
  'framework.message': event('debug', { level: 'string', context: 'string' }),
  'access.bootstrapped': event('warn', { keyId: 'string', shown: 'string' }),
  'access.bootstrap_drift': event('warn', {}),
  'access.ring_changed': event('info', { version: 'number', active: 'number' }),
  'access.refusals_lost': event('error', { count: 'number', code: 'string' }),
  'privacy.kek_made': event('warn', { kekId: 'string' }),
  'privacy.kek_open_to_others': event('warn', {}),
  'report.ended': event('info', { run: 'string', status: 'string', code: 'string', ms: 'number', events: 'number' }),
  'health.working': event('info', { part: 'string' }),
  'health.waiting': event('info', { part: 'string', state: 'string' }),
  'health.failed': event('error', { part: 'string', code: 'string' }),
  'consumer.failing': event('warn', { consumer: 'string', code: 'string' }),
  'consumer.restarted': event('warn', { consumer: 'string', code: 'string', restarts: 'number' }),
  'consumer.blocked': event('error', {
    consumer: 'string',
    view: 'string',
    position: 'string',
    code: 'string',
    attempts: 'number',
  }),
  'consumer.view_switched': event('info', { view: 'string', generation: 'number', version: 'number' }),
  'disk.filling': event('warn', { usedPercent: 'number', availableBytes: 'number', daysLeft: 'number' }),
  'disk.recovered': event('info', { usedPercent: 'number', availableBytes: 'number' }),
} as const satisfies Record<string, LogEventSchema>;

export type LogEventName = keyof typeof LOG_EVENTS;

interface TypeOf {
  readonly number: number;
  readonly string: string;
  readonly boolean: boolean;
}
type SchemaOf<Name extends LogEventName> = (typeof LOG_EVENTS)[Name]['fields'];

/** The fields of one event; those that are not known are left out. */
export type LogFields<Name extends LogEventName> = {
  readonly [Field in keyof SchemaOf<Name>]?: SchemaOf<Name>[Field] extends FieldType
    ? TypeOf[SchemaOf<Name>[Field]] | undefined
    : never;
};

function event<const Fields extends Readonly<Record<string, FieldType>>>(
  level: Level,
  fields: Fields,
): { readonly level: Level; readonly fields: Fields } {
  return { level, fields };
}
