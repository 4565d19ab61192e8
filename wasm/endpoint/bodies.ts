/**
 * Memory for request bodies on their way in. Small ones cost what the socket's buffer costs. A
 * larger one claims all it will need before it is read on, and waits while others hold the
 * budget: what is claimed can arrive whole, so bodies never wait for each other in a circle.
 * Waiting costs nothing here, TCP holds the client back.
 *
 * Two things end otherwise than by the body's end: a wait that takes too long, and, while others
 * wait, a claim whose body has stopped coming.
 */

/** A body up to this size needs no claim. */
export const SMALL_BYTES = 64 * 1024;

const CHECK_MILLIS = 500;

export interface BudgetLimits {
  /** For all claims together. */
  bytes: number;
  /** A claim is refused after having waited so long. */
  waitMillis: number;
  /** A body that has not moved for so long gives way to those that wait. */
  stallMillis: number;
}

export const BUDGET: BudgetLimits = { bytes: 128 * 1024 * 1024, waitMillis: 20_000, stallMillis: 5000 };

/** One body's share. The owner sets `movedAt` when more of it has come. */
export interface Claim {
  readonly bytes: number;
  /** Epoch milliseconds of the claim, then of its grant, then of the last bytes. */
  movedAt: number;
}

export interface ClaimEvents {
  /** The body may be read. */
  granted: () => void;
  /** The wait took too long. */
  refused: () => void;
  /** Others wait, and this body does not move. */
  revoked: () => void;
}

export class BodyBudget {
  readonly #limits: BudgetLimits;
  #left: number;
  /** Both in the order in which they came. */
  readonly #held = new Map<Claim, ClaimEvents>();
  readonly #waiting = new Map<Claim, ClaimEvents>();
  #timer: NodeJS.Timeout | null = null;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
    this.#left = limits.bytes;
  }

  /** @returns the claim, and whether it is granted already; if not, `events` tells what becomes of it */
  claim(bytes: number, events: ClaimEvents): { claim: Claim; granted: boolean } {
    const claim: Claim = { bytes, movedAt: Date.now() };
    const granted = this.#waiting.size === 0 && bytes <= this.#left;
    if (granted) {
      this.#hold(claim, events);
    } else {
      this.#waiting.set(claim, events);
      this.#timer ??= setInterval(() => this.#check(Date.now()), CHECK_MILLIS).unref();
    }
    return { claim, granted };
  }

  /** Gives a claim back, granted or not; a second time does nothing. */
  release(claim: Claim): void {
    if (this.#held.delete(claim)) this.#left += claim.bytes;
    this.#waiting.delete(claim);
    for (const [next, events] of this.#waiting) {
      if (next.bytes > this.#left) break;
      this.#waiting.delete(next);
      this.#hold(next, events);
      events.granted();
    }
    if (this.#waiting.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  #hold(claim: Claim, events: ClaimEvents): void {
    claim.movedAt = Date.now();
    this.#left -= claim.bytes;
    this.#held.set(claim, events);
  }

  #check(now: number): void {
    for (const [claim, events] of [...this.#held]) {
      if (now - claim.movedAt < this.#limits.stallMillis) continue;
      events.revoked();
      this.release(claim);
      if (this.#waiting.size === 0) return;
    }
    for (const [claim, events] of [...this.#waiting]) {
      if (now - claim.movedAt < this.#limits.waitMillis) continue;
      events.refused();
      this.release(claim);
    }
  }
}
