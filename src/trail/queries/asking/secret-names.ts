import { Injectable } from '@nestjs/common';
import { KeytrailError } from '../../../domain/errors.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { SECRET_ALIASES, type SecretAliasBody } from '../../secret-alias.view.js';
import type { SecretAliases } from '../filtering/filter-to-view.js';
import { textMatch } from '../filtering/text-match.js';

/** More names than this for one value would make a slow query: it is an answer with a number in it instead. */
const NAMES_LIMIT = 1_000;

/** The names that one secret goes by, as records proved them. */
@Injectable()
export class SecretNames {
  constructor(private readonly store: ReadStore) {}

  /** The other names of what these values of the term `secret` name. */
  async aliasesOf(values: readonly string[]): Promise<SecretAliases> {
    const found = new Map<string, readonly string[]>();
    for (const value of new Set(values)) found.set(value, await this.#aliases(value));
    return (value) => found.get(value) ?? [];
  }

  /** The other uids of the secret with exactly this uid or path. */
  async otherNames(name: string): Promise<readonly string[]> {
    return this.#namesIn({ field: 'names', is: name }, name);
  }

  /** By uid, the uid that stands for the same secret; those that stand for themselves are left out. */
  async standIns(uids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (uids.length === 0) return new Map();
    const pairs = await this.#pairs({ field: 'alias', in: [...new Set(uids)] });
    return new Map(pairs.map(({ alias, uid }) => [alias, uid]));
  }

  async #aliases(value: string): Promise<readonly string[]> {
    // An alias is the name and a suffix, so what begins like the name has been matched by it already.
    if (value.endsWith('*')) return [];
    return this.#namesIn(textMatch('names', value), value);
  }

  async #namesIn(filter: ViewFilter, itself: string): Promise<readonly string[]> {
    const pairs = await this.#pairs(filter);
    if (pairs.length >= NAMES_LIMIT) {
      throw new KeytrailError('TRAIL.INVALID_FILTER', {
        errors: [`secret: stands for more than ${NAMES_LIMIT} other names; name the secrets more exactly`],
      });
    }
    return [...new Set(pairs.flatMap(({ uid, alias }) => [uid, alias]))].filter((name) => name !== itself);
  }

  async #pairs(filter: ViewFilter): Promise<readonly SecretAliasBody[]> {
    const page = await this.store.query({ view: SECRET_ALIASES.name, filter, limit: NAMES_LIMIT });
    return page.documents.map(({ body }) => JSON.parse(body) as SecretAliasBody);
  }
}
