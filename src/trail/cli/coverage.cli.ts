import { Command } from 'commander';
import { formatPosition } from '../../domain/position.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { timeArgument } from '../../platform/cli/time-argument.js';
import { renderTable, timeColumn } from '../../platform/cli/text-table.js';
import type { CoverageAnswer, SourceCoverageAnswer } from '../queries/coverage/coverage.query.js';
import { describeAnswer, jsonLine } from './describe-answer.js';
import { timeOf } from './event-table.js';

interface CoverageOptions {
  readonly from?: string;
  readonly to?: string;
  readonly source?: readonly string[];
  readonly instance?: readonly string[];
}

const HELP = `
Silence is not a pass: a source that sent nothing may have had nothing to tell, or may have stopped telling.

Examples:
  keytrail coverage --from 30d
  keytrail coverage --from 2026-11-01 --to 2026-11-30 --source vault`;

export function coverageCommand(context: CommandContext): Command {
  const day = (text: string): string => new Date(timeArgument(text, context.now())).toISOString().slice(0, 10);
  return new Command('coverage')
    .summary('show what was seen of each source, and what was not')
    .description('Shows for each source the first and last event, silence, rejected records and unknown outcomes.')
    .option('--from <day>', 'the first day (2026-11-01), or how long ago (30d)', day)
    .option('--to <day>', 'the last day, which belongs to it', day)
    .option('--source <kind...>', 'only these kinds of stores')
    .option('--instance <name...>', 'only these instances')
    .addHelpText('after', HELP)
    .action(async (options: CoverageOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const answer = await client.get<CoverageAnswer>('/v1/coverage', parametersOf(options));
        if (json === true) await context.terminal.raw([jsonLine(answer)]);
        else await print(context, answer);
      });
    });
}

function parametersOf({ from, to, source = [], instance = [] }: CoverageOptions): URLSearchParams {
  const query = new URLSearchParams();
  if (from !== undefined) query.set('from', from);
  if (to !== undefined) query.set('to', to);
  for (const kind of source) query.append('source', kind);
  for (const name of instance) query.append('instance', name);
  return query;
}

async function print({ terminal }: CommandContext, answer: CoverageAnswer): Promise<void> {
  const rows = answer.sources.map(rowOf);
  await terminal.lines(
    rows.length === 0 ? ['no source has sent anything'] : renderTable(COLUMNS, rows, terminal.width),
  );
  const doubles = answer.doubles.map(
    ({ id, position, shown }) =>
      `${id} at ${formatPosition(position)} came under an id that ${shown ? `the act at ${formatPosition(shown)}` : 'another act'} had before.`,
  );
  const gaps = [...answer.notSeen, ...doubles].map((text) => `  ${text}`);
  await terminal.lines(['', 'What was not seen, or is not known:', ...gaps]);
  terminal.note(describeAnswer(answer));
}

const COLUMNS = [
  { title: 'SOURCE', shrinksTo: [28, 28, 14] },
  { title: 'EVENTS', right: true },
  timeColumn('FIRST (UTC)'),
  timeColumn('LAST (UTC)'),
  { title: 'SILENT FOR', shrinksTo: [11, 11, 6] },
  { title: 'SILENT DAYS', right: true, shrinksTo: [6] },
  { title: 'REJECTED', right: true },
  { title: 'OPEN LETTERS', right: true, shrinksTo: [7] },
  { title: 'UNKNOWN', right: true },
];

function rowOf(source: SourceCoverageAnswer): readonly string[] {
  return [
    `${source.kind}/${source.instance}`,
    String(source.events),
    timeOf(source.first),
    timeOf(source.last),
    source.silentSeconds === undefined ? '' : spanOf(source.silentSeconds),
    String(source.silentDays),
    String(source.delivered.rejected),
    String(source.openDeadLetters),
    String(source.unknownOutcomes),
  ];
}

/** `3 d 4 h`: what a person wants to know of a silence. */
function spanOf(seconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}
