import type { Command } from 'commander';
import type { KeytrailClient } from './keytrail-client.js';
import type { Terminal } from './terminal.js';

/** The options that every command takes. */
export interface GlobalOptions {
  readonly url?: string;
  readonly data?: string;
  readonly keyFile?: string;
  readonly json?: boolean;
}

export interface Connecting {
  /** Only in this process, as the user of this host, for what no key may do. */
  readonly asHost?: boolean;
  /** Make a data folder that does not exist. */
  readonly mayCreate?: boolean;
}

/** What a command is given by the program. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Standard input. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Milliseconds since 1970. */
  now(): number;
  /** The way to the service that the options name; see `--url` and `--data`. */
  connect(options: GlobalOptions, how: Connecting): Promise<KeytrailClient>;
  /** Aborted once the user asks the command to stop. A command that does not look is ended. */
  readonly interruption: AbortSignal;
  /** The exit code of a command that comes to its end although not all is well. */
  exit(code: number): void;
  /** Tells of an error as if it had ended the command. */
  fail(error: Error): void;
}

type Use = (client: KeytrailClient, options: GlobalOptions) => Promise<void>;

/** Runs `use` with a way to the service, and closes it whatever happens. */
export async function withService(
  context: CommandContext,
  command: Command,
  use: Use,
  how: Connecting = {},
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const client = await context.connect(options, how);
  try {
    await use(client, options);
  } finally {
    context.terminal.progress.clear();
    await client.close();
  }
}

/** The same, but on a data folder that no service holds, as the user of this host. */
export async function withFolder(context: CommandContext, command: Command, use: Use): Promise<void> {
  await withService(context, command, use, { asHost: true });
}
