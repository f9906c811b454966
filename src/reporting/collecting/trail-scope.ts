import type { LogPoint } from '../../domain/position.js';
import type { ViewFilter } from '../../storage/read-store/view-filter.js';
import { recordedWithin, waiting } from '../../trail/trail-event.view.js';
import { actionsOf } from '../domain/activity-group.js';
import { periodKeys, type ReportPeriod } from '../domain/report-period.js';

/** What a report may see, in the read store's words. */
export interface ScopeFacts {
  readonly period: ReportPeriod;
  readonly comparison: ReportPeriod;
  readonly asOf: LogPoint;
  /** Sort key: a request recorded from here on may still get its answer. */
  readonly waitingFrom: string;
  /** The report's own filter over the trail; `undefined` = everything. */
  readonly filter: ViewFilter | undefined;
}

/** Filters over the trail's documents. All of them are bounded by the as-of point. */
export interface TrailScope {
  /** Whatever was recorded before the as-of point; of other views too. */
  readonly known: ViewFilter;
  /** Every entry of the period, Keytrail's own acts included. */
  readonly entries: ViewFilter;
  /** Requests whose answer may still come: in no report yet. */
  readonly waiting: ViewFilter;
  /** The events that the report's filter leaves out; absent without a filter. */
  readonly outside: ViewFilter | undefined;
  /** The events of the period, whatever the filter: what coverage is judged by. */
  readonly recorded: ViewFilter;
  /** The events that the report is about. */
  readonly events: ViewFilter;
  /** The same without echoes. */
  readonly acts: ViewFilter;
  readonly accesses: ViewFilter;
  readonly failures: ViewFilter;
  /** Accesses of the comparison period. */
  readonly earlier: ViewFilter;
  /** Events of the comparison period, whatever the filter, to know whether anything was recorded then. */
  readonly earlierEvents: ViewFilter;
  /** The health of sources since the period began: what was delivered later may be about the period. */
  readonly health: ViewFilter;
  /** Keytrail's own acts, whenever they occurred. */
  readonly ownEver: ViewFilter;
}

const OWN: ViewFilter = { field: 'own', is: true };
const NOT_OWN: ViewFilter = { field: 'own', is: false };
const NOT_ECHO: ViewFilter = { field: 'echo', is: false };
const FAILURE: ViewFilter = { field: 'outcome', is: 'failure' };
const ACCESS: ViewFilter = { field: 'action', in: actionsOf('access') };
const HEALTH: ViewFilter = { field: 'actionClass', is: 'trail' };

export function trailScope(facts: ScopeFacts): TrailScope {
  const known = recordedWithin(facts);
  const stands = all(NOT_OWN, { not: waiting(facts.waitingFrom) });
  const wanted = facts.filter === undefined ? [] : [facts.filter];
  const during = all(within(facts.period), known);
  const before = all(within(facts.comparison), known, stands);
  const recorded = all(during, stands);
  const events = all(recorded, ...wanted);
  const acts = all(events, NOT_ECHO);
  return {
    known,
    entries: during,
    waiting: all(during, NOT_OWN, waiting(facts.waitingFrom)),
    outside: facts.filter && all(recorded, { not: facts.filter }),
    recorded,
    events,
    acts,
    accesses: all(acts, ACCESS),
    failures: all(acts, FAILURE),
    earlier: all(before, NOT_ECHO, ACCESS, ...wanted),
    earlierEvents: before,
    health: all({ field: 'time', from: periodKeys(facts.period).from }, known, HEALTH),
    ownEver: all(OWN, known),
  };
}

function within(period: ReportPeriod): ViewFilter {
  return { field: 'time', ...periodKeys(period) };
}

/** One level of parts: a store finds a period at the top sooner than inside. */
function all(...parts: readonly ViewFilter[]): { readonly all: readonly ViewFilter[] } {
  return { all: parts.flatMap((part) => ('all' in part ? part.all : [part])) };
}
