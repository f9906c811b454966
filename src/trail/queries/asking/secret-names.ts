import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../../domain/errors.js';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';
import { SecretAliases, type SecretPair } from '../../../domain/secret-aliases.js';
import { ReadStore, type ViewQuery } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { SECRET_ALIASES, type SecretAliasBody } from '../../secret-alias.view.js';
import { recordedWithin } from '../../trail-event.view.js';

/** More than this would make a slow query: it is an answer with a number in it instead. */
const NAMES_LIMIT = 10_000;
/** About 50 MB of names. */
const PAIRS_LIMIT = 100_000;
const PAGE = 1_000;

/** Puts what somebody called secrets into the read store's words, for a field that holds names. */
export type NameMatch = (field: string) => ViewFilter;

/** The names that one secret goes by, as records before a point proved them. */
@Injectable()
export class SecretNames {
  #latest: { readonly point: string; readonly standIns: ReadonlyMap<string, string> } | undefined;

  constructor(private readonly store: ReadStore) {}

  /**
   * The uids that belong to matching secrets and do not all match themselves. A secret matches by any of its names; what
   * matches by all of them needs no other.
   */
  async otherNames(match: NameMatch, asOf: LogPoint): Promise<readonly string[]> {
    const names = new Set<string>();
    for (let filter = halfMatching(match); ;) {
      const added: string[] = [];
      for await (const { uid, alias } of this.#pairs(filter, asOf)) {
        for (const name of [uid, alias].filter((one) => !names.has(one))) {
          names.add(name);
          added.push(name);
        }
        if (names.size > NAMES_LIMIT) throw tooMany(NAMES_LIMIT, 'name the secrets more exactly');
      }
      if (added.length === 0) return [...names];
      filter = { any: ['uid', 'alias'].map((field) => ({ field, in: added })) };
    }
  }

  /** By each uid that stands for no secret, the one that does. The pages of a list ask for the same ones. */
  async standIns(asOf: LogPoint): Promise<ReadonlyMap<string, string>> {
    const point = formatLogPoint(asOf);
    if (this.#latest?.point !== point) this.#latest = { point, standIns: await this.#readStandIns(asOf) };
    return this.#latest.standIns;
  }

  async #readStandIns(asOf: LogPoint): Promise<ReadonlyMap<string, string>> {
    const pairs: SecretPair[] = [];
    for await (const pair of this.#pairs({ all: [] }, asOf)) {
      pairs.push(pair);
      if (pairs.length > PAIRS_LIMIT) throw tooMany(PAIRS_LIMIT, 'events are not counted by secret here');
    }
    return new SecretAliases(pairs).standIns;
  }

  async *#pairs(wanted: ViewFilter, asOf: LogPoint): AsyncGenerator<SecretPair> {
    const filter = { all: [wanted, recordedWithin({ asOf })] };
    let after: ViewQuery['after'];
    for (;;) {
      const query = { view: SECRET_ALIASES.name, filter, ascending: true, limit: PAGE, ...(after && { after }) };
      const { documents } = await this.store.query(query);
      for (const { body } of documents) yield JSON.parse(body) as SecretAliasBody;
      after = documents.at(-1);
      if (documents.length < PAGE) return;
    }
  }
}

/** Pairs of which one name matches and the other does not. */
function halfMatching(match: NameMatch): ViewFilter {
  const [uid, alias] = [match('uidNames'), match('aliasNames')];
  return { any: [{ all: [uid, { not: alias }] }, { all: [alias, { not: uid }] }] };
}

function tooMany(limit: number, remedy: string): KeytrailError {
  return new KeytrailError('TRAIL.INVALID_FILTER', { errors: [`secret: more than ${limit} other names; ${remedy}`] });
}
