// Writes the demo's audit logs into a folder: three stores, two weeks, a few hundred records.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { applicationLog } from './application-log.js';
import { cloudtrailLog } from './cloudtrail-log.js';
import { Timeline } from './timeline.js';
import { vaultLog } from './vault-log.js';

/** The files, with the kind of source that understands each. */
export function writeRecords(folder, now) {
  const timeline = new Timeline(now);
  const contents = [
    ['vault', 'vault-audit.log', `${vaultLog(timeline).join('\n')}\n`],
    ['aws-cloudtrail', 'cloudtrail.json.gz', gzipSync(JSON.stringify(cloudtrailLog(timeline)))],
    ['generic-json', 'application.log', `${applicationLog(timeline).join('\n')}\n`],
  ];
  return contents.map(([source, name, content]) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return { source, file };
  });
}
