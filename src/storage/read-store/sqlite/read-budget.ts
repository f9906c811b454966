/** How much of the index a question may read. One that needs more is better asked of each document on the way. */
export class ReadBudget {
  #left: number;

  constructor(postings: number) {
    this.#left = postings;
  }

  spend(postings: number): void {
    this.#left -= postings;
  }

  /** The answer is not complete then. */
  isSpent(): boolean {
    return this.#left < 0;
  }
}

export const UNLIMITED = new ReadBudget(Infinity);
