/** TransactWriteItems and TransactGetItems: all of it or nothing, reasons in order, replays. */
import type { Item } from '../../../wasm/client';
import { type Condition, holds } from '../model/conditions';
import { addArms, type Arms } from '../model/model';
import { projected } from '../model/paths';
import { type Key, TABLE } from '../model/schema';
import { updated } from '../model/updates';
import { itemSize, readUnits, writeUnits } from '../model/values';
import { drawChanges, drawCondition, drawItem, drawKeys, drawProjection, maybe } from './draw';
import { conditionText, Placeholders, projectionText, updateText } from './text';
import { hourOf } from './time';
import type { Answer, Trial } from './trial';

interface Action {
  key: Key;
  before: Item | undefined;
  /** What it would leave behind; for a check what was there. */
  after: Item | undefined | 'invalid';
  condition: Condition | undefined;
  checks: boolean;
  shows: boolean;
  request: object;
}

function drawAction(trial: Trial, key: Key, condition: Condition | undefined): Action {
  const { random, model } = trial;
  const before = model.get(key);
  const to = new Placeholders();
  const shows = random.chance(2);
  const kind = condition ? random.below(4) : random.below(3);
  const members = () => ({
    TableName: TABLE,
    ...(condition ? { ConditionExpression: conditionText(condition, to) } : {}),
    ReturnValuesOnConditionCheckFailure: shows ? 'ALL_OLD' : 'NONE',
    ...to.members(),
  });
  const base = { key, before, condition, shows, checks: false };
  if (kind === 0) {
    const item = drawItem(random, key, hourOf(trial));
    return { ...base, after: item, request: { Put: { Item: item, ...members() } } };
  }
  if (kind === 1) return { ...base, after: undefined, request: { Delete: { Key: key, ...members() } } };
  if (kind === 3)
    return { ...base, after: before, checks: true, request: { ConditionCheck: { Key: key, ...members() } } };
  const changes = drawChanges(random);
  const UpdateExpression = updateText(changes, to);
  const after = updated(before, { ...key }, changes);
  return { ...base, after, request: { Update: { Key: key, UpdateExpression, ...members() } } };
}

/** A key of another type: told before any condition is looked at. */
const misfit = (key: Key) => ({ Delete: { TableName: TABLE, Key: { ...key, pk: { N: key.sk.N } } } });

/**
 * Of several invalid actions only the first is told; every failed condition is, unless an action could be refused
 * without looking at its item.
 */
function reasons(actions: Action[], misfits: ReadonlySet<number>): { Code: string; Item?: Item }[] {
  if (misfits.size) return actions.map((_, i) => ({ Code: i === Math.min(...misfits) ? 'ValidationError' : 'None' }));
  let invalid = false;
  return actions.map(({ condition, before, after, shows }) => {
    if (!holds(condition, before))
      return { Code: 'ConditionalCheckFailed', ...(shows && before ? { Item: before } : {}) };
    if (after !== 'invalid' || invalid) return { Code: 'None' };
    invalid = true;
    return { Code: 'ValidationError' };
  });
}

function compareReasons(trial: Trial, answer: Answer, wanted: { Code: string; Item?: Item }[]): void {
  trial.failed('a cancelled transaction', answer, 'TransactionCanceledException');
  const got = answer.body.CancellationReasons as { Code: string; Item?: Item }[];
  trial.same(
    'reasons',
    got.map(({ Code, Item }) => ({ Code, Item })),
    wanted,
  );
}

/** What a cancelled transaction costs is not published: something if it ran, and it is taken over from the meter. */
export function takeOverMeter(trial: Trial, ran = true): void {
  const meter = trial.meter();
  trial.same('reads of a cancelled transaction', meter.read, trial.spent.read);
  trial.same('a cancelled transaction costs', meter.write > trial.spent.write || !ran, true);
  trial.spent.write = meter.write;
}

export function transactWrite(trial: Trial): void {
  const { random, model } = trial;
  const actions = drawKeys(random, 1 + random.below(8)).map((key) =>
    drawAction(
      trial,
      key,
      maybe(random, 3, () => drawCondition(random, undefined, 1)),
    ),
  );
  const misfits = new Set(random.chance(8) ? [random.below(actions.length), random.below(actions.length)] : []);
  const token = maybe(random, 3, () => `t${trial.steps}`);
  const input = {
    TransactItems: actions.map(({ key, request }, i) => (misfits.has(i) ? misfit(key) : request)),
    ReturnConsumedCapacity: 'INDEXES',
    ...(token ? { ClientRequestToken: token } : {}),
  };
  const answer = trial.request('TransactWriteItems', input);
  const wanted = reasons(actions, misfits);
  if (wanted.some(({ Code }) => Code !== 'None')) {
    compareReasons(trial, answer, wanted);
    takeOverMeter(trial, misfits.size === 0);
    return;
  }
  const arms: Arms = {};
  let reread = 0;
  for (const { key, before, after, checks } of actions) {
    if (after === 'invalid') throw new Error('an invalid action has a reason');
    reread += 2 * readUnits(Math.max(itemSize(before), itemSize(after)));
    addArms(arms, checks ? { '': 2 * writeUnits(itemSize(before)) } : model.put(key, after, { transactional: true }));
  }
  trial.wrote(answer.body.ConsumedCapacity?.[0], arms, true);
  if (!token) return;
  const replay = trial.request('TransactWriteItems', { ...input, ReturnConsumedCapacity: 'TOTAL' });
  trial.read(replay.body.ConsumedCapacity?.[0], reread, true);
}

export function transactGet(trial: Trial): void {
  const { random, model } = trial;
  const gets = drawKeys(random, 1 + random.below(8)).map((key) => ({
    key,
    paths: maybe(random, 2, () => drawProjection(random)),
  }));
  const { body } = trial.request('TransactGetItems', {
    TransactItems: gets.map(({ key, paths }) => {
      const to = new Placeholders();
      const projection = paths ? { ProjectionExpression: projectionText(paths, to) } : {};
      return { Get: { TableName: TABLE, Key: key, ...projection, ...to.members() } };
    }),
    ReturnConsumedCapacity: 'TOTAL',
  });
  const wanted = gets.map(({ key, paths }) => {
    const item = model.get(key);
    const shown = item && projected(item, paths);
    return shown && Object.keys(shown).length ? { Item: shown } : {};
  });
  trial.same('items of the transaction', body.Responses, wanted);
  const units = gets.reduce((sum, { key }) => sum + 2 * readUnits(itemSize(model.get(key))), 0);
  trial.read(body.ConsumedCapacity[0], units, true);
}
