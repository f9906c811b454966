/** Lets one loop wait for a call or for time to pass, whichever comes first. A call while nobody waits is kept. */
export class Signal {
  #raised = false;
  #wake: (() => void) | undefined;

  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#raised) await this.#raisedOrAfter(milliseconds);
    this.#raised = false;
  }

  #raisedOrAfter(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
