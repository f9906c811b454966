/**
 * The version of a mapping that has two parts: ours, and the operator's settings. Each is raised with its own changes, so
 * their sum rises with every change of either.
 * @param builtIn from 1
 * @param configured from 1
 */
export function mappingOf(builtIn: number, configured: number): number {
  return builtIn + configured - 1;
}
