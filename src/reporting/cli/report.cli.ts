import { Command } from 'commander';
import { counted } from '../../domain/counted.js';
import { EXIT } from '../../domain/errors.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { addTermOptions, filterParameters } from '../../platform/cli/filter-options.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { OutputFile } from '../../platform/cli/output-file.js';
import { timeArgument } from '../../platform/cli/time-argument.js';
import type { ReportRunView } from '../report-run.view.js';
import { awaitReport } from './await-report.js';
import { saveReport } from './save-report.js';

interface ReportOptions extends Readonly<Record<string, unknown>> {
  readonly from: string;
  readonly to: string;
  readonly out: string;
  readonly named?: boolean;
}

const HELP = `
A report is made by the service, off its request threads; it stays there and can be fetched again. Without --named
it names nobody: people are subject ids. With --named every page says so, and it needs the right to see identities.
What is too long for the PDF is in CSV files, which are written beside it.

Examples:
  keytrail report secret-activity --from 2026-10-01 --to 2026-11-01 --out october.pdf
  keytrail report secret-activity --from 30d --to 0d --environment production --named --out activity.pdf`;

export function reportCommand(context: CommandContext): Command {
  const time = (text: string): string => timeArgument(text, context.now());
  const command = new Command('report')
    .summary('have a PDF report made')
    .description('Has a report made over a period, waits for it and writes it into a file.')
    .argument('<kind>', 'secret-activity')
    .requiredOption('--from <time>', 'begin of the period: a date, a time, or how long ago', time)
    .requiredOption('--to <time>', 'its end, which does not belong to it', time)
    .requiredOption('--out <file>', 'the file to write; what is there is replaced')
    .option('--named', 'print names beside the subject ids');
  return addTermOptions(command)
    .addHelpText('after', HELP)
    .action(async (kind: string, options: ReportOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        await OutputFile.probe(options.out);
        const run = await awaitReport(context, client, await request(client, kind, options));
        if (run.status === 'cancelled') {
          context.terminal.note(`report ${run.id} was cancelled; nothing is written`);
          context.exit(EXIT.failed);
          return;
        }
        const files = await saveReport(client, run, options.out);
        if (json === true) await context.terminal.json({ ...run, files });
        else await context.terminal.lines(describe(run, files));
      });
    });
}

function request(client: KeytrailClient, kind: string, options: ReportOptions): Promise<ReportRunView> {
  const { from, to, named } = options;
  const terms = filterParameters(options);
  for (const period of ['from', 'to']) terms.delete(period);
  const names = [...new Set(terms.keys())];
  const filters = Object.fromEntries(names.map((name) => [name, terms.getAll(name)]));
  return client.post<ReportRunView>('/v1/reports', { kind, from, to, filters, named: named === true });
}

function describe(run: ReportRunView, [pdf, ...attachments]: readonly string[]): readonly string[] {
  const pages = run.pdf ? `${counted(run.pdf.pages, 'page')}, SHA-256 ${run.pdf.sha256}` : '';
  return [
    `${pdf ?? ''}: ${counted(run.events ?? 0, 'event')} as of ${run.asOf ?? ''}, ${pages}`,
    ...attachments.map((file) => `${file}: belongs to it`),
  ];
}
