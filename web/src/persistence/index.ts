/** Keeping workspaces: the port, its implementations, and who may write. */
export * from './port';
export { MemoryDisk, MemoryStore } from './memory';
export { IndexedDbStore } from './indexeddb';
export * from './leadership';
export { browserLeadership, WebLocksLeadership, type ChannelLike, type LockManagerLike } from './web-locks';
export { decodeWorkspaceFile, encodeWorkspaceFile, workspaceBlob, type WorkspaceFile } from './file';
