/**
 * Runs blocks in one world: the service call, its derivation, virtual time. Knows nothing of storage or tabs, so the
 * open workspace and a rehearsal in a fresh world run through exactly the same code.
 *
 * Virtual time is deterministic: it never follows the wall clock. A data-plane request takes a fixed latency; a control-plane
 * request is followed (autoAdvance) by as much time as its table needs.
 */
import { locateParameter } from '../script/locate';
import { locateFault } from '../script/locate-fault';
import { isControlPlane, targetOf } from '../script/operations';
import type {
  AdvanceReport,
  Block,
  BlockResult,
  DatasetReport,
  Explanation,
  Json,
  ServiceFault,
  World,
  WorldEvent,
  WorldSettings,
} from '../protocol/types';
import type { DatasetSource } from '../datasets';
import type { RunControl } from './control';
import { loadDataset } from './dataset-loader';
import { inspectEngine, type EngineDoor } from './engine-door';
import { faultOf, LocalFault, ServiceRefusal } from './faults';

export interface RunnerServices {
  source: DatasetSource;
  /** Wall clock in milliseconds, for durations only. */
  wallClock: () => number;
}

/** Transitions that a tutorial should not have to wait for. */
const transitionKinds = /^(Table|Index)/;
/** A transition may start another one; more rounds than this mean a loop. */
const transitionRoundsMax = 100;

export class WorldRunner {
  private nowMillis: number;

  constructor(
    readonly engine: EngineDoor,
    private settings: WorldSettings,
    private readonly services: RunnerServices,
  ) {
    this.nowMillis = this.world().NowMillis;
  }

  /** Virtual time, epoch milliseconds. */
  get now(): number {
    return this.nowMillis;
  }

  world(): World {
    return inspectEngine<World>(this.engine, 'DescribeWorld');
  }

  /** Sets up an empty world: everything that decides what a run gives. */
  begin(): World {
    const { startMillis, seed } = this.settings;
    inspectEngine(this.engine, 'Configure', { NowMillis: startMillis, Seed: seed });
    return this.configure(this.settings);
  }

  /** Applies settings that may change while a world lives. */
  configure(settings: WorldSettings): World {
    this.settings = settings;
    const { tableDelayMillis, wording } = settings;
    const world = inspectEngine<World>(this.engine, 'Configure', {
      TableDelayMillis: tableDelayMillis,
      Wording: wording,
    });
    this.nowMillis = world.NowMillis;
    return world;
  }

  /** Empties the world and sets its clock and generator back to the start. */
  reset(): World {
    inspectEngine(this.engine, 'Reset');
    return this.begin();
  }

  /** Moves virtual time forward by milliseconds. */
  advance(millis: number): { nowMillis: number; events: WorldEvent[] } {
    const events = this.moveTo(this.nowMillis + Math.max(0, Math.round(millis)));
    return { nowMillis: this.nowMillis, events };
  }

  async runBlock(block: Block, index: number, control: RunControl = {}): Promise<BlockResult> {
    if (block.kind === 'operation' && block.body !== undefined && !block.broken) {
      return this.runRequest(block.name, block.body, block, index);
    }
    return this.runDirective(block, index, control);
  }

  /** The result of a block that may not run now. */
  refuse(block: Block, index: number, fault: LocalFault): BlockResult {
    const result = this.emptyResult(block.kind === 'directive' ? `@${block.name}` : block.name, index, block.line);
    result.request.body = block.body ?? block.args ?? '';
    result.error = { name: fault.code, message: fault.message, fields: {} };
    return result;
  }

  /** One service request with its cost and the time it takes. */
  runRequest(operation: string, body: string, block?: Block, index = -1): BlockResult {
    const started = this.services.wallClock();
    const result = this.emptyResult(operation, index, block?.line ?? 0);
    result.request = { operation, body, input: parseJson(body) };
    const answer = this.engine.call(targetOf(operation), body);
    result.ms = this.services.wallClock() - started;
    result.status = answer.status;
    result.raw = answer.body;
    result.response = parseJson(answer.body);
    result.ok = answer.status === 200;
    if (!result.ok) result.error = faultOf(result.response);
    this.explain(result, block);
    result.events = this.letTimePass(operation, result.ok);
    result.endedMillis = this.nowMillis;
    return result;
  }

  /** A write without derivation and parsed answer: what a load of thousands of rows needs. */
  write(operation: string, body: string): { ok: boolean; status: number; error?: ServiceFault } {
    const { status, body: answer } = this.engine.call(targetOf(operation), body);
    this.moveTo(this.nowMillis + this.settings.latencyMillis);
    return status === 200 ? { ok: true, status } : { ok: false, status, error: faultOf(parseJson(answer)) };
  }

  /** Like runRequest for callers that cannot go on after a refusal. */
  mustRun(operation: string, input: Json): Json {
    const { ok, response, error, status } = this.runRequest(operation, JSON.stringify(input));
    if (!ok) throw new ServiceRefusal(error!, status);
    return response;
  }

  private async runDirective(block: Block, index: number, control: RunControl): Promise<BlockResult> {
    const started = this.services.wallClock();
    const result = this.emptyResult(`@${block.name}`, index, block.line);
    result.request = { operation: `@${block.name}`, body: block.args ?? '', input: null };
    try {
      const { directive } = block;
      if (!directive || block.broken) throw new LocalFault('ScriptError', 'This block has a problem and cannot run.');
      let answer: unknown;
      if (directive.name === 'advance') {
        const { nowMillis, events } = this.advance(directive.millis);
        result.events = events;
        answer = { now: nowMillis, events };
      } else if (directive.name === 'load') {
        answer = await this.load(directive.dataset, control);
      } else {
        const { NowMillis, Tables } = this.reset();
        answer = { now: NowMillis, tables: Tables };
      }
      result.ok = true;
      result.status = 200;
      result.raw = JSON.stringify(answer);
      result.response = parseJson(result.raw);
    } catch (error) {
      if (error instanceof ServiceRefusal) {
        result.error = error.fault;
        result.status = error.status;
      } else if (error instanceof LocalFault) {
        result.error = { name: error.code, message: error.message, fields: {} };
      } else {
        throw error;
      }
    }
    result.ms = this.services.wallClock() - started;
    result.endedMillis = this.nowMillis;
    return result;
  }

  load(dataset: DatasetReport['dataset'], control: RunControl): Promise<DatasetReport> {
    return loadDataset(this, this.services.source, dataset, control);
  }

  private emptyResult(name: string, index: number, line: number): BlockResult {
    return {
      block: index,
      line,
      name,
      ok: false,
      status: 0,
      request: { operation: name, body: '', input: null },
      response: null,
      raw: '',
      consumed: { read: 0, write: 0 },
      events: [],
      startedMillis: this.nowMillis,
      endedMillis: this.nowMillis,
      ms: 0,
    };
  }

  /** Asks for the derivation of the request that just ran, and looks for the place of its error. */
  private explain(result: BlockResult, block: Block | undefined): void {
    const explanation = inspectEngine<Explanation | null>(this.engine, 'ExplainRequest');
    const ours = explanation?.Operation === result.request.operation ? explanation : null;
    if (ours) {
      result.explanation = ours;
      result.consumed = { read: ours.ReadCapacityUnits ?? 0, write: ours.WriteCapacityUnits ?? 0 };
    }
    if (!block || !result.error) return;
    const position = ours?.ErrorPosition;
    const range =
      (position && locateParameter(block, position.Parameter, position.Offset, position.Length)) ??
      locateFault(block, result.error);
    if (range) result.errorRange = { from: range.from - block.from, to: range.to - block.from };
  }

  private letTimePass(operation: string, ok: boolean): WorldEvent[] {
    if (!isControlPlane(operation)) return this.moveTo(this.nowMillis + this.settings.latencyMillis);
    return ok && this.settings.autoAdvance ? this.finishTransitions() : [];
  }

  /** Advances until no table is in transition. */
  finishTransitions(): WorldEvent[] {
    const events: WorldEvent[] = [];
    for (let round = 0; round < transitionRoundsMax; round++) {
      const pending = this.world().PendingEvents.filter((event) => transitionKinds.test(event.Kind));
      if (pending.length === 0) break;
      events.push(...this.moveTo(Math.max(...pending.map((event) => event.AtMillis))));
    }
    return events;
  }

  private moveTo(untilMillis: number): WorldEvent[] {
    const events: WorldEvent[] = [];
    // The engine may stop early to let a trigger run; without triggers the rest of the way is simply gone on.
    for (let round = 0; round < transitionRoundsMax; round++) {
      const report: AdvanceReport = this.engine.advance(untilMillis);
      this.nowMillis = report.now;
      events.push(...report.events);
      if (!report.stopped) break;
    }
    return events;
  }
}

function parseJson(text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
