import { Command, Option } from 'commander';
import { answerPages } from '../../platform/cli/answer-pages.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { renderTable, timeColumn } from '../../platform/cli/text-table.js';
import { LETTERS_PATH, type LetterPage, type ListedLetter } from './listed-letter.js';
import { reasonText } from './reason-text.js';
import { retryCommand } from './retry-letters.cli.js';

const STATES = ['open', 'closed', 'all'] as const;

interface ListOptions {
  readonly state: string;
  readonly source?: readonly string[];
  readonly reason?: readonly string[];
}

const HELP = `
A dead letter is a record that was not understood. Keytrail keeps where it lies, never what it says.

Examples:
  keytrail dead-letters --source vault --reason not_json
  keytrail dead-letters retry --from /var/log/vault/audit.log
  keytrail dead-letters close --reason "cut off by a full disk, seen by Dana" 01ab 01ac`;

export function deadLettersCommand(context: CommandContext): Command {
  return new Command('dead-letters')
    .summary('list, retry or close what was not understood')
    .description('Lists the records that were not understood, the newest first.')
    .addOption(new Option('--state <state>', 'open, closed or all').choices(STATES).default('open'))
    .option('--source <kind...>', 'only of these kinds of stores')
    .option('--reason <reason...>', 'only rejected for these reasons')
    .addHelpText('after', HELP)
    .action(async (options: ListOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        await print(context, letters(client, options), json === true);
      });
    })
    .addCommand(retryCommand(context))
    .addCommand(closeCommand(context));
}

function letters(client: KeytrailClient, { state, source = [], reason = [] }: ListOptions): AsyncGenerator<LetterPage> {
  const query = new URLSearchParams({ state });
  for (const kind of source) query.append('source', kind);
  for (const why of reason) query.append('reason', why);
  return answerPages<LetterPage>(client, { path: LETTERS_PATH, query, count: ({ deadLetters }) => deadLetters.length });
}

async function print({ terminal }: CommandContext, pages: AsyncIterable<LetterPage>, json: boolean): Promise<void> {
  const all: ListedLetter[] = [];
  for await (const { deadLetters } of pages) {
    if (json) for (const letter of deadLetters) await terminal.json(letter);
    else all.push(...deadLetters);
  }
  if (json) return;
  await terminal.lines(all.length === 0 ? ['no dead letters'] : renderTable(COLUMNS, all.map(rowOf), terminal.width));
}

const COLUMNS = [
  { title: 'ID' },
  timeColumn('RECORDED (UTC)'),
  { title: 'SOURCE', shrinksTo: [14] },
  { title: 'REASON' },
  { title: 'PLACE', shrinksTo: [30, 30, 20] },
  { title: 'BYTES', right: true },
  { title: 'STATE' },
];

function rowOf({ id, state, opened }: ListedLetter): readonly string[] {
  if (!opened) return [id, '', '', '', '', '', state];
  const recorded = opened.recordedAt.slice(0, 19).replace('T', ' ');
  const source = `${opened.kind}/${opened.instance}`;
  return [id, recorded, source, reasonText(opened), placeOf(opened), String(opened.length), state];
}

function placeOf({ at, file }: NonNullable<ListedLetter['opened']>): string {
  if (at.line === undefined) return `request ${at.requestId ?? ''}, item ${at.item ?? 0}`;
  return `${file ?? 'a file'} line ${at.line}, byte ${at.byteOffset ?? 0}`;
}

function closeCommand(context: CommandContext): Command {
  return new Command('close')
    .description('Says that these records need no more care.')
    .argument('<id...>', 'ids of dead letters')
    .requiredOption('--reason <text>', 'why')
    .action(async (ids: readonly string[], { reason }: { readonly reason: string }, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const answer = await client.post<{ readonly closed: number }>(`${LETTERS_PATH}/close`, { ids, reason });
        if (json === true) await context.terminal.json(answer);
        else await context.terminal.lines([`${answer.closed} closed`]);
      });
    });
}
