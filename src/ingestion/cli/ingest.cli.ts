import { counted } from '../../domain/counted.js';
import { Command } from 'commander';
import { EXIT, KeytrailError } from '../../domain/errors.js';
import { withService, type CommandContext, type GlobalOptions } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { IngestProgress } from './ingest-progress.js';
import { IngestRun } from './ingest-run.js';
import { InputFile } from './input-file.js';
import { RecordSender, type Delivery } from './record-sender.js';

interface IngestOptions {
  readonly source: string;
  readonly instance?: string;
  readonly environment?: string;
  readonly supersede?: boolean;
  readonly reason?: string;
}

const HELP = `
A file holds JSON lines, a JSON array, {"Records": [...]} or JSON documents one after the other; it may be
compressed with gzip, whatever its name. "-" is standard input.

Reading a file again is harmless: a record that is on the log already is counted as a duplicate. So when a
command was stopped half-way, run it again. What is not understood is counted as rejected and kept as a dead
letter: its place in the file, never its content.

Examples:
  keytrail ingest --source vault /var/log/vault/audit.log
  keytrail ingest --source aws-cloudtrail --json trail/*.json.gz
  zcat old.log.gz | keytrail ingest --source vault --instance vault-eu -
  keytrail ingest --source vault --supersede --reason "mount list corrected" audit.log`;

export function ingestCommand(context: CommandContext): Command {
  return new Command('ingest')
    .summary('record the audit log files of a secret store')
    .description('Records what the audit log files of a secret store tell. Nothing that may be a secret value is kept.')
    .argument('<file...>', 'files to read, or - for standard input')
    .requiredOption('-s, --source <kind>', 'the kind of store that wrote them: vault, aws-cloudtrail, keytrail, ...')
    .option('--instance <name>', 'which store of that kind, where the records do not say')
    .option('--environment <name>', 'the environment, where neither the records nor the configuration say')
    .option('--supersede', 'after a corrected mapping: record what it changes as new events (administrators only)')
    .option('--reason <text>', 'why, with --supersede')
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], options: IngestOptions, command: Command) => {
      if ((options.supersede === true) !== (options.reason !== undefined))
        throw new KeytrailError('CLI.USAGE', { errors: ['--supersede and --reason belong together'] });
      const files: InputFile[] = [];
      for (const name of names) files.push(await InputFile.open(name, context.input));
      await ingest(context, command, { files, options });
    });
}

interface Wanted {
  readonly files: readonly InputFile[];
  readonly options: IngestOptions;
}

async function ingest(context: CommandContext, command: Command, { files, options }: Wanted): Promise<void> {
  const record = async (client: KeytrailClient, { json }: GlobalOptions): Promise<void> => {
    const progress = new IngestProgress(files, context.terminal, () => context.now());
    const run = new IngestRun(new RecordSender(client, deliveryOf(options)), context.terminal, (file) => {
      progress.show(file, run.counts);
    });
    try {
      await ingestAll(context, run, files);
    } finally {
      if (json === true) await context.terminal.json(run.counts);
      else await context.terminal.lines([run.counts.toString()]);
    }
    if (options.supersede === true) tellOfUnseen(context, run);
    else tellOfNewerMapping(context, run);
  };
  await withService(context, command, record, { mayCreate: true });
}

function deliveryOf({ source, instance, environment, reason }: IngestOptions): Delivery {
  return {
    kind: source,
    ...(instance === undefined ? {} : { instance }),
    ...(environment === undefined ? {} : { environment }),
    ...(reason === undefined ? {} : { supersede: reason }),
  };
}

/** A file that can't be read does not keep the others from being recorded. */
async function ingestAll(context: CommandContext, run: IngestRun, files: readonly InputFile[]): Promise<void> {
  for (const file of files) {
    try {
      const isWhole = await run.ingest(file, context.interruption);
      if (context.interruption.aborted) break;
      if (isWhole) continue;
      context.terminal.note(`${file.name}: an array in it ended before its bracket; the file may have been cut off`);
      context.exit(EXIT.partial);
    } catch (error) {
      if (!(error instanceof KeytrailError) || error.code !== 'CLI.FILE_UNREADABLE') throw error;
      context.fail(error);
      context.exit(EXIT.partial);
    }
  }
  if (run.counts.isFlawed || context.interruption.aborted) context.exit(EXIT.partial);
  if (context.interruption.aborted)
    context.terminal.note('stopped; run it again, what is recorded is not recorded twice');
}

/** Of a record that gives no event now, nothing tells which event it gave before. */
function tellOfUnseen(context: CommandContext, { counts }: IngestRun): void {
  const without = counts.ignored + counts.rejected;
  if (without === 0) return;
  context.terminal.note(
    `${counted(without, 'record gives', 'records give')} no event by the present mapping: what an earlier one made of them stays shown`,
  );
}

function tellOfNewerMapping(context: CommandContext, run: IngestRun): void {
  if (run.wouldSupersede === 0) return;
  context.terminal.note(
    `${counted(run.wouldSupersede, 'duplicate is', 'duplicates are')} understood otherwise by the present mapping: --supersede --reason TEXT records that`,
  );
}
