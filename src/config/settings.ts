import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { COMPONENTS, LOG_LEVELS } from './keytrail.config.js';
import { optional, setting } from './setting.js';
import {
  addressBlocks,
  hostName,
  listOf,
  oneOf,
  path,
  port,
  secretText,
  shortName,
  wholeNumber,
} from './setting-parsers.js';

const MEBIBYTE = 1_048_576;
const COUNT_MOST = 1_000_000_000;
const DAY_MS = 86_400_000;

/** Every setting there is, by its environment variable. `.env.example` names exactly these. */
export const SETTINGS = {
  KEYTRAIL_DATA: setting(path, resolve('data')),
  KEYTRAIL_TENANT: setting(shortName, 'default'),
  KEYTRAIL_ENVIRONMENT: setting(shortName, 'default'),
  KEYTRAIL_COMPONENTS: setting(listOf(COMPONENTS), COMPONENTS),
  KEYTRAIL_LOG_LEVEL: setting(oneOf(LOG_LEVELS), 'info'),
  KEYTRAIL_HOST: setting(hostName, '127.0.0.1'),
  KEYTRAIL_PORT: setting(port, 7420),
  KEYTRAIL_METRICS_HOST: setting(hostName, '127.0.0.1'),
  KEYTRAIL_METRICS_PORT: optional(port),
  KEYTRAIL_TRUSTED_PROXIES: setting(addressBlocks, []),
  KEYTRAIL_KEK_FILE: optional(path),
  KEYTRAIL_BOOTSTRAP_KEY_FILE: optional(path),
  KEYTRAIL_SOURCES_FILE: optional(path),
  KEYTRAIL_MAX_RECORDS: setting(wholeNumber(1, 100_000), 5_000),
  KEYTRAIL_MAX_BYTES: setting(wholeNumber(1_024, 64 * MEBIBYTE), 8 * MEBIBYTE),
  KEYTRAIL_MAX_BYTES_IN_FLIGHT: setting(wholeNumber(1_024, 1_024 * MEBIBYTE), 64 * MEBIBYTE),
  KEYTRAIL_MAX_QUEUED_EVENTS: setting(wholeNumber(1, COUNT_MOST), 50_000),
  KEYTRAIL_MAX_NEW_SUBJECTS_PER_HOUR: setting(wholeNumber(1, COUNT_MOST), 20_000),
  KEYTRAIL_APPEND_WAIT_MS: setting(wholeNumber(1, DAY_MS), 10_000),
  KEYTRAIL_BODY_WAIT_MS: setting(wholeNumber(1, DAY_MS), 30_000),
  KEYTRAIL_STOP_WAIT_MS: setting(wholeNumber(1, DAY_MS), 20_000),
  KEYTRAIL_EXCHANGE_WAIT_MS: setting(wholeNumber(1, DAY_MS), 60_000),
  KEYTRAIL_WORKERS: setting(wholeNumber(1, 64), Math.min(4, availableParallelism())),
  KEYTRAIL_KEY: optional(secretText),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = { readonly [Name in SettingName]: (typeof SETTINGS)[Name]['otherwise'] };
