import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { keysCommand } from './access/cli/keys.cli.js';
import { loadEnvironmentFile } from './config/load-environment-file.js';
import { readConfig, type ConfigReading } from './config/read-config.js';
import { rebuildCommand } from './consuming/cli/rebuild.cli.js';
import { EXIT } from './domain/errors.js';
import { deadLettersCommand } from './ingestion/cli/dead-letters.cli.js';
import { explainCommand } from './ingestion/cli/explain.cli.js';
import { ingestCommand } from './ingestion/cli/ingest.cli.js';
import { doctorCommand } from './operations/cli/doctor.cli.js';
import { serveCommand, type ServeSettings } from './operations/cli/serve.cli.js';
import { chooseTransport } from './platform/cli/choose-transport.js';
import type { CommandContext, Connecting, GlobalOptions } from './platform/cli/command-context.js';
import { HttpTransport } from './platform/cli/http-transport.js';
import { InjectedTransport } from './platform/cli/injected-transport.js';
import { KeytrailClient, patience } from './platform/cli/keytrail-client.js';
import { printFailure } from './platform/cli/print-failure.js';
import { addGlobalOptions, runProgram } from './platform/cli/program.js';
import { readKeyFile } from './platform/cli/read-key-file.js';
import { Terminal } from './platform/cli/terminal.js';
import { ECHO_MS } from './platform/stop-on-signal.js';
import { KEYTRAIL_VERSION } from './platform/version.js';
import { kekCommand } from './privacy/cli/kek.cli.js';
import { reportCommand } from './reporting/cli/report.cli.js';
import { DataFolder } from './storage/data-folder/data-folder.js';
import { actorCommand } from './trail/cli/actor.cli.js';
import { coverageCommand } from './trail/cli/coverage.cli.js';
import { exportCommand } from './trail/cli/export.cli.js';
import { filtersCommand } from './trail/cli/filters.cli.js';
import { secretsCommand } from './trail/cli/secrets.cli.js';
import { trailCommand } from './trail/cli/trail.cli.js';

const HOLDER_PAUSE_MS = 200;
const INTERRUPTED = 130;

const terminal = new Terminal(process.stdout, process.stderr);
let interruption: AbortController | undefined;

const context: CommandContext = {
  terminal,
  input: process.stdin,
  now: () => Date.now(),
  connect,
  /** Whoever asks for it looks at it: the first signal asks, the second ends the process. */
  get interruption() {
    interruption ??= listenForInterruption();
    return interruption.signal;
  },
  exit: (code) => {
    process.exitCode = code;
  },
  fail: (error) => {
    printFailure(terminal, error);
  },
};

function listenForInterruption(): AbortController {
  const controller = new AbortController();
  let askedAt = 0;
  process.on('SIGINT', () => {
    if (!controller.signal.aborted) askedAt = Date.now();
    else if (Date.now() - askedAt > ECHO_MS) process.exit(INTERRUPTED); // not just the first one, handed on by the launcher
    controller.abort();
  });
  return controller;
}

async function connect({ url, data, keyFile }: GlobalOptions, how: Connecting): Promise<KeytrailClient> {
  const { config } = configOf({ data });
  const key = keyFile === undefined ? config.key : await readKeyFile(keyFile, terminal);
  const { asHost = false, mayCreate = false } = how;
  const transport = await chooseTransport(
    { url, folder: config.data, key, asHost, mayCreate },
    {
      exists: existsSync,
      holder: (folder) => DataFolder.holder(folder),
      open: openAlone,
      pause: () => sleep(HOLDER_PAUSE_MS),
    },
  );
  if (transport instanceof HttpTransport && transport.isUnprotected)
    terminal.note(`the key goes to ${transport.place} unprotected: use https`);
  return new KeytrailClient(
    transport,
    patience((reason, milliseconds) => {
      terminal.note(`${reason}: trying again in ${Math.ceil(milliseconds / 1000)} s`);
    }),
  );
}

function configOf({ data, host, port }: ServeSettings): ConfigReading {
  return readConfig({
    ...process.env,
    ...(data !== undefined && { KEYTRAIL_DATA: resolve(data) }),
    ...(host !== undefined && { KEYTRAIL_HOST: host }),
    ...(port !== undefined && { KEYTRAIL_PORT: port }),
  });
}

/** The service in this process, without listening. It is loaded here: a command that goes over HTTP starts without it. */
async function openAlone(folder: string): Promise<InjectedTransport> {
  await import('reflect-metadata');
  const { Service } = await import('./service.js');
  const { Projector } = await import('./consuming/projector.port.js');
  const { UpToDate } = await import('./consuming/cli/up-to-date.js');
  // Its log lines would stand between a command's own; they are shown when asked for.
  const logDestination = process.env['KEYTRAIL_LOG_LEVEL'] ? process.stderr : { write: () => undefined };
  const service = await Service.open(configOf({ data: folder }).config, { logDestination });
  const views = new UpToDate(service.application.get(Projector), terminal.progress);
  service.platform.health.report('http', { state: 'working' }); // requests reach it, past the network
  return new InjectedTransport({
    place: folder,
    headers: service.hostHeaders(),
    inject: (request) => service.application.inject(request),
    upToDate: () => views.wait(),
    stop: () => service.stop(),
  });
}

async function serve(settings: ServeSettings): Promise<string> {
  await import('./platform/lean-start.js');
  await import('reflect-metadata');
  const { serve: run } = await import('./serve.js');
  return (await run(configOf(settings))).address;
}

function program(): Command {
  const root = new Command('keytrail')
    .description('An audit trail for secrets: records what secret stores tell, and answers who did what.')
    .version(KEYTRAIL_VERSION, '-V, --version');
  const { config } = configOf({});
  const commands = [
    serveCommand(context, serve),
    ingestCommand(context),
    explainCommand(context, config.files.sources),
    deadLettersCommand(context),
    trailCommand(context),
    exportCommand(context),
    secretsCommand(context),
    actorCommand(context),
    coverageCommand(context),
    filtersCommand(context),
    reportCommand(context),
    keysCommand(context),
    kekCommand(context),
    rebuildCommand(context),
    doctorCommand(context),
  ];
  for (const command of commands) root.addCommand(command);
  return addGlobalOptions(root);
}

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed);
});

try {
  loadEnvironmentFile();
  const code = await runProgram(program(), process.argv.slice(2), terminal);
  if (code !== EXIT.ok) process.exitCode = code;
} catch (error) {
  process.exitCode = printFailure(terminal, error);
}
