/**
 * Turns to work, one after another, in the order in which they were requested. A turn ends when its
 * holder ends it, or gives no sign of life for three seconds. Tickets are unique strings.
 */
export class Turns {
  #holder: string | undefined;
  #lease: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Map<string, () => void>();

  /** Resolves when it is the ticket's turn, or after five seconds without a turn. */
  wait(ticket: string): Promise<void> {
    if (this.#holder === undefined) {
      this.#grant(ticket);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const leave = () => {
        clearTimeout(timer);
        this.#waiting.delete(ticket);
        resolve();
      };
      const timer = setTimeout(leave, patience);
      this.#waiting.set(ticket, leave);
    });
  }

  /** A sign of life: the turn lasts three more seconds. */
  extend(ticket: string): void {
    if (ticket !== this.#holder) return;
    clearTimeout(this.#lease);
    this.#lease = setTimeout(() => this.end(ticket), leaseTime);
  }

  /** Ends the ticket's turn, if it still has it. */
  end(ticket: string): void {
    if (ticket !== this.#holder) return;
    clearTimeout(this.#lease);
    this.#holder = undefined;
    for (const [next, leave] of this.#waiting) {
      this.#grant(next);
      leave();
      return;
    }
  }

  /** Ends the turn, and lets all who wait go on at once, without a turn. */
  endAll(): void {
    for (const leave of [...this.#waiting.values()]) leave();
    if (this.#holder !== undefined) this.end(this.#holder);
  }

  #grant(ticket: string): void {
    this.#holder = ticket;
    this.extend(ticket);
  }
}

/** Milliseconds for which a turn lasts without a sign of life. */
const leaseTime = 3000;

/** Milliseconds after which a ticket no longer waits for its turn. */
const patience = 5000;
