import { Injectable } from '@nestjs/common';
import { DiagnosticCheck, type Finding } from '../../platform/diagnostics/diagnostic-check.js';
import type { KekStatus } from '../queries/kek-status/kek-status.query.js';
import { KekStatusReader } from './kek-status-reader.js';

/** What the doctor says of the key-encryption key. */
@Injectable()
export class KekCheck extends DiagnosticCheck {
  override readonly area = 'kek';

  constructor(private readonly reader: KekStatusReader) {
    super();
  }

  override async run(): Promise<readonly Finding[]> {
    const status = await this.reader.read();
    return [copies(status), file(status), rotation(status)];
  }
}

function copies({ kekId, since, copyConfirmedAt }: KekStatus): Finding {
  const name = 'kek.copies';
  const facts = { kekId, since, copyConfirmedAt: copyConfirmedAt ?? null };
  if (copyConfirmedAt !== undefined) return { name, state: 'good', facts };
  const advice =
    'No copy of the key-encryption key is known. If this one is lost, no identity can ever be read again: keep a copy apart from this machine, then run `keytrail kek confirm-copy`.';
  return { name, state: 'bad', facts, advice };
}

function file({ place, openToOthers }: KekStatus): Finding {
  const name = 'kek.file';
  const facts = { place, openToOthers };
  if (!openToOthers) return { name, state: 'good', facts };
  return {
    name,
    state: 'warning',
    facts,
    advice: 'Others than its owner may read the key file: set its mode to 0600.',
  };
}

function rotation({ rotationUnfinished }: KekStatus): Finding {
  const name = 'kek.rotation';
  const facts = { unfinished: rotationUnfinished };
  if (!rotationUnfinished) return { name, state: 'good', facts };
  return {
    name,
    state: 'warning',
    facts,
    advice: 'A rotation was broken off: run `keytrail kek rotate`, which goes on with it.',
  };
}
