import process from 'node:process';
import './platform/lean-start.js';

// Loaded only now, so that even the loading is lean.
await import('reflect-metadata');
const { readConfig } = await import('./config/read-config.js');
const { loadEnvironmentFile } = await import('./config/load-environment-file.js');
const { serve } = await import('./serve.js');

try {
  loadEnvironmentFile();
  const { address } = await serve(readConfig(process.env));
  if (process.stderr.isTTY) process.stderr.write(`keytrail listens at ${address}; Ctrl-C stops it\n`);
} catch (error) {
  const { printFailure } = await import('./platform/cli/print-failure.js');
  const { Terminal } = await import('./platform/cli/terminal.js');
  process.exit(printFailure(new Terminal(process.stdout, process.stderr), error));
}
