import { setFlagsFromString } from 'node:v8';

// Loading the program makes V8 grow the space for young objects to its limit, 64 MiB, which an idle service never fills
// and V8 never gives back. So it is held small until the service is up. To be imported before everything else.
setFlagsFromString('--semi-space-growth-factor=1');

// For threads that start later: they are several, and with 64 MiB each they would take most of the service's memory for
// objects that are dead already. Measured at full rate: 100 MiB less, at the same processor time per event.
setFlagsFromString('--max-semi-space-size=8');

/** From now on the space for young objects grows with the load, as V8 means it to. */
export function endLeanStart(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
