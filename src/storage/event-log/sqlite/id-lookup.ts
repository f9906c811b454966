import type { DatabaseSync } from 'node:sqlite';
import { Statement } from '../../sqlite/statement.js';

/** An id as 32 hexadecimal digits, and the day it is looked for on. */
export interface SoughtId {
  readonly hex: string;
  readonly day: number;
}

/**
 * An id is looked for on its day and on both neighbours: two devices may write one event's time a little before and a
 * little after midnight. All ids of a day go in one statement, which costs a third of a statement for each.
 */
const FIND = `
  SELECT sought.key AS place, events.position AS position
  FROM json_each(?1) AS sought CROSS JOIN events
  WHERE events.day IN (?2, ?2 - 1, ?2 + 1) AND events.id = unhex(sought.value)`;

/** As the statement looks for them. */
export function areNeighbours(day: number, other: number): boolean {
  return Math.abs(day - other) <= 1;
}

/** Finds which of many ids are on the log. */
export class IdLookup {
  readonly #find: Statement<{ place: number; position: number }>;

  constructor(database: DatabaseSync) {
    this.#find = new Statement(database, FIND);
  }

  /** Positions by the place of the id in the list; the lowest where an id is on the log twice. */
  positions(sought: readonly SoughtId[]): Map<number, number> {
    const positions = new Map<number, number>();
    for (const [day, places] of placesByDay(sought)) {
      const ids = JSON.stringify(places.map((place) => sought[place]?.hex));
      for (const { place, position } of this.#find.all(ids, day)) {
        const at = places[place] ?? -1;
        positions.set(at, Math.min(position, positions.get(at) ?? position));
      }
    }
    return positions;
  }
}

function placesByDay(sought: readonly SoughtId[]): ReadonlyMap<number, readonly number[]> {
  const days = new Map<number, number[]>();
  for (const [place, { day }] of sought.entries()) {
    const places = days.get(day);
    if (places) places.push(place);
    else days.set(day, [place]);
  }
  return days;
}
