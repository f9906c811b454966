import { Command } from 'commander';
import type { CommandContext, GlobalOptions } from '../../platform/cli/command-context.js';

export interface ServeSettings {
  readonly data?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
}

const HELP = `
Everything else is told by the environment (or a file .env in the working folder); see docs/operations/configuration.md.
The first start makes an administrator's key: on a terminal it is shown once, otherwise it is in the data folder's file
bootstrap-key. The service listens on this host only, unless --host or KEYTRAIL_HOST says otherwise.

Examples:
  keytrail serve
  keytrail serve --data /var/lib/keytrail --port 7421`;

/** `run` starts the service in this process and resolves with its address once it listens. */
export function serveCommand(context: CommandContext, run: (settings: ServeSettings) => Promise<string>): Command {
  return new Command('serve')
    .summary('run the service')
    .description('Runs the service on a data folder until it is stopped.')
    .option('--host <address>', 'where to listen (default: KEYTRAIL_HOST, else 127.0.0.1)')
    .option('--port <number>', 'the port (default: KEYTRAIL_PORT, else 7420)')
    .addHelpText('after', HELP)
    .action(async (options: Pick<ServeSettings, 'host' | 'port'>, self: Command) => {
      const { data } = self.optsWithGlobals<GlobalOptions>();
      const address = await run({ ...options, data });
      if (context.terminal.isInteractive) context.terminal.note(`keytrail listens at ${address}; Ctrl-C stops it`);
    });
}
