import { utcDate, utcDay, utcQuarter } from '../../domain/timestamp.js';
import type { Person } from '../../domain/sourced-event.js';
import type { SubjectRequest } from '../../privacy/subject-keys.port.js';
import type { KeptEvent } from './kept-event.js';

/** Whose keys one event needs: indexes into the delivery's requests. */
export interface EventKeys {
  /** For each of the event's people. */
  readonly people: readonly number[];
  /** For the actor's own fields; a day key where no proved actor is named. */
  readonly actor: number;
}

/** The keys that a delivery needs, each asked for once. */
export class SubjectWants {
  readonly requests: SubjectRequest[] = [];
  readonly #indexes = new Map<string, number>();
  #day = Number.NaN;
  #period = { quarter: '', date: '' };

  constructor(private readonly sourceKind: string) {}

  add({ event, place, time }: KeptEvent): EventKeys {
    const { quarter, date } = this.#periodOf(time.keyTime);
    const people = event.people.map((person) =>
      isProved(person) ? this.#subject(person, place.instance, quarter) : this.#dayKey(date),
    );
    const actor = event.actor.person === undefined ? undefined : people[event.actor.person];
    return { people, actor: actor ?? this.#dayKey(date) };
  }

  #subject({ kind, nativeId }: Person, instance: string, quarter: string): number {
    const name = `${kind}\0${instance}\0${nativeId}\0${quarter}`;
    const { sourceKind } = this;
    return this.#indexes.get(name) ?? this.#ask(name, { of: 'subject', kind, sourceKind, instance, nativeId, quarter });
  }

  #dayKey(date: string): number {
    return this.#indexes.get(date) ?? this.#ask(date, { of: 'day', date });
  }

  #ask(name: string, request: SubjectRequest): number {
    this.#indexes.set(name, this.requests.length);
    return this.requests.push(request) - 1;
  }

  /** Most events of a delivery are of one day. */
  #periodOf(milliseconds: number): { readonly quarter: string; readonly date: string } {
    const day = utcDay(milliseconds);
    if (day !== this.#day) {
      this.#day = day;
      this.#period = { quarter: utcQuarter(milliseconds), date: utcDate(milliseconds) };
    }
    return this.#period;
  }
}

/** A name that was only claimed, or that stands for nobody in particular, never gets a subject. */
export function isProved({ kind, authenticated, nativeId }: Person): boolean {
  return authenticated && kind !== 'unknown' && nativeId !== '';
}
