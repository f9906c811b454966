import 'reflect-metadata';
import process from 'node:process';
import { readConfig } from './config/read-config.js';
import { printFailure } from './platform/cli/print-failure.js';
import { Terminal } from './platform/cli/terminal.js';
import { loadEnvironmentFile, serve } from './serve.js';

try {
  loadEnvironmentFile();
  await serve(readConfig(process.env));
} catch (error) {
  process.exit(printFailure(new Terminal(process.stdout, process.stderr), error));
}
