import { counted } from '../../domain/counted.js';
import { answerPages } from '../../platform/cli/answer-pages.js';
import type { CommandContext } from '../../platform/cli/command-context.js';
import type { Terminal } from '../../platform/cli/terminal.js';
import { renderTable, timeColumn } from '../../platform/cli/text-table.js';
import type { CountGroup, CountKey, CountsAnswer } from '../queries/count-events/count-events.query.js';
import { describeAnswer, jsonLine } from './describe-answer.js';
import { shownName, timeOf } from './event-table.js';
import { SHOWN, type Search } from './search.js';

const PATH = '/v1/events/counts';

/** Counts the matches: the most frequent as a table, or every group as JSON. */
export async function printCounts({ terminal }: CommandContext, search: Search): Promise<void> {
  const { client, parameters, options, json } = search;
  const by = options.countsBy ?? [];
  const query = new URLSearchParams(parameters);
  for (const key of by) query.append('by', key);
  if (json) {
    await printEvery(terminal, search, query);
    return;
  }
  query.set('limit', String(options.limit ?? SHOWN));
  const answer = await client.get<CountsAnswer>(PATH, query);
  await terminal.lines(
    answer.groups.length === 0 ? ['no event matches'] : renderCounts(answer.groups, by, terminal.width),
  );
  noteOf(terminal, answer, answer.groups.length);
}

async function printEvery(terminal: Terminal, { client, options }: Search, given: URLSearchParams): Promise<void> {
  const query = new URLSearchParams(given);
  query.set('order', 'key'); // the only order that has further pages
  const count = ({ groups }: CountsAnswer): number => groups.length;
  let shown = 0;
  let first: CountsAnswer | undefined;
  for await (const page of answerPages<CountsAnswer>(client, { path: PATH, query, count, limit: options.limit })) {
    await terminal.raw(page.groups.map(jsonLine));
    shown += page.groups.length;
    first ??= page;
  }
  if (first) noteOf(terminal, first, shown);
}

function noteOf(terminal: Terminal, answer: CountsAnswer, shown: number): void {
  const { asOf, lag } = answer;
  terminal.note(`${describeShown(answer, shown)}; ${describeAnswer({ asOf, lag })}`);
}

function renderCounts(groups: readonly CountGroup[], by: readonly CountKey[], width?: number): readonly string[] {
  const columns = [
    ...by.map((key) => ({ title: key.toUpperCase(), shrinksTo: [24, 24, 12] })),
    { title: 'EVENTS', right: true },
    timeColumn('FIRST (UTC)'),
    timeColumn('LAST (UTC)'),
  ];
  const rows = groups.map((group) => [
    ...by.map((key) => keyOf(group, key)),
    String(group.events),
    timeOf(group.first),
    timeOf(group.last),
  ]);
  return renderTable(columns, rows, width);
}

function keyOf(group: CountGroup, key: CountKey): string {
  const value = group.key[key] ?? '';
  return key === 'actor' ? (shownName(group.identity) ?? value) : value;
}

function describeShown({ events, groupsInAll, withoutEchoes }: CountsAnswer, count: number): string {
  const shown = groupsInAll > count ? `${count} of ${groupsInAll} groups` : counted(count, 'group');
  return `${shown}, ${counted(events, 'event')}${withoutEchoes ? ', echoes not counted' : ''}`;
}
