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
  LoadProgress,
  Ownership,
  PartitionsReport,
  Problem,
  QuarantinedPiece,
  RehearsalProgress,
  SaveState,
  TableInfo,
  WorkspaceSummary,
  World,
  WorldSettings,
} from '../protocol/types';
import type { Playground } from '../worker/api';
import type { LinkClaim, RehearsalReport, ResultComparison, SecretFinding, ShareTarget } from '../share';

export type Theme = 'system' | 'light' | 'dark';
/** Tabs of the result pane. */
export type ResultTab = 'table' | 'json' | 'cost';
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
  action?: 'retry-save' | 'download-quarantine' | 'take-over' | 'keep-copy' | 'export' | 'original-text';
}

/** What a run of several requests came to. */
export interface RunSummary {
  /** Requests that ran, and how many were asked for; fewer when the run was stopped. */
  done: number;
  total: number;
  failed: number;
  /** The first result that was refused. */
  firstFailed: BlockResult | null;
  /** Something was refused because it is there already: a second run in the same world. */
  existed: boolean;
  /** By requests; what a data set's load wrote is not in it. */
  consumed: { read: number; write: number };
  loaded: boolean;
  /** Virtual time that passed. */
  millis: number;
}

/** Virtual time that passed by itself in the last run, because something was not ready at once. */
export interface ClockMove {
  millis: number;
  /** The operations that needed it, each once. */
  by: string[];
}

/** Something the script lacks so that others see the same; inserting it is one edit. */
export interface ShareOffer {
  /** load: a directive that loads a data set. tables: CreateTable and the items, as requests. */
  kind: 'load' | 'tables';
  tables: string[];
  /** Items it brings. */
  items: number;
  /** What is inserted before the first request that needs it. */
  text: string;
}

export type ShareState =
  | { status: 'closed' }
  /** The script is being run in a fresh world: what it gives there is what the link says. */
  | { status: 'preparing'; progress: RehearsalProgress }
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
      /** What the fresh world gave beside what is on the screen; null when nothing was run there. */
      rehearsal: RehearsalReport | null;
      /** Why nothing was run there, in words; empty when it was, or when there is nothing to run. */
      unproved: string;
      /** Tables the requests need that no offer can bring, for their size. */
      tooLarge: string[];
      offers: ShareOffer[];
      /** The address of the lesson this script belongs to; null outside lessons. */
      lessonUrl: string | null;
    }
  | { status: 'failed'; message: string };

/** What a link claimed about its results, and what came out. */
export interface LinkState {
  /** Null when the link claims nothing. */
  claim: LinkClaim | null;
  engineVersion: string;
  /** null until all blocks were run. */
  comparison: ResultComparison | null;
  /** The script as it came. */
  script: string;
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
  /** The problem that kept the last run from starting: a new object each time, so that it can be pointed at again. */
  refusedFor: { problem: Problem } | null;
  /** Every run, oldest first, at most the last 500. */
  history: BlockResult[];
  /** Of the last run of several requests; null before, and once another one starts. */
  summary: RunSummary | null;
  clockMove: ClockMove | null;
  tables: TableInfo[];
  explorer: ExplorerState | null;
  partitions: PartitionsReport | null;
  capacity: CapacityReport | null;
  /** Virtual time when a world with a past was opened: of before, meters know totals but no seconds. Null for a new one. */
  openedAt: number | null;
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
  /** A scratch world for a lesson; runs nothing. Text typed in that step before is back. */
  openLesson(slot: LessonSlot, script: string, settings?: Partial<WorldSettings>): Promise<void>;
  /** Another step of the open lesson: its starter, or what was typed there before. The world stays. */
  showLessonStep(slot: LessonSlot, starter: string): void;
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
  /** Empties the world first, then runs all blocks. The script decides everything that is there afterwards. */
  runFresh(): Promise<void>;
  /** Stops after the current request; a running @load stops at the next row. */
  cancel(): void;
  select(index: number | null): void;
  hideSummary(): void;

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
  exportWorkspace(): Promise<Blob | null>;

  /** A part that was set aside, as a workspace file; null on failure (a message says why). */
  setAsideFile(piece: number): Promise<Uint8Array | null>;
  /** Opens what is readable of it as a scratch workspace. Answers why nothing was opened; empty when something was. */
  openSetAside(piece: number): Promise<string>;
  /** Deletes it for good. */
  discardSetAside(piece: number): Promise<void>;

  /** Runs the script in a fresh world, compares with what is on the screen, and makes the link. */
  prepareShare(): Promise<void>;
  /** Makes the link without running anything; it claims no results. */
  skipRehearsal(): void;
  /** Puts what an offer holds into the script and prepares again. */
  acceptOffer(offer: ShareOffer): Promise<void>;
  closeShare(): void;

  /** Shows a link's own text again. */
  showOriginal(): void;

  setTheme(theme: Theme): void;
  setResultTab(tab: ResultTab): void;
  setNarrowPane(pane: NarrowPane): void;
  setSidePane(pane: SidePane): void;
  /** Leaves the lesson. */
  setLesson(slot: null): void;
  tell(severity: Message['severity'], text: string, action?: Message['action']): void;
  dismiss(messageId: number): void;
}

/** Text that survives a reload at once, before it is saved. Keys begin with "w:", "link:" or "lesson:". */
export interface Drafts {
  get(key: string): string | null;
  set(key: string, text: string | null): void;
}

/** What the store needs from outside; all of it can be replaced in a test. */
export interface StoreServices {
  playground: Playground;
  /** Address of the page without fragment, for links. */
  pageUrl: string;
  /** Without it the last moments of typing, and all typing in a link's scratch world, end with the page. */
  drafts?: Drafts;
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
