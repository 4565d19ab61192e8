/** The state of a page that has just been loaded. */
import { defaultSettings } from '../protocol/types';
import type { PlaygroundState } from './types';

export function initialState(): PlaygroundState {
  return {
    open: { phase: 'idle' },
    workspace: { id: null, name: '', kind: 'mine', settings: { ...defaultSettings } },
    script: '',
    blocks: [],
    problems: [],
    outcomes: [],
    selected: null,
    running: null,
    refusedFor: null,
    history: [],
    summary: null,
    clockMove: null,
    tables: [],
    explorer: null,
    partitions: null,
    capacity: null,
    openedAt: null,
    world: null,
    save: { state: 'not-saved', reason: 'No workspace is open.', memoryOnly: true },
    ownership: 'none',
    workspaces: [],
    quarantined: [],
    theme: 'system',
    resultTab: 'table',
    narrowPane: 'editor',
    sidePane: 'tables',
    messages: [],
    share: { status: 'closed' },
    link: null,
    lesson: null,
  };
}
