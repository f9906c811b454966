import { Command, Option } from 'commander';
import { ROLES } from '../../domain/principal.js';
import { withService, type CommandContext } from '../../platform/cli/command-context.js';
import { timeAhead } from '../../platform/cli/time-argument.js';
import { showNewKey, type NewKey } from './show-new-key.js';

interface IssueOptions {
  readonly name: string;
  readonly role: string;
  readonly service?: boolean;
  readonly identities?: boolean;
  readonly expires?: string;
  readonly kind?: readonly string[];
  readonly instance?: readonly string[];
  readonly environment?: readonly string[];
  readonly actionClass?: readonly string[];
  readonly out?: string;
}

export function issueCommand(context: CommandContext): Command {
  return new Command('issue')
    .description('Makes a key and shows it, this once.')
    .requiredOption('--name <holder>', 'who holds it: a person, or with --service a machine')
    .addOption(new Option('--role <role>', 'what it is for').choices(ROLES).makeOptionMandatory())
    .option('--service', 'the holder is a machine')
    .option('--identities', "lets an auditor's key see who people are")
    .option('--expires <time>', 'when it ends: a date, or how long from now (90d)', (text) =>
      timeAhead(text, context.now()),
    )
    .option('--kind <kind...>', 'log_writer: only these kinds of sources')
    .option('--instance <name...>', 'log_writer: only these instances')
    .option('--environment <name...>', 'log_writer: only these environments')
    .option('--action-class <name...>', 'log_writer: only these actions, by the part before the dot')
    .option('--out <file>', 'write the key into a new file that only you can read, instead of showing it')
    .action(async (options: IssueOptions, self: Command) => {
      await withService(context, self, async (client, { json }) => {
        const destination = { out: options.out, json: json === true };
        await showNewKey(context.terminal, destination, () => client.post<NewKey>('/v1/keys', requestOf(options)));
      });
    });
}

function requestOf(options: IssueOptions): object {
  const { kind, instance, environment, actionClass } = options;
  const limits = {
    ...(kind && { kinds: kind }),
    ...(instance && { instances: instance }),
    ...(environment && { environments: environment }),
    ...(actionClass && { actionClasses: actionClass }),
  };
  return {
    name: options.name,
    kind: options.service === true ? 'service' : 'person',
    role: options.role,
    ...(options.identities === true && { identities: true }),
    ...(options.expires !== undefined && { notAfter: options.expires }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}
