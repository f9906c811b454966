import { Command } from 'commander';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { renderTable } from '../../platform/cli/text-table.js';
import type { KeyView } from '../queries/list-keys/list-keys.query.js';
import { issueCommand } from './issue-key.cli.js';
import { recoverCommand } from './recover-key.cli.js';

const HELP = `
Examples:
  keytrail keys issue --name "Dana Reyes" --role auditor --expires 90d
  keytrail keys issue --name vault-shipper --service --role log_writer --kind vault --instance vault-eu
  keytrail keys list
  keytrail keys revoke 4fGh21LmNq`;

export function keysCommand(context: CommandContext): Command {
  return new Command('keys')
    .summary('issue, list, revoke and recover API keys')
    .description('Keys say who may do what. A key is shown once, when it is made; only its fingerprint is kept.')
    .addHelpText('after', HELP)
    .addCommand(issueCommand(context))
    .addCommand(listCommand(context))
    .addCommand(revokeCommand(context))
    .addCommand(recoverCommand(context));
}

function listCommand(context: CommandContext): Command {
  return new Command('list')
    .description('Lists all keys ever issued.')
    .option('--active', 'only those that are valid now')
    .action(async (options: { readonly active?: boolean }, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const { keys } = await client.get<{ readonly keys: readonly KeyView[] }>('/v1/keys');
        const wanted = options.active === true ? keys.filter(({ state }) => state === 'active') : keys;
        if (json === true) await context.terminal.json({ keys: wanted });
        else await context.terminal.lines(renderTable(COLUMNS, wanted.map(rowOf), context.terminal.width));
      });
    });
}

const COLUMNS = [
  { title: 'ID' },
  { title: 'STATE' },
  { title: 'ROLE', shrinksTo: [16, 9] },
  { title: 'HOLDER', shrinksTo: [20, 12] },
  { title: 'LIMITS', shrinksTo: [20, 10] },
  { title: 'ISSUED' },
  { title: 'EXPIRES' },
];

function rowOf(key: KeyView): readonly string[] {
  const role = key.role === 'auditor' && key.identities ? 'auditor, identities' : key.role;
  const limits = Object.entries(key.limits)
    .map(([name, values]) => `${name}: ${(values as readonly string[]).join(' ')}`)
    .join('; ');
  const holder = `${key.name ?? '(forgotten)'}${key.kind === 'service' ? ' (service)' : ''}`;
  return [key.id, key.state, role, holder, limits, key.createdAt.slice(0, 10), key.notAfter?.slice(0, 10) ?? ''];
}

function revokeCommand(context: CommandContext): Command {
  return new Command('revoke')
    .description('Revokes a key at once and for ever.')
    .argument('<id>', 'the id of the key, from `keys list`')
    .action(async (id: string, _options: unknown, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        await client.delete(`/v1/keys/${encodeURIComponent(id)}`);
        if (json === true) await context.terminal.json({ id, state: 'revoked' });
        else await context.terminal.lines([`key ${id} is revoked`]);
      });
    });
}
