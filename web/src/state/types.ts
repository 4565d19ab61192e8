/**
 * The page's state: one plain, serialisable object, changed only by actions. Views draw it and raise
 * actions; they know nothing of worker, wasm or IndexedDB.
 *
 *     const store = createPlaygroundStore({ playground, pageUrl });
 *     store.subscribe((state) => draw(state));          // a svelte/store readable: `$store` works
 *     await store.actions.openFromHash(location.hash);
 *     store.actions.editScript(text);
 *     await store.actions.runAtOffset(editor.offset);
 */
import type { Readable } from 'svelte/store';
import type {
  Block,
  BlockResult,
  CapacityReport,
  DatasetName,
  DatasetProgress,
  Item,
  Json,
  LoadProgress,
  Ownership,
  PartitionsReport,
  Problem,
  QuarantinedPiece,
  SaveState,
  TableInfo,
  WorkspaceSummary,
  World,
  WorldSettings,
} from '../protocol/types';
import type { Playground } from '../worker/api';
import type { LinkClaim, ResultComparison, SecretFinding, ShareTarget } from '../share';

export type Theme = 'system' | 'light' | 'dark';
/** Tabs of the result pane. */
export type ResultTab = 'table' | 'json' | 'cost' | 'path';
/** Panes of the narrow layout. */
export type NarrowPane = 'lesson' | 'editor' | 'result';
/** What the left pane shows. */
export type SidePane = 'tables' | 'lessons' | 'lesson';

export interface WorkspaceState {
  /** null for a scratch workspace. */
  id: string | null;
  name: string;
  /** mine: kept in this browser. link: scratch from a link or file. lesson: scratch of a lesson. */
  kind: 'mine' | 'link' | 'lesson';
  settings: WorldSettings;
}

/** A result with the text its block had, so that it can be found again and marked stale. */
export interface BlockOutcome {
  result: BlockResult;
  /** The block's text when it ran. */
  text: string;
  /** The text of the block was changed since. */
  stale: boolean;
}

export interface RunningState {
  /** Index of the block that runs now; -1 for work that is no block (load, advance, reset from a button). */
  block: number;
  /** How many blocks of this run are done, and how many it has. */
  done: number;
  total: number;
  /** Progress of @load, while it runs. */
  dataset: DatasetProgress | null;
}

export type OpenPhase =
  | { phase: 'idle' }
  | { phase: 'loading'; progress: LoadProgress }
  /** Retry with actions.retryOpen(). */
  | { phase: 'failed'; message: string }
  /** Nothing was changed on disk; export and startFresh are offered. */
  | { phase: 'refused'; message: string }
  | { phase: 'ready' };

export interface Message {
  id: number;
  severity: 'info' | 'warning' | 'error';
  text: string;
  /** A button of the message. */
  action?: 'retry-save' | 'download-quarantine' | 'take-over' | 'keep-copy' | 'export';
}

export type ShareState =
  | { status: 'closed' }
  /** The script is being run in a fresh world to take the digests of its results. */
  | { status: 'preparing' }
  | {
      status: 'ready';
      /** Whole URL. */
      url: string;
      hash: string;
      /** Characters of the URL. */
      length: number;
      targets: ShareTarget[];
      /** Looks like a key, a mail address, …; warn before copying. */
      secrets: SecretFinding[];
      /** How many blocks the link claims results for. */
      claims: number;
    }
  | { status: 'failed'; message: string };

/** What a link claimed about its results, and what came out. */
export interface LinkState {
  /** Null when the link claims nothing. */
  claim: LinkClaim | null;
  engineVersion: string;
  /** null until all blocks were run. */
  comparison: ResultComparison | null;
}

/** The page of items the explorer shows. */
export interface ExplorerState {
  table: string;
  items: Item[];
  next: Item | null;
  loading: boolean;
}

/** The lesson on screen: owned by the lesson runner, opaque here. */
export interface LessonSlot {
  id: string;
  step: number;
  data: Json;
}

export interface PlaygroundState {
  open: OpenPhase;
  workspace: WorkspaceState;
  script: string;
  blocks: Block[];
  problems: Problem[];
  /** Outcome per block index, aligned with `blocks`; null when it has not run. */
  outcomes: (BlockOutcome | null)[];
  /** Index of the block whose result the result pane shows; null for none. */
  selected: number | null;
  running: RunningState | null;
  /** Every run, oldest first, at most the last 500. */
  history: BlockResult[];
  tables: TableInfo[];
  explorer: ExplorerState | null;
  partitions: PartitionsReport | null;
  capacity: CapacityReport | null;
  world: World | null;
  save: SaveState;
  ownership: Ownership;
  workspaces: WorkspaceSummary[];
  quarantined: QuarantinedPiece[];
  theme: Theme;
  resultTab: ResultTab;
  narrowPane: NarrowPane;
  sidePane: SidePane;
  messages: Message[];
  share: ShareState;
  link: LinkState | null;
  lesson: LessonSlot | null;
}

/** Actions never reject: a failure becomes a message or a state. */
export interface PlaygroundActions {
  /**
   * Opens what the fragment asks for: a link → scratch (runs nothing), `#w=<id>` → that kept workspace, anything else → the
   * workspace "main". Call it again on hashchange.
   */
  openFromHash(hash: string): Promise<void>;
  openWorkspace(id: string): Promise<void>;
  openFile(bytes: Uint8Array): Promise<void>;
  /** A scratch world for a lesson; runs nothing. */
  openLesson(slot: LessonSlot, script: string, settings?: Partial<WorldSettings>): Promise<void>;
  retryOpen(): Promise<void>;
  startFresh(): Promise<void>;
  takeOver(): Promise<void>;
  keepCopy(name: string): Promise<void>;
  rename(name: string): void;

  /** New script text; reparses, keeps outcomes of unchanged blocks and marks changed ones stale. */
  editScript(text: string): void;
  /** Runs one block. False when it could not run (problem, busy, not the owner). */
  runBlock(index: number): Promise<boolean>;
  /** Runs the block at or before an offset of the script; answers its index, or null. */
  runAtOffset(offset: number): Promise<number | null>;
  /** Runs several blocks in order (a selection). Service errors do not stop it. */
  runBlocks(indices: number[]): Promise<void>;
  /** Runs all blocks in order; refuses while the script has an error. Service errors are marked and passed. */
  runAll(): Promise<void>;
  /** Stops after the current request; a running @load stops at the next row. */
  cancel(): void;
  select(index: number | null): void;

  advance(millis: number): Promise<void>;
  load(dataset: DatasetName): Promise<void>;
  reset(): Promise<void>;
  changeSettings(settings: Partial<WorldSettings>): Promise<void>;

  /** Asks again for tables, capacity and world. Done by itself after every run. */
  refresh(): Promise<void>;
  exploreTable(table: string | null): Promise<void>;
  exploreMore(): Promise<void>;
  showPartitions(table: string | null): Promise<void>;

  retrySave(): Promise<void>;
  /** A file of the workspace, for download; null on failure (a message says why). */
  exportWorkspace(): Promise<Uint8Array | null>;

  prepareShare(): Promise<void>;
  closeShare(): void;

  setTheme(theme: Theme): void;
  setResultTab(tab: ResultTab): void;
  setNarrowPane(pane: NarrowPane): void;
  setSidePane(pane: SidePane): void;
  setLesson(slot: LessonSlot | null): void;
  tell(severity: Message['severity'], text: string, action?: Message['action']): void;
  dismiss(messageId: number): void;
}

/** What the store needs from outside; all of it can be replaced in a test. */
export interface StoreServices {
  playground: Playground;
  /** Address of the page without fragment, for links. */
  pageUrl: string;
  /**
   * Text that survives a reload at once, before it is saved: sessionStorage, in practice. Without it the last moments of
   * typing, and all typing in a link's scratch world, end with the page.
   */
  drafts?: { get(key: string): string | null; set(key: string, text: string | null): void };
  /** What a new workspace starts with. */
  welcome?: { name: string; script: string };
  /** Delayed work; default setTimeout. */
  later?: (work: () => void, millis: number) => () => void;
}

export interface PlaygroundStore extends Readable<PlaygroundState> {
  readonly actions: PlaygroundActions;
  /** The state now. */
  get(): PlaygroundState;
  /** Stops listening to the playground. */
  dispose(): void;
}
