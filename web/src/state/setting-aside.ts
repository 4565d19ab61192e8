/** Actions on what could not be read of the workspace and was set aside. */
import type { StoreCore } from './core';
import type { PlaygroundActions } from './types';

type SettingAsideActions = Pick<PlaygroundActions, 'setAsideFile' | 'openSetAside' | 'discardSetAside'>;

export class SettingAside implements SettingAsideActions {
  constructor(
    private readonly core: StoreCore,
    /** Opens a workspace file; answers why it did not, or nothing. */
    private readonly open: (file: Uint8Array) => Promise<string>,
  ) {}

  setAsideFile = async (piece: number): Promise<Uint8Array | null> =>
    (await this.core.guard(() => this.core.playground.quarantineFile(piece))) ?? null;

  openSetAside = async (piece: number): Promise<string> => {
    try {
      return await this.open(await this.core.playground.quarantineFile(piece));
    } catch (error) {
      return (error as Error).message;
    }
  };

  discardSetAside = async (piece: number): Promise<void> => {
    await this.core.guard(async () => {
      await this.core.playground.discardQuarantined(piece);
      this.core.set({ quarantined: await this.core.playground.quarantined() });
    });
  };
}
