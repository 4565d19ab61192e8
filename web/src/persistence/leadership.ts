/**
 * One writer per workspace. A tab is the owner, or waits in line and shows what the owner saved. Locks decide who may
 * write; the store's token makes sure that a tab which missed the news cannot write anyway.
 */

export interface LeadershipEvents {
  /** This tab became the owner after waiting (the old one was closed). */
  granted(): void;
  /** This tab is no longer the owner. asked: it handed over in order; stolen: it did not answer in time. */
  lost(how: 'asked' | 'stolen'): void;
  /** Another tab wants to write: finish and save what is pending. */
  handOver(): Promise<void>;
  /** The owner saved something. */
  changed(): void;
}

export interface Leadership {
  /** True when this tab is the owner at once; otherwise it waits in line. */
  start(events: LeadershipEvents): Promise<boolean>;
  /** Resolves when this tab is the owner. */
  takeOver(): Promise<void>;
  /** Owner: tells the others that something was saved. */
  announce(): void;
  /** Leaves the line or gives up the ownership. */
  stop(): void;
}

/** Makes the leadership of one workspace. */
export type LeadershipFactory = (workspace: string) => Leadership;

/** For workspaces nobody else can have: scratch worlds, and browsers without locks. */
export class SoleLeadership implements Leadership {
  async start(): Promise<boolean> {
    return true;
  }
  async takeOver(): Promise<void> {}
  announce(): void {}
  stop(): void {}
}
