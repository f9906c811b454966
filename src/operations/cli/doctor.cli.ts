import { Command } from 'commander';
import { EXIT } from '../../domain/errors.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { Finding } from '../../platform/diagnostics/diagnostic-check.js';
import type { Diagnosis } from '../../platform/diagnostics/run-checks.js';

const HELP = `
The exit code is ${EXIT.ok} when everything is good, ${EXIT.partial} when something wants attention, ${EXIT.failed} when something is bad. What could not be
found out is unknown, which is not a pass.`;

export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .summary('check the installation and say what to do')
    .description('Checks set-up, stores, disk, clock and copies of the key-encryption key, and says what to do.')
    .addHelpText('after', HELP)
    .action(async (_options: unknown, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const diagnosis = await client.get<Diagnosis>('/v1/diagnostics');
        if (json === true) await context.terminal.json(diagnosis);
        else await context.terminal.lines(diagnosis.findings.flatMap(describe));
        if (diagnosis.state === 'bad') context.exit(EXIT.failed);
        else if (diagnosis.state !== 'good') context.exit(EXIT.partial);
      });
    });
}

function describe({ name, state, facts, advice }: Finding): readonly string[] {
  const told = Object.entries(facts).map(([fact, value]) => `${factName(fact)} ${factValue(value)}`);
  const line = `${state.padEnd(8)} ${name}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
  return advice === undefined ? [line] : [line, `         ${advice}`];
}

/** `usedPercent` as `used percent`. */
function factName(name: string): string {
  return name.replace(/[A-Z_]/g, (letter) => (letter === '_' ? ' ' : ` ${letter.toLowerCase()}`));
}

function factValue(value: string | number | boolean | null): string {
  if (value === null) return '-';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
