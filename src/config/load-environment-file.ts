import { existsSync } from 'node:fs';
import process from 'node:process';

/** Reads `.env` of the working folder, if there is one, into the environment; what is set there already stays. */
export function loadEnvironmentFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
