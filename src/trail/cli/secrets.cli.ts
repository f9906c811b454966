import { Command } from 'commander';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { timeColumn } from '../../platform/cli/text-table.js';
import { wholeNumber } from '../../platform/cli/whole-number.js';
import type { ListedSecret, SecretsAnswer } from '../queries/list-secrets/list-secrets.query.js';
import type { SecretTimelineAnswer } from '../queries/secret-timeline/secret-timeline.query.js';
import { describeAnswer, jsonLine } from './describe-answer.js';
import { renderEvents, timeOf } from './event-table.js';
import { addFilterOptions, filterParameters } from '../../platform/cli/filter-options.js';
import { printList } from './print-list.js';
import { SHOWN, type Search, type TrailOptions } from './search.js';
import { tallyLines } from './tally-lines.js';

const HELP = `
Examples:
  keytrail secrets --source vault --from 30d
  keytrail secrets vault:default:root:kv/payments/stripe
  keytrail secrets kv/payments/stripe --action secret.rotate`;

export function secretsCommand(context: CommandContext): Command {
  const command = new Command('secrets')
    .summary('list secrets, or show what happened to one')
    .description('Lists the secrets that events are about; with a uid or path, shows the timeline of that one.')
    .argument('[secret]', 'uid or path of one secret, as it is: no wildcards')
    .option('--limit <number>', `show at most so many (default: ${SHOWN}, with --json all)`, wholeNumber);
  return addFilterOptions(command, () => context.now())
    .addHelpText('after', HELP)
    .action(async (secret: string | undefined, options: TrailOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const search = { client, parameters: filterParameters(options), options, json: json === true };
        if (secret === undefined) await printSecrets(context, search);
        else await printTimeline(context, secret, search);
      });
    });
}

async function printSecrets(context: CommandContext, search: Search): Promise<void> {
  await printList<SecretsAnswer, ListedSecret>(context, search, {
    path: '/v1/secrets',
    itemsOf: ({ secrets }) => secrets,
    columns: COLUMNS,
    rowOf,
  });
}

const COLUMNS = [
  { title: 'SECRET', shrinksTo: [40, 40, 20] },
  { title: 'EVENTS', right: true },
  { title: 'ACTORS', right: true },
  timeColumn('FIRST (UTC)'),
  timeColumn('LAST (UTC)'),
];

function rowOf({ secret, events, actors, first, last }: ListedSecret): readonly string[] {
  return [secret, String(events), String(actors), timeOf(first), timeOf(last)];
}

async function printTimeline({ terminal }: CommandContext, secret: string, search: Search): Promise<void> {
  const { client, parameters, options, json } = search;
  const query = new URLSearchParams(parameters);
  query.set('limit', String(options.limit ?? SHOWN));
  const path = `/v1/secrets/${encodeURIComponent(secret)}/timeline`;
  const timeline = await client.get<SecretTimelineAnswer>(path, query);
  if (json) {
    await terminal.raw([jsonLine(timeline)]);
    return;
  }
  const names = [timeline.secret, ...timeline.aliases].join(', also ');
  const versions = timeline.versions.map(({ version, action, at }) => `version ${version}: ${action} ${timeOf(at)}`);
  const more = timeline.moreVersions ? ['(and older versions)'] : [];
  const events = timeline.events.length === 0 ? [] : ['', ...renderEvents(timeline.events, terminal.width)];
  await terminal.lines([names, ...tallyLines(timeline.summary), ...versions, ...more, ...events]);
  terminal.note(describeAnswer(timeline, timeline.events.length));
}
