import { CommanderError, type Command } from 'commander';
import { EXIT } from '../../domain/errors.js';
import { fitHelp } from './fit-help.js';
import type { Terminal } from './terminal.js';

/** As the parser formats options for a pipe. */
const PIPE_WIDTH = 80;

const HELP = `
Where it works:
  With --url, or when a service holds the data folder, commands go to that service over HTTP and need a key. When
  nobody holds the folder they open it alone and act as the user of this host, which is recorded as such.

Exit codes:
  ${EXIT.ok} done   ${EXIT.failed} failed   ${EXIT.usage} wrong usage   ${EXIT.refused} refused   ${EXIT.unavailable} service unavailable   ${EXIT.partial} done in part   ${EXIT.notFound} not found

Examples:
  keytrail serve
  keytrail ingest --source vault /var/log/vault/audit.log
  keytrail trail --secret 'payments/*' --from 7d
  keytrail report secret-activity --from 2026-10-01 --to 2026-11-01 --out october.pdf

\`keytrail <command> --help\` says more about each.`;

/** The options that stand before or after any command's name, and the same manners for every command. */
export function addGlobalOptions(program: Command): Command {
  program
    .option('--url <address>', 'the address of a service (https://keytrail.example.com)')
    .option('--data <folder>', 'the data folder (default: KEYTRAIL_DATA, else ./data)')
    .option('--key-file <file>', 'a file that holds your key (default: the key in KEYTRAIL_KEY)')
    .option('--json', 'answers for programs')
    .addHelpText('after', HELP);
  program.configureHelp({ showGlobalOptions: true });
  prepare(program);
  return program;
}

function prepare(command: Command): void {
  // What stands behind a subcommand's name is its own: its option may have the name of one of its parent's.
  command.enablePositionalOptions();
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    prepare(child);
  }
}

/** Global options may stand anywhere, but the parser looks for them in front of the command's name only. */
function globalsFirst(program: Command, args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  const first: string[] = [];
  const rest: string[] = [];
  for (let index = 0; index < options.length; index += 1) {
    const arg = options[index] ?? '';
    const found = program.options.find(({ long }) => long === arg.split('=', 1)[0]);
    const taken = found?.required === true && !arg.includes('=') ? options.slice(index, index + 2) : [arg];
    (found ? first : rest).push(...taken);
    index += taken.length - 1;
  }
  return [...first, ...rest, ...args.slice(options.length)];
}

/**
 * Runs the command that the arguments name; `args` without the program's own name.
 * @returns 0, or 2 for arguments that are none
 * @throws whatever the command does
 */
export async function runProgram(program: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  visit(program, program.name(), (command, name) => {
    command.exitOverride().configureOutput({
      writeOut: (text) => void terminal.write(fitHelp(text, terminal.width ?? PIPE_WIDTH)),
      outputError: (text) => {
        terminal.note(
          `keytrail: CLI.USAGE: ${text
            .trim()
            .replace(/^error: /, '')
            .replaceAll('\n', ' ')}`,
        );
        terminal.note(`  See \`${name} --help\`.`);
      },
    });
  });
  try {
    await program.parseAsync([...globalsFirst(program, args)], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

function visit(command: Command, name: string, act: (command: Command, name: string) => void): void {
  act(command, name);
  for (const child of command.commands) visit(child, `${name} ${child.name()}`, act);
}
