import { initialState } from './initial';
import type { PlaygroundStore, StoreServices } from './types';

/**
 * Makes the page's store. It starts idle: call actions.openFromHash. Actions that reach the playground are
 * serialised by it; state changes are synchronous and notified once per change.
 */
export declare function createPlaygroundStore(services: StoreServices): PlaygroundStore;
export { initialState };
