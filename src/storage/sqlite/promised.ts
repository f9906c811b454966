/** Runs synchronous work behind a port's promise: what it throws rejects. */
export function promised<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
