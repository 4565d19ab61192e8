/** PutItem, UpdateItem, DeleteItem and GetItem. */
import type { Item } from '../../../wasm/client';
import { type Condition, holds } from '../model/conditions';
import { projected } from '../model/paths';
import { TABLE } from '../model/schema';
import { type Change, updated } from '../model/updates';
import { itemSize, readUnits, writeUnits } from '../model/values';
import { drawChanges, drawCondition, drawItem, drawKey, drawProjection, maybe } from './draw';
import { conditionText, Placeholders, projectionText, updateText } from './text';
import { hourOf } from './time';
import type { Answer, Trial } from './trial';

const conditionMember = (condition: Condition | undefined, to: Placeholders) =>
  condition ? { ConditionExpression: conditionText(condition, to) } : {};

/** An answer to a write whose condition does not hold. */
function conditionFailed(trial: Trial, answer: Answer, before: Item | undefined, shows: boolean, units: number): void {
  trial.failed('a condition that does not hold', answer, 'ConditionalCheckFailedException');
  trial.same('the item of the failure', answer.body.Item, shows ? before : undefined);
  trial.refused(units);
}

export function put(trial: Trial): void {
  const { random, model } = trial;
  const key = drawKey(random);
  const item = drawItem(random, key, hourOf(trial));
  const before = model.get(key);
  const condition = maybe(random, 2, () => drawCondition(random));
  const to = new Placeholders();
  const shows = random.chance(2);
  const answer = trial.request('PutItem', {
    TableName: TABLE,
    Item: item,
    ReturnValues: 'ALL_OLD',
    ReturnConsumedCapacity: 'INDEXES',
    ReturnValuesOnConditionCheckFailure: shows ? 'ALL_OLD' : 'NONE',
    ...conditionMember(condition, to),
    ...to.members(),
  });
  if (!holds(condition, before))
    return conditionFailed(trial, answer, before, shows, writeUnits(Math.max(itemSize(before), itemSize(item))));
  trial.same('old item', answer.body.Attributes, before);
  trial.wrote(answer.body.ConsumedCapacity, model.put(key, item));
}

const touched = (changes: readonly Change[], item: Item | undefined) => {
  const names = changes.map(({ name }) => name);
  const shown = Object.entries(item ?? {}).filter(([name]) => names.includes(name));
  return shown.length ? Object.fromEntries(shown) : undefined;
};

export function update(trial: Trial): void {
  const { random, model } = trial;
  const key = drawKey(random);
  const before = model.get(key);
  const changes = drawChanges(random);
  const condition = maybe(random, 3, () => drawCondition(random));
  const to = new Placeholders();
  const expression = updateText(changes, to);
  const whole = changes.every(({ does }) => !/Element|Member/.test(does));
  const returns = random.pick(whole ? ['ALL_NEW', 'ALL_OLD', 'UPDATED_NEW', 'UPDATED_OLD'] : ['ALL_NEW', 'ALL_OLD']);
  const answer = trial.request('UpdateItem', {
    TableName: TABLE,
    Key: key,
    UpdateExpression: expression,
    ReturnValues: returns,
    ReturnConsumedCapacity: 'INDEXES',
    ...conditionMember(condition, to),
    ...to.members(),
  });
  if (!holds(condition, before)) return conditionFailed(trial, answer, before, false, writeUnits(itemSize(before)));
  const after = updated(before, { ...key }, changes);
  if (after === 'invalid') {
    trial.failed('a path that leads nowhere', answer, 'ValidationException');
    return;
  }
  const attributes = {
    ALL_NEW: after,
    ALL_OLD: before,
    UPDATED_NEW: touched(changes, after),
    UPDATED_OLD: touched(changes, before),
  }[returns];
  trial.same(`${returns} of an update`, answer.body.Attributes, attributes);
  trial.wrote(answer.body.ConsumedCapacity, model.put(key, after));
}

export function remove(trial: Trial): void {
  const { random, model } = trial;
  const key = drawKey(random);
  const before = model.get(key);
  const condition = maybe(random, 2, () => drawCondition(random));
  const to = new Placeholders();
  const answer = trial.request('DeleteItem', {
    TableName: TABLE,
    Key: key,
    ReturnValues: 'ALL_OLD',
    ReturnConsumedCapacity: 'INDEXES',
    ...conditionMember(condition, to),
    ...to.members(),
  });
  if (!holds(condition, before)) return conditionFailed(trial, answer, before, false, writeUnits(itemSize(before)));
  trial.same('deleted item', answer.body.Attributes, before);
  trial.wrote(answer.body.ConsumedCapacity, model.put(key, undefined));
}

export function get(trial: Trial): void {
  const { random, model } = trial;
  const key = drawKey(random);
  const item = model.get(key);
  const paths = maybe(random, 2, () => drawProjection(random));
  const strong = random.chance(2);
  const to = new Placeholders();
  const answer = trial.request('GetItem', {
    TableName: TABLE,
    Key: key,
    ConsistentRead: strong,
    ReturnConsumedCapacity: 'TOTAL',
    ...(paths ? { ProjectionExpression: projectionText(paths, to) } : {}),
    ...to.members(),
  });
  trial.same('item', answer.body.Item, item && projected(item, paths));
  trial.read(answer.body.ConsumedCapacity, readUnits(itemSize(item)) * (strong ? 1 : 0.5));
}
