import { knownAction, type Action } from './action.js';
import type { JsonObject } from './canonical-json.js';
import type { Outcome, Reason } from './outcome.js';
import type { ActorKind, Correlation, Redaction } from './sourced-event.js';

/** An entry's size limit in bytes. tlog-tiles allows 65,535 for a leaf; the rest is kept in reserve. */
export const ENTRY_LIMIT = 60_000;

export interface EntrySecret {
  readonly uid: string;
  readonly store: string;
  readonly path: string;
  /** Another uid of the same secret, proved by this record; projections resolve it. */
  readonly alias?: string;
  readonly version?: string;
  readonly previousVersion?: string;
  readonly scope?: 'item' | 'collection';
  readonly valueReturned?: boolean;
}

export interface EntryActor {
  readonly kind: ActorKind;
  /** The random id that stands for the person or machine; absent when the record names nobody. */
  readonly subject?: string;
  /** The subject on whose behalf the actor acted. */
  readonly onBehalfOf?: string;
  readonly roles?: readonly string[];
  readonly authentication?: { readonly method?: string; readonly assurance?: string };
}

export interface EntrySource {
  readonly kind: string;
  readonly instance: string;
  readonly nativeId?: string;
  readonly nativeAction?: string;
  /** The version of the mapping that understood the record. */
  readonly mapping: number;
}

/** The stored event, version 1: no personal data, no secret value. Its bytes are the RFC 8785 form of this object. */
export interface Entry {
  readonly v: 1;
  readonly id: string;
  readonly phase?: 'request' | 'response';
  readonly tenant: string;
  readonly environment: string;
  readonly action: string;
  readonly outcome: Outcome;
  readonly reason?: Reason;
  readonly occurredAt?: string;
  readonly recordedAt: string;
  readonly source: EntrySource;
  readonly actor: EntryActor;
  readonly secrets?: readonly EntrySecret[];
  readonly purpose?: string;
  readonly origin?: 'manual' | 'automatic';
  readonly correlation?: Correlation;
  readonly details?: JsonObject;
  readonly redactions?: readonly Redaction[];
  readonly flags?: readonly string[];
  /** `[i, n]`: the i-th of n entries (from 1) of an event with more secrets than fit in one. */
  readonly part?: readonly [number, number];
  /** Salted digests of the disclosures in the encrypted part (RFC 9901 section 4.2.3), sorted. */
  readonly digests: readonly string[];
}

/** Reads a stored entry. The bytes are ours and final, so their shape is trusted; an unknown action reads as `other`. */
export function readEntry(bytes: Uint8Array): Entry {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as Entry;
}

/** On a call whose link to a secret the client chose itself: it says so, and is no proof. */
const CLIENT_CONTEXT = 'encryption_context_of_client';

/** True for an echo of another event, such as a KMS decrypt behind a secret's read: not a second access. */
export function isEcho({ action, correlation, flags }: Pick<Entry, 'action' | 'correlation' | 'flags'>): boolean {
  return action === 'key.use' && correlation?.derivedFrom !== undefined && flags?.includes(CLIENT_CONTEXT) !== true;
}

export function entryAction(entry: Entry): Action {
  return knownAction(entry.action);
}
