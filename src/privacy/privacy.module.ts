import { Global, Module } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { Clock } from '../platform/clock.js';
import { Logger } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { EventLog } from '../storage/event-log/event-log.port.js';
import { StateStore } from '../storage/state-store/state-store.port.js';
import { KekCheck } from './kek/kek.check.js';
import { KekFile } from './kek/kek-file.js';
import { KekStatusReader } from './kek/kek-status-reader.js';
import { KeyEncryption } from './kek/key-encryption.js';
import { openKeyEncryption } from './kek/open-key-encryption.js';
import { NewSubjectAllowance } from './new-subject-allowance.js';
import { KekStatusHandler } from './queries/kek-status/kek-status.handler.js';
import { StateSubjectKeys } from './state-subject-keys.js';
import { SubjectKeys } from './subject-keys.port.js';

/**
 * Who may be known, and until when: subjects, their data keys, the key-encryption key. A start fails here when the keys
 * do not fit the stores. Global, as every writer and reader of personal fields needs `SubjectKeys`.
 */
@Global()
@Module({
  providers: [
    {
      provide: KekFile,
      useFactory: (config: KeytrailConfig) => KekFile.in(config.data, config.files.kek),
      inject: [KeytrailConfig],
    },
    {
      provide: KeyEncryption,
      useFactory: openKeys,
      inject: [KekFile, StateStore, EventLog, Clock, Logger],
    },
    {
      provide: NewSubjectAllowance,
      useFactory: (config: KeytrailConfig) => new NewSubjectAllowance(config.limits.newSubjectsPerHour),
      inject: [KeytrailConfig],
    },
    {
      provide: SubjectKeys,
      useFactory: (...parts: ConstructorParameters<typeof StateSubjectKeys>) => new StateSubjectKeys(...parts),
      inject: [StateStore, KeyEncryption, NewSubjectAllowance, Clock, Metrics],
    },
    KekStatusReader,
    KekCheck,
    KekStatusHandler,
  ],
  exports: [SubjectKeys, KeyEncryption, KekFile, KekStatusReader],
})
export class PrivacyModule {}

async function openKeys(
  ...[file, state, log, clock, logger]: [KekFile, StateStore, EventLog, Clock, Logger]
): Promise<KeyEncryption> {
  const isNew = (await file.read()) === undefined;
  const opened = await openKeyEncryption({ file, state, log }, clock.now().toISOString());
  if (isNew) logger.event('privacy.kek_made', { kekId: opened.current.id });
  return opened;
}
