import { Command } from 'commander';
import { withFolder, type CommandContext } from '../../platform/cli/command-context.js';
import { showNewKey, type NewKey } from './show-new-key.js';

interface RecoverOptions {
  readonly name: string;
  readonly replaces?: string;
  readonly out?: string;
}

const HELP = `
Works only on the host that holds the data folder and its key-encryption key, while no service holds the folder:
stop the service, recover, start it again. The lost key is revoked, and all of it is on the record.`;

export function recoverCommand(context: CommandContext): Command {
  return new Command('recover')
    .description("Makes a new administrator's key in place of a lost one.")
    .requiredOption('--name <holder>', 'who holds the new key')
    .option('--replaces <id>', 'the id of the lost key; not needed when there is only one administrator')
    .option('--out <file>', 'write the key into a new file that only you can read, instead of showing it')
    .addHelpText('after', HELP)
    .action(async ({ name, replaces, out }: RecoverOptions, self: Command) => {
      await withFolder(context, self, async (client, { json }) => {
        const request = { name, ...(replaces !== undefined && { replaces }) };
        const destination = { out, json: json === true };
        await showNewKey(context.terminal, destination, () => client.post<NewKey>('/v1/keys/recover', request));
      });
    });
}
