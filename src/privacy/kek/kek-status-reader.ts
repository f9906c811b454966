import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Health } from '../../platform/health/health.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { StateStore } from '../../storage/state-store/state-store.port.js';
import type { KekStatus } from '../queries/kek-status/kek-status.query.js';
import { KEK_DOCUMENT, type KekDocument } from './kek-document.js';
import { KekFile } from './kek-file.js';
import { KeyEncryption } from './key-encryption.js';

/** Reads the state of the key-encryption key, and shows it in the metrics. */
@Injectable()
export class KekStatusReader implements OnModuleInit {
  constructor(
    private readonly file: KekFile,
    private readonly keyEncryption: KeyEncryption,
    private readonly state: StateStore,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly health: Health,
  ) {}

  async onModuleInit(): Promise<void> {
    this.health.report('privacy', { state: 'working' });
    const { openToOthers } = await this.read();
    if (openToOthers) this.logger.event('privacy.kek_open_to_others', {});
  }

  async read(): Promise<KekStatus> {
    const stored = (await this.state.get(KEK_DOCUMENT))?.value as KekDocument;
    this.metrics.kekCopyConfirmed.set(stored.copyConfirmedAt === undefined ? 0 : 1);
    return {
      kekId: stored.kekId,
      since: stored.since,
      place: this.file.place,
      ...(stored.copyConfirmedAt !== undefined && { copyConfirmedAt: stored.copyConfirmedAt }),
      openToOthers: await this.file.isOpenToOthers(),
      rotationUnfinished: this.keyEncryption.ring.length > 1,
    };
  }
}
