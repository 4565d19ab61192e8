/** State of the page: store, actions, selectors. */
export * from './types';
export { createPlaygroundStore } from './store';
export { keptDrafts } from './drafts';
export * from './selectors';
export { waited } from './summary';
