// Leaves how many tests passed, failed and were skipped in the file that scripts/test.js named. Jest's own `--json` writes
// no count at all where one error can't be written as JSON.
import { writeFileSync } from 'node:fs';

export default class CountReporter {
  onRunComplete(_, results) {
    const counts = {
      passed: results.numPassedTests,
      // A spec file that could not even be loaded counts as one failure.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(process.env.KEYTRAIL_TEST_COUNTS, JSON.stringify(counts));
  }
}
