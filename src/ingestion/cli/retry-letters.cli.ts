import { Command } from 'commander';
import { EXIT } from '../../domain/errors.js';
import { answerPages } from '../../platform/cli/answer-pages.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { KeytrailClient } from '../../platform/cli/keytrail-client.js';
import { FileRecords } from './file-records.js';
import { InputFile } from './input-file.js';
import { LetterRetry } from './letter-retry.js';
import { lettersOfFile } from './letters-of-file.js';
import { LETTERS_PATH, type LetterPage, type ListedLetter } from './listed-letter.js';

interface RetryOptions {
  readonly from: string;
  readonly environment?: string;
}

const HELP = `
Reads the places of the open dead letters in FILE again, after a mapping or the file was corrected, and closes those
that are understood now. FILE must be the file that was ingested, with nothing inserted before those places.`;

export function retryCommand(context: CommandContext): Command {
  return new Command('retry')
    .description('Reads the records of dead letters again and closes those that are understood now.')
    .requiredOption('--from <file>', 'the file they are in')
    .option('--environment <name>', 'the environment, as when the file was ingested')
    .addHelpText('after', HELP)
    .action(async ({ from, environment }: RetryOptions, self: Command) => {
      const file = await InputFile.open(from, context.input);
      await withService(context, self, async (client, { json }) => {
        const wanted = lettersOfFile(await openLetters(client), from);
        const retry = new LetterRetry(client, { wanted, fileName: from, environment });
        for await (const chunk of new FileRecords(file).read()) for (const record of chunk) await retry.take(record);
        const result = await retry.finish();
        if (json === true) await context.terminal.json(result);
        else await context.terminal.lines([describe(result)]);
        if (result.understood < result.letters) context.exit(EXIT.partial);
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

function describe(result: { readonly letters: number; readonly found: number; readonly understood: number }): string {
  const { letters, found, understood } = result;
  return `${letters} dead letters of this file: ${found} found in it again, ${understood} understood now and closed`;
}
