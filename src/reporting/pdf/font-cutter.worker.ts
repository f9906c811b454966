import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';
import { serveThread } from '../../platform/worker-threads/serve-thread.js';
import { type FaceName, pathOf } from './font-families.js';

async function cut(face: FaceName): Promise<Uint8Array> {
  const options = {
    targetFormat: 'truetype',
    keepAllGlyphs: true,
    variationAxes: { wght: face.weight },
  } as const;
  return subsetFont(await readFile(pathOf(face)), '', options);
}

serveThread({ cut, close: () => undefined });
