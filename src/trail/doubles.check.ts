import { Injectable } from '@nestjs/common';
import { DiagnosticCheck, type Finding } from '../platform/diagnostics/diagnostic-check.js';
import { ReadStore } from '../storage/read-store/read-store.port.js';
import { TRAIL_EVENTS } from './trail-event.view.js';

/** Whether ids stand for one act each. */
@Injectable()
export class DoublesCheck extends DiagnosticCheck {
  override readonly area = 'trail';

  constructor(private readonly store: ReadStore) {
    super();
  }

  override async run(): Promise<readonly Finding[]> {
    const doubles = await this.store.count(TRAIL_EVENTS.name, { field: 'double', exists: true });
    const name = 'trail.doubles';
    const facts = { doubles };
    if (doubles === 0) return [{ name, state: 'good', facts }];
    const advice =
      'An Idempotency-Key or id was used for several acts: `keytrail coverage` names them. Both are shown; find out who sends them.';
    return [{ name, state: 'warning', facts, advice }];
  }
}
