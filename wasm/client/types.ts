/**
 * The vocabulary of the engine's boundary: DynamoDB's values, and the answers of the
 * `Sortkey_20261120` namespace. Types only. Member names are those on the wire.
 *
 * Units: times are epoch milliseconds of the virtual clock, sizes are bytes as DynamoDB
 * counts them, capacity is in request units.
 */

interface AttributeValueMembers {
  S: string;
  N: string;
  /** Base64 text. */
  B: string;
  BOOL: boolean;
  NULL: boolean;
  SS: string[];
  NS: string[];
  BS: string[];
  L: AttributeValue[];
  M: Record<string, AttributeValue>;
}

type OneOf<Members, Name extends keyof Members = keyof Members> = Name extends keyof Members
  ? Pick<Members, Name> & { [Other in Exclude<keyof Members, Name>]?: never }
  : never;

/** One DynamoDB value in its wire form; exactly one member is set. */
export type AttributeValue = OneOf<AttributeValueMembers>;

/** An item, or the key of one: attribute name to value. */
export type Item = Record<string, AttributeValue>;

/** Something the virtual clock made happen. */
export interface AdvanceEvent {
  at: number;
  /** For example `TableActive`, `TableDeleted`, `TimeToLiveSweep`. */
  kind: string;
  table?: string;
  /** The index, the stream or how many items it was about. */
  detail?: string;
}

/** The answer of `advance`. */
export interface AdvanceReport {
  now: number;
  events: AdvanceEvent[];
  /** True if the clock stopped before the time asked for, so that the host can act. */
  stopped: boolean;
}

/** Where and why stored bytes could not be read. */
export interface Damage {
  offset: number;
  /** How many bytes were left out; 0 if something is missing before `offset`. */
  bytes: number;
  reason: string;
}

/** The answer of `restore`. With `ok: false` nothing was changed. */
export interface RestoreReport {
  ok: boolean;
  format: number;
  bytes: number;
  /** Up to the end of the last sound frame. */
  bytesRead: number;
  /** Left out before and behind it. */
  bytesSkipped: number;
  frames: number;
  /** Stretches without a sound frame, and journal entries that are missing. */
  framesSkipped: number;
  records: number;
  /** In sound frames: impossible, or about something that was lost. */
  recordsSkipped: number;
  /** The first of `damages`. */
  damage: Damage | null;
  /** In order of offset, the first 100. What is sound behind them was read. */
  damages: Damage[];
}

/**
 * Which of AWS's sets of validation messages the engine uses: that of most Regions since mid-2026, the one before, or
 * us-east-1's since August 2026, which puts more of the newer messages behind "1 validation error detected: ".
 */
export type Wording = 'newer' | 'older' | 'us-east-1';

/** Input of `Sortkey_20261120.Configure`; every member is optional. */
export interface Configuration {
  TableDelayMillis?: number;
  /** From an item's expiry until a sweep may remove it. */
  TimeToLiveDelayMillis?: number;
  /** From one sweep for expired items to the next: 0 for none, or at least 1000. Ten minutes at first. */
  TimeToLiveSweepMillis?: number;
  /** Between refreshes of ItemCount and TableSizeBytes in descriptions; six hours at first, 0: they are live. */
  TableStatisticsMillis?: number;
  /** How long a transaction that writes holds its items; others who want them meanwhile conflict. 0 at first. */
  TransactionMillis?: number;
  /** Only while the engine is empty. */
  Seed?: number;
  Wording?: Wording;
  /** False: keep no journal (a host that stores nothing). */
  Journal?: boolean;
  /** What data may take at most; writes that would take more are refused. Not stored with a workspace. */
  MemoryLimitMegabytes?: number;
  /** Only while the engine is empty. */
  NowMillis?: number;
}

/** The answer of `DescribeWorld` and `Configure`. */
export interface World {
  NowMillis: number;
  Seed: number;
  Region: string;
  TableDelayMillis: number;
  TimeToLiveDelayMillis: number;
  TimeToLiveSweepMillis: number;
  TableStatisticsMillis: number;
  TransactionMillis: number;
  Wording: Wording;
  /** False: the engine keeps no journal. */
  Journal: boolean;
  EngineVersion: string;
  JournalFormat: number;
  Tables: number;
  Items: number;
  Bytes: number;
  /** `Detail`: the index, the stream or how many items it is about. */
  PendingEvents: { AtMillis: number; Kind: string; TableName: string; Detail?: string }[];
  /** What all data of the engine takes in memory: tables and indexes of all Regions, streams, logs. */
  MemoryBytes: number;
  /** Writes that would take more are refused with an InternalServerError that says so. */
  MemoryLimitBytes: number;
}

/** What a part of an arm is charged for. */
export type ChargedFor =
  | 'Rows'
  | 'ItemRead'
  | 'AbsentItem'
  | 'ItemReadAgain'
  | 'ItemWritten'
  | 'ItemDeleted'
  | 'ItemChecked'
  | 'ConditionFailed'
  | 'Cancelled'
  | 'NewEntryWritten'
  | 'OldEntryRemoved'
  | 'EntryChanged';

/** One charge that was rounded by itself: an item of a batch, an old entry of an index, all rows of a Query. */
export interface ExplanationPart {
  What: ChargedFor;
  /** Of the item; absent where there is none, or many. */
  Key?: Item;
  Bytes: number;
  Blocks: number;
  Units: number;
  /** An equation that is true by itself: `old entry removed: 52 B → 1 block of 1 KB = 1 WCU`. */
  Text: string;
}

/** One contribution to the cost of a request: of a table or an index, read or write. */
export interface ExplanationArm {
  /** `Table`, or the name of an index. */
  Arm: string;
  /** Of an index. */
  IndexType?: 'LocalSecondaryIndex' | 'GlobalSecondaryIndex';
  TableName: string;
  Kind: 'Read' | 'Write';
  /** Of all parts; so are blocks, units and items. Units = Blocks × Factor. */
  Bytes: number;
  BlockBytes: number;
  Blocks: number;
  Factor: number;
  Units: number;
  Items: number;
  /** Together: all bytes were added up and rounded once. Each: every part was rounded by itself. */
  Rounding: 'Together' | 'Each';
  /** The derivation as one line of text, a true equation. */
  Text: string;
  /** What has to be known about the number, e.g. that it is a model. */
  Note?: string;
  /** The first 100. */
  Parts: ExplanationPart[];
  PartsLeftOut: number;
}

/** The answer of `ExplainRequest`: how the last request's cost came about. */
export interface Explanation {
  Operation: string;
  /** The first table the request is about; empty if there is none. */
  TableName: string;
  Error: { Name: string; Message: string } | null;
  ReadCapacityUnits: number;
  WriteCapacityUnits: number;
  Arms: ExplanationArm[];
  /** At most 100 of the items read or written. */
  Items: { Key?: Item; Bytes: number; Attributes: { Name: string; Bytes: number }[] }[];
  /** Of an expression error: where in which parameter, in UTF-16 code units. */
  ErrorPosition?: { Parameter: string; Offset: number; Length: number };
}

/** The answer of `DescribeCapacity`. */
export interface CapacityReport {
  NowMillis: number;
  Tables: {
    TableName: string;
    BillingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
    /** Provisioned units for each second; null on demand. */
    ReadCapacityUnits: number | null;
    WriteCapacityUnits: number | null;
    /** Since the table was created. */
    ConsumedReadUnits: number;
    ConsumedWriteUnits: number;
    /** Only seconds with consumption, oldest first. */
    Seconds: { AtMillis: number; Read: number; Write: number }[];
  }[];
}

/** The answer of `DescribePartitions`. */
export interface PartitionsReport {
  TableName: string;
  Items: number;
  Bytes: number;
  /** The first 1,000 of them are listed. */
  PartitionCount: number;
  Partitions: {
    Id: number;
    /** Inclusive range of the partition key's hash, 16 hex digits. */
    HashFrom: string;
    HashTo: string;
    Items: number;
    Bytes: number;
    /** The first distinct partition keys: at most 50, or `KeysPerPartition` of the request. */
    Keys: { Key: Item; Hash: string }[];
  }[];
}

/** The answer of `ReadItems`: rows of a table or index as they lie there. Nothing is charged for it. */
export interface ReadItems {
  Items: Item[];
  /** Absent on the last page. */
  LastEvaluatedKey?: Item;
}

/** The answer of `StateDigest`. */
export interface StateDigest {
  /** 32 hex digits over every table's definition and items. */
  Digest: string;
}

/** A failed request, as plain data: it survives `postMessage` and JSON. */
export interface ServiceError {
  /** The exception's short name, for example `ResourceNotFoundException`. */
  name: string;
  message: string;
  /** Every other member of the error body, for example `CancellationReasons` or `Item`. */
  fields: Record<string, unknown>;
}
