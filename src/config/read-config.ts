import { KeytrailError } from '../domain/errors.js';
import type { KeytrailConfig } from './keytrail.config.js';
import type { Setting } from './setting.js';
import { SETTINGS, type SettingName, type SettingValues } from './settings.js';

export interface ConfigReading {
  readonly config: KeytrailConfig;
  /** Names that begin as ours do and are none: typing errors, to be warned of. */
  readonly unknown: readonly string[];
}

const PREFIX = 'KEYTRAIL_';
/** Names that only tests and the tools around the service know. */
const FOREIGN = /^KEYTRAIL_(TEST|REQUIRE|DEMO)_/;

/**
 * Reads the environment. An empty variable is one that is not set.
 * @throws KeytrailError CONFIG.INVALID with every fault in `errors`; a fault never repeats the value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigReading {
  const errors: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting][]) {
    const text = environment[name]?.trim() ?? '';
    const read = text === '' ? { value: setting.otherwise } : setting.parse(text);
    if ('fault' in read) errors.push(`${name} ${read.fault}`);
    else values[name] = read.value;
  }
  if (errors.length > 0) throw new KeytrailError('CONFIG.INVALID', { errors });
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith(PREFIX) && !FOREIGN.test(name) && !Object.hasOwn(SETTINGS, name),
  );
  return { config: arrange(values as unknown as SettingValues), unknown: unknown.sort() };
}

function arrange(values: SettingValues): KeytrailConfig {
  return Object.freeze<KeytrailConfig>({
    data: values.KEYTRAIL_DATA,
    tenant: values.KEYTRAIL_TENANT,
    environment: values.KEYTRAIL_ENVIRONMENT,
    components: Object.freeze([...values.KEYTRAIL_COMPONENTS]),
    logLevel: values.KEYTRAIL_LOG_LEVEL,
    http: Object.freeze({
      host: values.KEYTRAIL_HOST,
      port: values.KEYTRAIL_PORT,
      metricsHost: values.KEYTRAIL_METRICS_HOST,
      metricsPort: values.KEYTRAIL_METRICS_PORT,
      trustedProxies: Object.freeze([...values.KEYTRAIL_TRUSTED_PROXIES]),
    }),
    files: Object.freeze({
      kek: values.KEYTRAIL_KEK_FILE,
      bootstrapKey: values.KEYTRAIL_BOOTSTRAP_KEY_FILE,
      sources: values.KEYTRAIL_SOURCES_FILE,
    }),
    limits: Object.freeze({
      records: values.KEYTRAIL_MAX_RECORDS,
      bytes: values.KEYTRAIL_MAX_BYTES,
      bytesInFlight: values.KEYTRAIL_MAX_BYTES_IN_FLIGHT,
      queuedEvents: values.KEYTRAIL_MAX_QUEUED_EVENTS,
      newSubjectsPerHour: values.KEYTRAIL_MAX_NEW_SUBJECTS_PER_HOUR,
    }),
    waits: Object.freeze({
      append: values.KEYTRAIL_APPEND_WAIT_MS,
      body: values.KEYTRAIL_BODY_WAIT_MS,
      stop: values.KEYTRAIL_STOP_WAIT_MS,
      exchange: values.KEYTRAIL_EXCHANGE_WAIT_MS,
    }),
    workers: values.KEYTRAIL_WORKERS,
    key: values.KEYTRAIL_KEY,
  });
}
