import { Command } from 'commander';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { renderTable, timeColumn } from '../../platform/cli/text-table.js';
import { wholeNumber } from '../../platform/cli/whole-number.js';
import type { ActorActivityAnswer, ActorSecret } from '../queries/actor-activity/actor-activity.query.js';
import type { ActorsAnswer, ListedActor } from '../queries/list-actors/list-actors.query.js';
import { describeAnswer, jsonLine } from './describe-answer.js';
import { shownName, timeOf } from './event-table.js';
import { addFilterOptions, filterParameters } from '../../platform/cli/filter-options.js';
import { printList } from './print-list.js';
import { SHOWN, type Search, type TrailOptions } from './search.js';
import { tallyLines } from './tally-lines.js';

const HELP = `
An actor is named by a subject id: \`keytrail actor\` lists them. To search by a name or an e-mail address use
\`keytrail trail --actor\`.

Examples:
  keytrail actor --from 30d
  keytrail actor --actor alice@example.com
  keytrail actor sub_6nz77zegy98xdefvpw95 --from 30d`;

export function actorCommand(context: CommandContext): Command {
  const command = new Command('actor')
    .summary('list actors, or show what one of them did')
    .description('Lists who acted; with a subject id, shows which secrets that actor touched, first and last.')
    .argument('[subject]', 'subject id of one actor')
    .option('--limit <number>', `show at most so many (default: ${SHOWN}, with --json all)`, wholeNumber);
  return addFilterOptions(command, () => context.now())
    .addHelpText('after', HELP)
    .action(async (subject: string | undefined, options: TrailOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const search = { client, parameters: filterParameters(options), options, json: json === true };
        if (subject === undefined) await printActors(context, search);
        else await printActivity(context, subject, search);
      });
    });
}

async function printActors(context: CommandContext, search: Search): Promise<void> {
  await printList<ActorsAnswer, ListedActor>(context, search, {
    path: '/v1/actors',
    itemsOf: ({ actors }) => actors,
    columns: ACTOR_COLUMNS,
    rowOf: actorRow,
  });
}

const ACTOR_COLUMNS = [
  { title: 'SUBJECT' },
  { title: 'NAME', shrinksTo: [24, 24, 12] },
  { title: 'KIND' },
  { title: 'EVENTS', right: true },
  { title: 'SECRETS', right: true },
  timeColumn('FIRST (UTC)'),
  timeColumn('LAST (UTC)'),
];

function actorRow({ actor, identity, kind, events, secrets, first, last }: ListedActor): readonly string[] {
  return [actor, shownName(identity) ?? '', kind, String(events), String(secrets), timeOf(first), timeOf(last)];
}

async function printActivity({ terminal }: CommandContext, subject: string, search: Search): Promise<void> {
  const { client, parameters, options, json } = search;
  const query = new URLSearchParams(parameters);
  query.set('limit', String(options.limit ?? SHOWN));
  const activity = await client.get<ActorActivityAnswer>(`/v1/actors/${encodeURIComponent(subject)}/activity`, query);
  if (json) {
    await terminal.raw([jsonLine(activity)]);
    return;
  }
  const name = shownName(activity.identity);
  const secrets = renderTable(SECRET_COLUMNS, activity.secrets.map(secretRow), terminal.width);
  const title = name === undefined ? activity.actor : `${name} (${activity.actor})`;
  await terminal.lines([title, ...tallyLines(activity.summary), '', ...secrets]);
  terminal.note(describeAnswer(activity, activity.secrets.length));
}

const SECRET_COLUMNS = [
  { title: 'SECRET', shrinksTo: [40, 40, 20] },
  { title: 'READS', right: true },
  { title: 'CHANGES', right: true },
  { title: 'ROTATIONS', right: true },
  { title: 'FAILURES', right: true },
  timeColumn('FIRST (UTC)'),
  timeColumn('LAST (UTC)'),
];

function secretRow({ secret, reads, changes, rotations, failures, first, last }: ActorSecret): readonly string[] {
  const counts = [reads, changes, rotations, failures].map(String);
  return [secret ?? '(no secret named)', ...counts, timeOf(first), timeOf(last)];
}
