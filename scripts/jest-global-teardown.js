export default async function globalTeardown() {
  await globalThis.sharedEngines.stop();
}
