import { setFlagsFromString } from 'node:v8';

// Loading the program makes V8 grow the space for young objects to its limit, 64 MiB, which an idle service never fills
// and V8 never gives back. So it is held small until the service is up. To be imported before everything else.
setFlagsFromString('--semi-space-growth-factor=1');

/** From now on the space for young objects grows with the load, as V8 means it to. */
export function endLeanStart(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
