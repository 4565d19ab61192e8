/** State of the page: store, actions, selectors. */
export * from './types';
export { createPlaygroundStore } from './store';
export * from './selectors';
