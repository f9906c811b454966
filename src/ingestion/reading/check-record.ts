import { canonicalJson } from '../../domain/canonical-json.js';
import { replaceHostileValues } from '../../domain/hostile-text.js';
import type { RejectionReason } from '../../sources/source.port.js';
import { RECORD_LIMITS } from '../ingestion-limits.js';
import { findFault } from './json-faults.js';
import type { FaultyRecord, ReadableRecord } from './native-record.js';
import { countMembers, type JsonFaults } from './read-json.js';

/** U+FFFD, which decoding puts in the place of bytes that are no UTF-8. */
const REPLACEMENT = '\uFFFD';

/** What is known of the text that the record stands in. */
export interface RecordSurroundings {
  readonly faults: JsonFaults | undefined;
  /** It has `\u` escapes, the only way to write NUL or a lone surrogate in JSON. */
  readonly hasEscapes: boolean;
  /** Its bytes were not all UTF-8. */
  readonly wasMisencoded: boolean;
}

/** Makes one parsed record fit to be understood, or says why it is not. */
export function checkRecord(record: unknown, surroundings: RecordSurroundings): ReadableRecord | FaultyRecord {
  const storable = surroundings.hasEscapes ? replaceHostileValues(record) : record;
  const { value, canonical } = canonicalised(storable);
  if (!isObject(record) || !isObject(value)) return { fault: 'not_an_object', evidence: canonical };
  const fault = faultOf(record, value, canonical) ?? (surroundings.faults && findFault(record, surroundings.faults));
  if (fault) return { fault, evidence: canonical };
  const flags = storable === record ? [] : [...replacementsIn(record)];
  return { value, canonical, flags: [...flags, ...flagsOfText(canonical, surroundings, value !== storable)] };
}

function flagsOfText(canonical: string, { wasMisencoded }: RecordSurroundings, numberReplaced: boolean): string[] {
  const flags = wasMisencoded && canonical.includes(REPLACEMENT) ? ['encoding_replaced'] : [];
  return numberReplaced ? [...flags, 'number_replaced'] : flags;
}

/** Numbers too large for a double become null: RFC 8785 has no form for what `JSON.parse` makes of them. */
export function canonicalised(value: unknown): { readonly value: unknown; readonly canonical: string } {
  try {
    return { value, canonical: canonicalJson(value) };
  } catch {
    const finite: unknown = JSON.parse(JSON.stringify(value));
    return { value: finite, canonical: canonicalJson(finite) };
  }
}

function faultOf(record: object, value: object, canonical: string): RejectionReason | undefined {
  if (Buffer.byteLength(canonical) > RECORD_LIMITS.bytes) return 'too_long';
  // Two keys that differ only in what was replaced have become one.
  return value !== record && countMembers(value) !== countMembers(record) ? 'duplicate_key' : undefined;
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function replacementsIn(value: unknown, flags = new Set<string>()): ReadonlySet<string> {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) flags.add('surrogate_replaced');
    if (value.includes('\0')) flags.add('nul_replaced');
  } else if (value !== null && typeof value === 'object')
    for (const [key, member] of Object.entries(value)) {
      replacementsIn(key, flags);
      replacementsIn(member, flags);
    }
  return flags;
}
