import { Command, Option } from 'commander';
import { counted } from '../../domain/counted.js';
import { EXIT } from '../../domain/errors.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { OutputFile } from '../../platform/cli/output-file.js';
import { ExportEnd, type ExportStatement } from './export-end.js';
import { addFilterOptions, filterParameters } from '../../platform/cli/filter-options.js';

const FORMATS = ['ndjson', 'csv'] as const;

interface ExportOptions extends Readonly<Record<string, unknown>> {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

const HELP = `
Its last line says what an export covers: the filter, the position of the log, how many events, and that it is
complete. An export without that line was cut off; the command then says so and its exit code is ${EXIT.partial}.

Examples:
  keytrail export --format csv --from 2026-11-01 --to 2026-12-01 --out november.csv
  keytrail export --secret 'db/*' | gzip > db.ndjson.gz`;

export function exportCommand(context: CommandContext): Command {
  const command = new Command('export')
    .summary('write all matching events as NDJSON or CSV')
    .description('Writes every event that matches, exactly as it is on the log, or as a table for a spreadsheet.')
    .addOption(new Option('--format <format>', 'ndjson or csv').choices(FORMATS).default('ndjson'))
    .option('--out <file>', 'the file to write, what is there is replaced; default standard output');
  return addFilterOptions(command, () => context.now())
    .addHelpText('after', HELP)
    .action(async (options: ExportOptions, self: Command) => {
      await withService(context, self, async (client) => {
        await exportEvents(context, client, options);
      });
    });
}

const INCOMPLETE = 'the export is incomplete: its last line does not say that everything is there';

async function exportEvents(context: CommandContext, client: KeytrailClient, options: ExportOptions): Promise<void> {
  const query = filterParameters(options);
  query.set('format', options.format);
  const out = options.out === undefined ? undefined : await OutputFile.create(options.out);
  const end = new ExportEnd();
  try {
    const { body } = await client.stream({ path: '/v1/events/export', query });
    for await (const chunk of body) {
      end.see(chunk);
      await (out ?? context.terminal).write(chunk);
    }
    await out?.finish(); // what is incomplete says so itself, and is better than nothing
  } catch (error) {
    if (end.hasBegun) context.terminal.note(INCOMPLETE);
    throw error;
  } finally {
    await out?.discard();
  }
  const { statement } = end;
  if (statement) {
    if (options.out !== undefined) context.terminal.note(describe(options.out, statement));
    return;
  }
  context.terminal.note(INCOMPLETE);
  context.exit(EXIT.partial);
}

function describe(file: string, { events, asOf }: ExportStatement): string {
  return `${file}: ${counted(events, 'event')} as of ${asOf}, complete`;
}
