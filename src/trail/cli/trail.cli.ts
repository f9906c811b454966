import { Command, Option } from 'commander';
import { answerPages } from '../../platform/cli/answer-pages.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { wholeNumber } from '../../platform/cli/whole-number.js';
import type { PresentedEvent } from '../domain/presented-event.js';
import type { CountKey } from '../queries/count-events/count-events.query.js';
import type { EventsAnswer } from '../queries/list-events/list-events.query.js';
import { describeAnswer, jsonLine } from './describe-answer.js';
import { renderEvents } from './event-table.js';
import { addFilterOptions, filterParameters } from '../../platform/cli/filter-options.js';
import { follow } from './follow.js';
import { printCounts } from './print-counts.js';
import { SHOWN, type Search, type TrailOptions } from './search.js';

/** Named here too: the query's own file brings the whole framework, and a command should start at once. */
const COUNTED_BY: readonly CountKey[] = [
  'actor',
  'secret',
  'address',
  'day',
  'action',
  'outcome',
  'reason',
  'source',
  'instance',
  'environment',
];

const HELP = `
Options of the same name given twice mean "any of these", different options mean "all of these".
Without --json the newest ${SHOWN} matches are shown as a table; with it all of them, one JSON text a line.

Examples:
  keytrail trail --secret 'db/*' --from 7d
  keytrail trail --outcome failure --reason denied --from 24h --counts-by actor
  keytrail trail --actor alice@example.com --not action=secret.list --json > alice.ndjson
  keytrail trail --address 10.0.0.0/8 --follow`;

export function trailCommand(context: CommandContext): Command {
  const command = new Command('trail')
    .summary('search who did what to which secret')
    .description('Shows the recorded events that match, the newest first.')
    .option('--limit <number>', `show at most so many (default: ${SHOWN}, with --json all)`, wholeNumber)
    .option('--oldest', 'the oldest first')
    .option('--follow', 'print new matches as they are recorded, until stopped')
    .addOption(new Option('--counts-by <what...>', 'count the matches instead').choices(COUNTED_BY));
  return addFilterOptions(command, () => context.now())
    .addHelpText('after', HELP)
    .action(async (options: TrailOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        await run(context, { client, parameters: filterParameters(options), options, json: json === true });
      });
    });
}

async function run(context: CommandContext, search: Search): Promise<void> {
  if (search.options.countsBy !== undefined) await printCounts(context, search);
  else if (search.options.follow === true) await follow(context, search);
  else if (search.json) await printAll(context, search);
  else await printTable(context, search);
}

async function printTable({ terminal }: CommandContext, search: Search): Promise<void> {
  const events: PresentedEvent[] = [];
  let last: EventsAnswer | undefined;
  for await (const page of pages(search, search.options.limit ?? SHOWN)) {
    events.push(...page.events);
    last = page;
  }
  await terminal.lines(events.length === 0 ? ['no event matches'] : renderEvents(events, terminal.width));
  if (last) terminal.note(describeAnswer(last, events.length));
}

async function printAll({ terminal }: CommandContext, search: Search): Promise<void> {
  let last: EventsAnswer | undefined;
  let shown = 0;
  for await (const page of pages(search, search.options.limit)) {
    await terminal.raw(page.events.map(jsonLine));
    shown += page.events.length;
    last = page;
  }
  if (last) terminal.note(describeAnswer(last, shown));
}

function pages({ client, parameters, options }: Search, limit: number | undefined): AsyncGenerator<EventsAnswer> {
  const query = new URLSearchParams(parameters);
  if (options.oldest === true) query.set('order', 'asc');
  return answerPages<EventsAnswer>(client, { path: '/v1/events', query, limit, count: ({ events }) => events.length });
}
