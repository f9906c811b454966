import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '../domain/errors.js';
import type { Reason } from '../domain/outcome.js';
import { NOBODY, type Principal } from '../domain/principal.js';

/** One refused request. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly reason: Reason;
  /** Personal data. */
  readonly address: string;
  /** Who was refused, if they proved to be someone. */
  readonly principal?: Principal;
  readonly requestId: string;
}

/** Refusals of one address, code and reason (and one key, if it was a valid one) within one minute. */
export interface RefusalGroup {
  /** Of its event: sending it twice adds nothing. */
  readonly id: string;
  /** RFC 3339, the minute's beginning. */
  readonly minute: string;
  readonly code: ErrorCode;
  readonly reason: Reason;
  /** Absent where more addresses came than are told apart. */
  readonly address?: string;
  readonly principal: Principal;
  /** Of the first of them. */
  readonly requestId: string;
  count: number;
}

const MINUTE_MS = 60_000;

/**
 * Counts refusals exactly, however many there are: by address while there is room for another one, and beyond that by code
 * and reason alone.
 */
export class RefusalCounts {
  #groups = new Map<string, RefusalGroup>();

  constructor(private readonly limit: number) {}

  add(refusal: Refusal, now: Date): void {
    const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
    const common = `${minute} ${refusal.code} ${refusal.reason}`;
    const key = `${common} ${refusal.principal?.keyId ?? ''} ${refusal.address}`;
    const group =
      this.#groups.get(key) ?? (this.#groups.size < this.limit ? this.#begin(key, minute, refusal) : undefined);
    if (group) group.count += 1;
    else this.#beyond(common, minute, refusal).count += 1;
  }

  /** Takes out the groups of minutes that are over, or all of them. */
  take(now: Date, all = false): readonly RefusalGroup[] {
    const present = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
    const taken = [...this.#groups].filter(([, { minute }]) => all || minute < present);
    for (const [key] of taken) this.#groups.delete(key);
    return taken.map(([, group]) => group);
  }

  /** One for each code, reason and minute: few, so that they may stand above the limit. */
  #beyond(key: string, minute: number, { code, reason, requestId }: Refusal): RefusalGroup {
    const known = this.#groups.get(key);
    if (known) return known;
    const group = { ...blank(minute), code, reason, requestId, principal: NOBODY };
    this.#groups.set(key, group);
    return group;
  }

  #begin(key: string, minute: number, refusal: Refusal): RefusalGroup {
    const { code, reason, address, requestId, principal = NOBODY } = refusal;
    const group = { ...blank(minute), code, reason, address, requestId, principal };
    this.#groups.set(key, group);
    return group;
  }
}

function blank(minute: number): Pick<RefusalGroup, 'id' | 'minute' | 'count'> {
  return { id: randomUUID(), minute: new Date(minute).toISOString(), count: 0 };
}
