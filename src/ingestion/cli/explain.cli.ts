import { counted } from '../../domain/counted.js';
import { Command } from 'commander';
import { EXIT, KeytrailError } from '../../domain/errors.js';
import { withService, type CommandContext, type GlobalOptions } from '../../platform/cli/command-context.js';
import { readSourcesFile } from '../../sources/read-sources-file.js';
import type { Source } from '../../sources/source.port.js';
import { buildSources } from '../../sources/sources.registry.js';
import { describeRecord, type ExplainedRecord } from './describe-record.js';
import { explainRecords } from './explain-records.js';
import { FileRecords } from './file-records.js';
import { InputFile } from './input-file.js';

interface ExplainOptions {
  readonly source: string;
  readonly sourcesFile?: string;
  readonly match?: string;
}

const HELP = `
Nothing is recorded and no service is needed, but for --match. The output shows the people of the records in clear,
to whoever holds the file anyway; of what is dropped or redacted it shows the rule and how often, never the content.
The exit code is 5 where a record is rejected, as that of ingest.

Examples:
  keytrail explain --source vault audit.log
  keytrail explain --source generic-json --json sample.json
  keytrail explain --source aws-cloudtrail --match 5d8f6f0e-3a57-5c2e-9d6c-0c2f3c3a9b11 trail.json.gz`;

/** `sourcesFile`: the configured one. */
export function explainCommand(context: CommandContext, sourcesFile: string | undefined): Command {
  return new Command('explain')
    .summary('show how records would be understood')
    .description('Shows what each record of a file would be recorded as, and what would be dropped.')
    .argument('<file>', 'a file, or - for standard input')
    .requiredOption('-s, --source <kind>', 'the kind of store that wrote it')
    .option('--sources-file <file>', 'mappings and patterns to use (default: KEYTRAIL_SOURCES_FILE)')
    .option('--match <event>', 'say whether the file holds the record of that event')
    .addHelpText('after', HELP)
    .action(async (name: string, options: ExplainOptions, self: Command) => {
      const source = sourceOf(options.source, options.sourcesFile ?? sourcesFile);
      const file = await InputFile.open(name, context.input);
      const { json } = self.optsWithGlobals<GlobalOptions>();
      if (options.match === undefined) await explainFile(context, { source, file, json: json === true });
      else await match(context, self, { source, file, event: options.match });
    });
}

function sourceOf(kind: string, sourcesFile: string | undefined): Source {
  const sources = buildSources(readSourcesFile(sourcesFile));
  const source = sources.get(kind);
  if (source) return source;
  throw new KeytrailError('INGESTION.UNKNOWN_SOURCE', { kinds: [...sources.keys()] });
}

async function explainFile(
  context: CommandContext,
  { source, file, json }: { readonly source: Source; readonly file: InputFile; readonly json: boolean },
): Promise<void> {
  const counts = { events: 0, ignored: 0, rejected: 0 };
  for await (const explained of records(source, file, context.now())) {
    counts[explained.result] += 1;
    if (json) await context.terminal.json(withoutDigest(explained));
    else await context.terminal.lines(describeRecord(explained));
  }
  context.terminal.note(
    `${counted(counts.events, 'record')} with events, ${counts.ignored} ignored, ${counts.rejected} rejected ` +
      `(source ${source.kind}, mapping ${source.mapping})`,
  );
  if (counts.rejected > 0) context.exit(EXIT.partial);
}

/** The exit code says it too: 0 = it is there. */
async function match(
  context: CommandContext,
  command: Command,
  { source, file, event }: { readonly source: Source; readonly file: InputFile; readonly event: string },
): Promise<void> {
  await withService(context, command, async (client, { json }) => {
    const path = `/v1/events/${encodeURIComponent(event)}`;
    const { event: found } = await client.get<MatchedEvent>(path);
    const wanted = found.identity?.nativeSha256;
    if (wanted === undefined) throw new KeytrailError('CLI.NOT_MATCHABLE', { event });
    for await (const explained of records(source, file, context.now())) {
      if (explained.digest !== wanted) continue;
      const { line, byte } = explained;
      if (json === true) await context.terminal.json({ event, matches: true, line, byte });
      else await context.terminal.lines([`the record of ${event} is in ${file.name}, line ${line}, byte ${byte}`]);
      return;
    }
    if (json === true) await context.terminal.json({ event, matches: false });
    else await context.terminal.lines([`the record of ${event} is not in ${file.name}`]);
    context.exit(EXIT.notFound);
  });
}

interface MatchedEvent {
  readonly event: { readonly identity?: { readonly nativeSha256?: string } };
}

async function* records(source: Source, file: InputFile, now: number): AsyncGenerator<ExplainedRecord> {
  for await (const chunk of new FileRecords(file).read())
    for (const { record } of chunk) yield* explainRecords(source, record, now);
}

function withoutDigest({ digest: _, ...told }: ExplainedRecord): object {
  return told;
}
