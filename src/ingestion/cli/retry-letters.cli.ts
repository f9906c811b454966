import { counted } from '../../domain/counted.js';
import { Command } from 'commander';
import { EXIT } from '../../domain/errors.js';
import { answerPages } from '../../platform/cli/answer-pages.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { FileRecords } from './file-records.js';
import { InputFile } from './input-file.js';
import { LetterRetry, type RetriedLetters } from './letter-retry.js';
import { lettersOfFile } from './letters-of-file.js';
import { LETTERS_PATH, type LetterPage, type ListedLetter } from './listed-letter.js';

interface RetryOptions {
  readonly from: string;
  readonly environment?: string;
  readonly corrected?: boolean;
}

/** What the service takes in one request. */
const CLOSED_AT_ONCE = 500;

const CHANGED =
  'the file is not as it was: look for the one that was ingested, or say --corrected if you corrected it at these places';

const HELP = `
Reads the places of the open dead letters in FILE again, after a mapping was corrected, and closes those that are
understood now. A record that is not the one that was rejected is recorded too, but its dead letter stays open: the file
may have been changed in front of it. If you corrected the file at these very places, say --corrected.`;

export function retryCommand(context: CommandContext): Command {
  return new Command('retry')
    .description('Reads the records of dead letters again and closes those that are understood now.')
    .requiredOption('--from <file>', 'the file they are in')
    .option('--environment <name>', 'the environment, as when the file was ingested')
    .option(
      '--corrected',
      'the file was corrected at these places: close what is understood, though it is another record',
    )
    .addHelpText('after', HELP)
    .action(async ({ from, environment, corrected = false }: RetryOptions, self: Command) => {
      const file = await InputFile.open(from, context.input);
      await withService(context, self, async (client, { json }) => {
        const wanted = lettersOfFile(await openLetters(client), from);
        const retry = new LetterRetry(client, { wanted, environment });
        for await (const chunk of new FileRecords(file).read()) for (const record of chunk) await retry.take(record);
        const retried = await retry.finish();
        if (corrected) await closeCorrected(client, retried.changed);
        const result = resultOf(retried, corrected);
        if (json === true) await context.terminal.json(result);
        else await context.terminal.lines([describe(result)]);
        if (result.changed > 0 && !corrected) context.terminal.note(CHANGED);
        if (result.closed < result.letters) context.exit(EXIT.partial);
      });
    });
}

async function openLetters(client: KeytrailClient): Promise<readonly ListedLetter[]> {
  const query = new URLSearchParams({ state: 'open' });
  const count = ({ deadLetters }: LetterPage): number => deadLetters.length;
  const all: ListedLetter[] = [];
  for await (const page of answerPages<LetterPage>(client, { path: LETTERS_PATH, query, count }))
    all.push(...page.deadLetters);
  return all;
}

async function closeCorrected(client: KeytrailClient, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CLOSED_AT_ONCE)
    await client.post(`${LETTERS_PATH}/close`, {
      ids: ids.slice(start, start + CLOSED_AT_ONCE),
      reason: 'the file was corrected and read again',
    });
}

interface RetryResult extends Omit<RetriedLetters, 'changed'> {
  /** Understood, and not the records that were rejected. */
  readonly changed: number;
  readonly closed: number;
}

function resultOf({ changed, ...retried }: RetriedLetters, corrected: boolean): RetryResult {
  return {
    ...retried,
    changed: changed.length,
    closed: corrected ? retried.understood : retried.understood - changed.length,
  };
}

function describe({ letters, found, understood, changed, closed }: RetryResult): string {
  const others = changed > 0 ? ` (${changed} of them other records than were rejected)` : '';
  return `${counted(letters, 'dead letter')} of this file: ${found} found in it again, ${understood} understood now${others}, ${closed} closed`;
}
