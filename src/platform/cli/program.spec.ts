import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { addGlobalOptions, runProgram } from './program.js';
import { Terminal } from './terminal.js';

type Ran = readonly [name: string, options: unknown, ids: readonly string[]];

/** A program whose group of commands and whose subcommand have an option of the same name. */
async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly ran: readonly Ran[] }> {
  const ran: Ran[] = [];
  const letters = new Command('letters')
    .option('--reason <reason...>', 'list: rejected for these reasons')
    .action((_options: unknown, self: Command) => void ran.push(['letters', self.optsWithGlobals(), []]))
    .addCommand(
      new Command('close')
        .argument('<id...>')
        .requiredOption('--reason <text>', 'close: why')
        .action((ids: readonly string[], _options: unknown, self: Command) => {
          ran.push(['close', self.opts(), ids]);
          ran.push(['program', self.parent?.parent?.opts(), []]);
        }),
    );
  const program = addGlobalOptions(new Command('keytrail').addCommand(letters));
  const terminal = new Terminal(new PassThrough(), new PassThrough());
  return { code: await runProgram(program, args, terminal), ran };
}

describe(runProgram.name, () => {
  it("leaves an option behind a subcommand's name to the subcommand", async () => {
    expect(await run('letters', 'close', '--reason', 'seen by Dana', '01', '02')).toMatchObject({
      code: 0,
      ran: [
        ['close', { reason: 'seen by Dana' }, ['01', '02']],
        ['program', {}, []],
      ],
    });
    expect(await run('letters', '--reason', 'not_json', 'too_deep')).toMatchObject({
      code: 0,
      ran: [['letters', { reason: ['not_json', 'too_deep'] }, []]],
    });
  });

  it.each([
    ['--json', '--data', 'a', 'letters', 'close', '--reason', 'x', '01'],
    ['letters', '--json', 'close', '--data', 'a', '--reason', 'x', '01'],
    ['letters', 'close', '--reason', 'x', '01', '--data=a', '--json'],
  ])('takes global options wherever they stand: %s %s %s %s %s %s %s', async (...args) => {
    expect(await run(...args)).toMatchObject({
      code: 0,
      ran: [
        ['close', { reason: 'x' }, ['01']],
        ['program', { json: true, data: 'a' }, []],
      ],
    });
  });

  it('leaves what stands behind -- as it is', async () => {
    expect(await run('letters', 'close', '--reason', 'x', '--', '--json')).toMatchObject({
      code: 0,
      ran: [
        ['close', { reason: 'x' }, ['--json']],
        ['program', {}, []],
      ],
    });
  });

  it.each([[['letters', '--data']], [['letters', 'close', '01']], [['letters', '--unknown']]])(
    'answers wrong usage with its code: %j',
    async (args) => {
      expect(await run(...args)).toEqual({ code: 2, ran: [] });
    },
  );
});
