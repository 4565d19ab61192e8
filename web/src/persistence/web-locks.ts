/** Leadership through Web Locks, with a BroadcastChannel for the talk between tabs. */
import { SoleLeadership, type Leadership, type LeadershipEvents } from './leadership';

/** What is needed of navigator.locks; tests bring their own. */
export interface LockManagerLike {
  request(
    name: string,
    options: { ifAvailable?: boolean; steal?: boolean; signal?: AbortSignal },
    callback: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown>;
}

export interface ChannelLike {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}

export interface WebLocksOptions {
  locks: LockManagerLike;
  openChannel: (name: string) => ChannelLike;
  /** How long an owner that was asked may take before the lock is stolen. */
  patienceMillis?: number;
}

/** Leadership of one workspace in this browser; falls back to sole ownership where there are no locks. */
export function browserLeadership(workspace: string): Leadership {
  if (typeof navigator === 'undefined' || !navigator.locks || typeof BroadcastChannel === 'undefined')
    return new SoleLeadership();
  return new WebLocksLeadership(workspace, {
    locks: navigator.locks as LockManagerLike,
    openChannel: (name) => new BroadcastChannel(name) as ChannelLike,
  });
}

export class WebLocksLeadership implements Leadership {
  private readonly lockName: string;
  private events: LeadershipEvents | null = null;
  private channel: ChannelLike | null = null;
  /** Ends the hold on the lock. */
  private release: (() => void) | null = null;
  private waiting: AbortController | null = null;
  /** The browser has locks and forbids them, as it does where it keeps no data: every tab is then its own owner. */
  private forbidden = false;

  constructor(
    workspace: string,
    private readonly options: WebLocksOptions,
  ) {
    this.lockName = `sortkey:${workspace}`;
  }

  async start(events: LeadershipEvents): Promise<boolean> {
    this.events = events;
    try {
      this.channel = this.options.openChannel(this.lockName);
      this.channel.onmessage = ({ data }) => void this.hear(data);
    } catch {
      // Without it other tabs find out at their next write.
    }
    if ((await this.acquire({ ifAvailable: true })) || this.forbidden) return true;
    this.waitInLine();
    return false;
  }

  async takeOver(): Promise<void> {
    if (this.release || this.forbidden) return;
    this.waiting?.abort();
    this.waiting = null;
    this.channel?.postMessage('hand-over');
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), this.options.patienceMillis ?? 2000);
    const given = await this.acquire({ signal: patience.signal });
    clearTimeout(timer);
    if (!given && !this.release) await this.acquire({ steal: true });
  }

  announce(): void {
    this.channel?.postMessage('changed');
  }

  stop(): void {
    this.events = null;
    this.waiting?.abort();
    this.waiting = null;
    const release = this.release;
    this.release = null;
    release?.();
    this.channel?.close();
    this.channel = null;
  }

  /** Resolves with true once the lock is held (and stays held), with false when it was not given. */
  private acquire(options: { ifAvailable?: boolean; steal?: boolean; signal?: AbortSignal }): Promise<boolean> {
    return new Promise((resolve) => {
      let letGo: (() => void) | null = null;
      // A promise first: some browsers throw where others reject.
      Promise.resolve()
        .then(() =>
          this.options.locks.request(this.lockName, options, (lock) => {
            if (!lock) {
              resolve(false);
              return undefined;
            }
            return new Promise<void>((done) => {
              letGo = done;
              this.release = done;
              resolve(true);
            });
          }),
        )
        .catch(() => {
          // Before the lock was given: the wait was ended, or locks cannot be had. After: another tab stole it.
          if (letGo && this.release === letGo) {
            this.release = null;
            this.events?.lost('stolen');
            this.waitInLine();
          }
          if (!letGo && !options.signal?.aborted) this.forbidden = true;
          resolve(false);
        });
    });
  }

  private waitInLine(): void {
    if (!this.events) return;
    const waiting = new AbortController();
    this.waiting = waiting;
    void this.acquire({ signal: waiting.signal }).then((given) => {
      if (this.waiting !== waiting) return;
      this.waiting = null;
      if (given) this.events?.granted();
    });
  }

  private async hear(message: unknown): Promise<void> {
    if (message === 'changed' && !this.release) this.events?.changed();
    if (message !== 'hand-over' || !this.release) return;
    const release = this.release;
    await this.events?.handOver();
    if (this.release !== release) return;
    this.release = null;
    release();
    this.events?.lost('asked');
    this.waitInLine();
  }
}
