import { Injectable } from '@nestjs/common';
import type { Entry } from '../../../domain/entry.js';
import { ReadStore } from '../../../storage/read-store/read-store.port.js';
import type { ViewFilter } from '../../../storage/read-store/view-filter.js';
import { splitFilter, type SplitFilter } from '../../domain/personal-filter.js';
import { isSubject } from '../../domain/subject.js';
import type { FilterTerms, TrailFilter } from '../../domain/trail-filter.js';
import { TRAIL_EVENTS, type TrailEventBody } from '../../trail-event.view.js';
import { filtersToView } from '../filtering/filter-to-view.js';
import { textMatch } from '../filtering/text-match.js';

/** A name of more people than this stays a name. */
const SUBJECTS_LIMIT = 20;

/**
 * Parts a filter into what may be kept in clear and what may not. Whoever the trail knows by a name that stands for
 * actors is named by subject, so that forgetting a person forgets them here too.
 */
@Injectable()
export class FilterPrivacy {
  constructor(private readonly store: ReadStore) {}

  async split(filter: TrailFilter): Promise<SplitFilter> {
    const { not, ...wanted } = filter;
    const named: TrailFilter = {
      ...(await this.#withSubjects(wanted)),
      ...(not && { not: await this.#withSubjects(not) }),
    };
    const known = await this.#knownSecrets([...(filter.secret ?? []), ...(not?.secret ?? [])]);
    return splitFilter(named, (value) => known.has(value));
  }

  async #withSubjects<Terms extends FilterTerms>(terms: Terms): Promise<Terms> {
    if (!terms.actor) return terms;
    const actors = await Promise.all(terms.actor.map((value) => this.#subjectsOf(value)));
    return { ...terms, actor: [...new Set(actors.flat())].sort() };
  }

  async #subjectsOf(value: string): Promise<readonly string[]> {
    if (isSubject(value)) return [value];
    const filter = {
      all: [filtersToView([{ actor: [value], own: true }]), { field: 'subject', exists: true as const }],
    };
    const subjects: string[] = [];
    // One after the other: a name mostly stands for one, and to group all of its events takes longer than the search.
    while (subjects.length <= SUBJECTS_LIMIT) {
      const subject = await this.#newestSubject(filter, subjects);
      if (subject === undefined) break;
      subjects.push(subject);
    }
    return subjects.length > 0 && subjects.length <= SUBJECTS_LIMIT ? subjects : [value];
  }

  async #newestSubject(filter: ViewFilter, known: readonly string[]): Promise<string | undefined> {
    const others: ViewFilter = { all: [filter, { not: { field: 'subject', in: known } }] };
    const { documents } = await this.store.query({ view: TRAIL_EVENTS.name, filter: others, limit: 1 });
    const [newest] = documents;
    if (!newest) return undefined;
    const { entry } = JSON.parse(newest.body) as TrailEventBody;
    return (JSON.parse(entry) as Entry).actor.subject;
  }

  /** Those that stand in the trail in clear: as a name, or as what names begin with (`abc*`). */
  async #knownSecrets(values: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (const value of values) if (await this.#isKnownSecret(value)) known.add(value);
    return known;
  }

  async #isKnownSecret(value: string): Promise<boolean> {
    const fields = ['secret', 'secretPath'].map((field) => textMatch(field, value));
    // What lies between wildcards may be a name that stands nowhere.
    if (fields.some((field) => 'like' in field)) return false;
    const page = await this.store.query({ view: TRAIL_EVENTS.name, filter: { any: fields }, limit: 1 });
    return page.documents.length > 0;
  }
}
