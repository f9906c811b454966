import { readFileSync } from 'node:fs';

// Tests are compiled exactly as the build is, so a decorator or a class name behaves the same in both.
const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;

export default {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest', { ...swc, sourceMaps: 'inline', swcrc: false }] },
  // Worker threads and child processes of tests run from dist/.
  globalSetup: '<rootDir>/scripts/jest-global-setup.js',
  globalTeardown: '<rootDir>/scripts/jest-global-teardown.js',
  testTimeout: 30_000,
  maxWorkers: '100%',
  // A process that ran many files takes longer to end than Jest waits, and is then said to have been left unclean.
  workerIdleMemoryLimit: '300MB',
  coverageProvider: 'v8',
};
