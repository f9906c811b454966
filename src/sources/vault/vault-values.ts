import type { JsonObject } from '../../domain/canonical-json.js';
import { asArray, countAt, isAbsent, recordAt, type JsonRecord } from '../json-record.js';
import { present } from '../present.js';
import type { VaultMeaning } from './vault-call.js';

/** What may be told of a call's data: counts and versions, never a key or value. */
export interface VaultValues {
  readonly version?: string;
  readonly valueReturned?: boolean;
  readonly details?: JsonObject;
  readonly flags: readonly string[];
}

const RETURNING: ReadonlySet<string> = new Set(['secret.read', 'secret.export', 'secret.issue']);
const VERSIONS_LIMIT = 100;

/** Reads an entry's data. `failed` is `undefined` while no response has told. */
export function vaultValues(record: JsonRecord, meaning: VaultMeaning, failed: boolean | undefined): VaultValues {
  const request = recordAt(recordAt(record, 'request'), 'data');
  const response = recordAt(record, 'response');
  const data = recordAt(response, 'data');
  const isWrapped = !isAbsent(response?.['wrap_info']);
  const returned = failed === undefined ? undefined : valueReturned(response, meaning, failed);
  const isMissing = failed === false && RETURNING.has(meaning.action) && returned === undefined;
  const details = present({
    keyCount: keyCount(request, failed === true ? undefined : data, meaning),
    versions: versionList(request, meaning),
    wrapped: isWrapped ? true : undefined,
  });
  return {
    flags: isMissing ? ['no_data_logged'] : [],
    ...present({
      version: meaning.version ?? versionOf(request, data, meaning),
      valueReturned: returned,
      details: Object.keys(details).length > 0 ? details : undefined,
    }),
  };
}

/** A wrapped answer gives the value to whoever unwraps it. An answer without data may have been cut by the device. */
function valueReturned(response: JsonRecord | undefined, meaning: VaultMeaning, failed: boolean): boolean | undefined {
  if (!RETURNING.has(meaning.action)) return undefined;
  if (failed || !isAbsent(response?.['wrap_info'])) return false;
  if (!isAbsent(response?.['auth'])) return true;
  const data = recordAt(response, 'data');
  if (!data) return undefined;
  return meaning.holds === 'versioned' ? !isAbsent(data['data']) : Object.keys(data).length > 0;
}

/** How many keys a KV value has, or a list has entries (a number where the device elides lists). */
function keyCount(
  request: JsonRecord | undefined,
  data: JsonRecord | undefined,
  { action, holds }: VaultMeaning,
): number | undefined {
  if (action === 'secret.list') return listLength(data?.['keys']);
  if (!holds) return undefined;
  const isWrite = action === 'secret.create' || action === 'secret.update';
  if (!isWrite && action !== 'secret.read') return undefined;
  const holder = isWrite ? request : data;
  const value = holds === 'versioned' ? recordAt(holder, 'data') : holder;
  return value && Object.keys(value).length;
}

function listLength(keys: unknown): number | undefined {
  if (typeof keys === 'number') return Number.isSafeInteger(keys) && keys >= 0 ? keys : undefined;
  return Array.isArray(keys) ? keys.length : undefined;
}

/**
 * The version read or written. Numbers stand in plain, so only the two places are read where version 2 of the KV engine
 * puts its own metadata, told by the fields around them; anywhere else a number may be a secret's.
 */
function versionOf(
  request: JsonRecord | undefined,
  data: JsonRecord | undefined,
  { action, holds }: VaultMeaning,
): string | undefined {
  if (holds !== 'versioned') return undefined;
  if (action === 'secret.read')
    return numbered(metadataVersion(recordAt(data, 'metadata')) ?? countAt(request, 'version'));
  if (action === 'secret.create' || action === 'secret.update') return numbered(metadataVersion(data));
  const [only, ...others] = versionNumbers(request);
  return others.length === 0 ? numbered(only) : undefined;
}

function metadataVersion(metadata: JsonRecord | undefined): number | undefined {
  return metadata && 'created_time' in metadata && 'destroyed' in metadata ? countAt(metadata, 'version') : undefined;
}

function versionList(request: JsonRecord | undefined, { action, holds }: VaultMeaning): number[] | undefined {
  const many = action === 'secret.delete' || action === 'secret.restore' || action === 'secret.destroy';
  const versions = holds === 'versioned' && many ? versionNumbers(request) : [];
  return versions.length > 1 ? versions.slice(0, VERSIONS_LIMIT) : undefined;
}

function versionNumbers(request: JsonRecord | undefined): number[] {
  return asArray(request?.['versions']).filter(
    (version): version is number => Number.isSafeInteger(version) && (version as number) > 0,
  );
}

function numbered(version: number | undefined): string | undefined {
  return version === undefined ? undefined : String(version);
}
