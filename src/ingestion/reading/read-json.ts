import type { RejectionReason } from '../../sources/source.port.js';
import { RECORD_LIMITS } from '../ingestion-limits.js';
import { LocatingParser } from './locating-parser.js';
import { scanJson } from './scan-json.js';

/** The arrays and objects in which something is wrong, and what. */
export type JsonFaults = ReadonlyMap<object, RejectionReason>;

export type ReadJson =
  { readonly value: unknown; readonly faults: JsonFaults | undefined } | { readonly fault: RejectionReason };

/**
 * Reads one JSON text of bounded depth and size. Doubled keys are found, as the last one would silently win and hide the
 * others; where they (or a depth beyond the limit) are, `faults` says, so that one bad record spoils no other.
 */
export function readJson(text: string): ReadJson {
  const scan = scanJson(text);
  if (scan.values > RECORD_LIMITS.values) return { fault: 'too_large' };
  if (scan.depth > RECORD_LIMITS.depth) return readSlowly(text);
  const value = parsed(text);
  if (value === undefined) return { fault: 'not_json' };
  return countMembers(value) === scan.members ? { value, faults: undefined } : readSlowly(text);
}

function readSlowly(text: string): ReadJson {
  const parser = new LocatingParser(text, RECORD_LIMITS.depth);
  const value = parser.parse();
  return value === undefined ? { fault: 'not_json' } : { value, faults: parser.faults };
}

/** `undefined` for what is no JSON, which no JSON text can give. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Members of all objects in a value of bounded depth. */
export function countMembers(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item);
    return members;
  }
  const keys = Object.keys(value);
  members = keys.length;
  for (const key of keys) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') members += countMembers(member);
  }
  return members;
}
