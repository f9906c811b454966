import { counted } from '../../domain/counted.js';
import { Command } from 'commander';
import { withFolder, withService, type CommandContext } from '../../platform/cli/command-context.js';
import type { KekRotated } from '../commands/rotate-kek/rotate-kek.command.js';
import type { KekStatus } from '../queries/kek-status/kek-status.query.js';

const HELP = `
The key-encryption key opens the data keys that personal fields are encrypted under. Without it nobody's identity can
be read, although every event and proof stays valid. Keep a copy of it away from the data folder.

Examples:
  keytrail kek confirm-copy
  keytrail kek rotate`;

export function kekCommand(context: CommandContext): Command {
  return new Command('kek')
    .summary('rotate the key-encryption key, or confirm a copy of it')
    .description('Cares for the key-encryption key.')
    .addHelpText('after', HELP)
    .addCommand(rotateCommand(context))
    .addCommand(confirmCommand(context));
}

const ROTATE_HELP = `
Works only on the host that holds the data folder, while no service holds it. The old key stays beside the new one
until all is wrapped anew; a rotation that was broken off goes on when it is run again. Make a copy of the new key.`;

function rotateCommand(context: CommandContext): Command {
  return new Command('rotate')
    .description('Makes a new key and wraps all data keys anew under it.')
    .addHelpText('after', ROTATE_HELP)
    .action(async (_options: unknown, self: Command) => {
      await withFolder(context, self, async (client, { json }) => {
        const rotated = await client.post<KekRotated>('/v1/kek/rotate', {});
        if (json === true) await context.terminal.json(rotated);
        else
          await context.terminal.lines([
            `${rotated.from} is replaced by ${rotated.to}; ${counted(rotated.rewrapped, 'data key')} wrapped anew`,
          ]);
      });
    });
}

function confirmCommand(context: CommandContext): Command {
  return new Command('confirm-copy')
    .description('Says that a copy of the present key is kept elsewhere; until then the doctor warns.')
    .action(async (_options: unknown, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const status = await client.post<KekStatus>('/v1/kek/confirm-copy', {});
        if (json === true) await context.terminal.json(status);
        else await context.terminal.lines([`a copy of ${status.kekId} is kept elsewhere`]);
      });
    });
}
