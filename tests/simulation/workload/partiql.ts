/** PartiQL: statements on one item do what their classic counterparts do; SELECTs show what Query and Scan show. */
import type { Item } from '../../../wasm/client';
import { type Condition, holds } from '../model/conditions';
import { addArms, type Arms } from '../model/model';
import { projected } from '../model/paths';
import { type Key, TABLE } from '../model/schema';
import { type Change, updated } from '../model/updates';
import { itemSize, readUnits, writeUnits } from '../model/values';
import { drawChanges, drawCondition, drawItem, drawKey, drawKeys, drawProjection, drawValue, maybe } from './draw';
import type { Random } from './random';
import { conditionText, Parameters, projectionText } from './text';
import { hourOf } from './time';
import { takeOverMeter } from './transactions';
import type { Trial } from './trial';

type Failure = 'DuplicateItem' | 'ConditionalCheckFailed';

/** A statement that writes one item, and what comes of it. */
interface Write {
  statement: { Statement: string; Parameters?: object[] };
  key: Key;
  before: Item | undefined;
  after: Item | undefined;
  failure: Failure | undefined;
  /** Units of an attempt that fails. */
  failureUnits: number;
}

const withParameters = (Statement: string, { values }: Parameters) => ({
  Statement,
  ...(values.length ? { Parameters: values } : {}),
});

function where(key: Key, condition: Condition | undefined, to: Parameters): string {
  const keys = `"pk" = ${to.value(key.pk)} AND "sk" = ${to.value(key.sk)}`;
  return `WHERE ${keys}${condition ? ` AND (${conditionText(condition, to)})` : ''}`;
}

/** Changes that PartiQL can say. */
const drawSets = (r: Random): Change =>
  r.pick<Change>([
    { does: 'set', name: 'note', value: drawValue(r) },
    { does: 'set', name: 'gk', value: { S: `g${r.below(4)}` } },
    { does: 'set', name: 'count', value: { N: String(r.below(9)) } },
    { does: 'remove', name: 'ls' },
    { does: 'remove', name: 'list' },
  ]);

const changeText = (change: Change, to: Parameters) =>
  change.does === 'set' ? `SET "${change.name}" = ${to.value(change.value)}` : `REMOVE "${change.name}"`;

function drawInsert(trial: Trial, key: Key): Write {
  const { random, model } = trial;
  const item = drawItem(random, key, hourOf(trial));
  const to = new Parameters();
  const members = Object.entries(item).map(([name, value]) => `'${name}': ${to.value(value)}`);
  const before = model.get(key);
  return {
    statement: withParameters(`INSERT INTO "${TABLE}" VALUE {${members.join(', ')}}`, to),
    key,
    before,
    after: item,
    failure: before && 'DuplicateItem',
    failureUnits: writeUnits(Math.max(itemSize(before), itemSize(item))),
  };
}

function drawUpdate(trial: Trial, key: Key, condition: Condition | undefined): Write {
  const { random, model } = trial;
  const before = model.get(key);
  const changes = drawChanges(random, drawSets);
  const to = new Parameters();
  const sets = changes.map((change) => changeText(change, to)).join(' ');
  const after = updated(before, { ...key }, changes);
  if (after === 'invalid') throw new Error('changes of whole attributes are never invalid');
  return {
    statement: withParameters(`UPDATE "${TABLE}" ${sets} ${where(key, condition, to)}`, to),
    key,
    before,
    after,
    failure: before && holds(condition, before) ? undefined : 'ConditionalCheckFailed',
    failureUnits: writeUnits(itemSize(before)),
  };
}

function drawDelete(trial: Trial, key: Key, condition: Condition | undefined): Write {
  const before = trial.model.get(key);
  const to = new Parameters();
  return {
    statement: withParameters(`DELETE FROM "${TABLE}" ${where(key, condition, to)}`, to),
    key,
    before,
    after: undefined,
    failure: !before || holds(condition, before) ? undefined : 'ConditionalCheckFailed',
    failureUnits: writeUnits(itemSize(before)),
  };
}

function drawWrite(trial: Trial, key: Key): Write {
  const { random } = trial;
  const condition = maybe(random, 3, () => drawCondition(random, undefined, 1));
  const kind = random.below(3);
  if (kind === 0) return drawInsert(trial, key);
  return kind === 1 ? drawUpdate(trial, key, condition) : drawDelete(trial, key, condition);
}

export function executeWrite(trial: Trial): void {
  const { random, model } = trial;
  const write = drawWrite(trial, drawKey(random));
  const verb = write.statement.Statement.slice(0, 6);
  const returning = verb === 'UPDATE' ? random.pick(['ALL NEW', 'ALL OLD']) : 'ALL OLD';
  const returns = verb !== 'INSERT' && random.chance(2);
  const answer = trial.request('ExecuteStatement', {
    ...write.statement,
    Statement: write.statement.Statement + (returns ? ` RETURNING ${returning} *` : ''),
    ReturnConsumedCapacity: 'INDEXES',
  });
  if (write.failure) {
    trial.failed('a statement that cannot be', answer, `${write.failure}Exception`);
    trial.refused(write.failureUnits);
    return;
  }
  const shown = returning === 'ALL NEW' ? write.after : write.before;
  trial.same('what a statement returns', answer.body.Items, returns && shown ? [shown] : []);
  trial.wrote(answer.body.ConsumedCapacity, model.put(write.key, write.after));
}

/** Several statements, each on its own. */
export function executeBatch(trial: Trial): void {
  const { random, model } = trial;
  const writes = drawKeys(random, 1 + random.below(6)).map((key) => drawWrite(trial, key));
  const { body } = trial.request('BatchExecuteStatement', {
    Statements: writes.map(({ statement }) => statement),
    ReturnConsumedCapacity: 'TOTAL',
  });
  const codes = (body.Responses as { Error?: { Code: string } }[]).map(({ Error }) => Error?.Code ?? null);
  trial.same(
    'outcomes of the batch',
    codes,
    writes.map(({ failure }) => failure ?? null),
  );
  let units = 0;
  for (const { key, after, failure, failureUnits } of writes) {
    const arms: Arms = failure ? { '': failureUnits } : model.put(key, after);
    units += Object.values(arms).reduce((sum, arm) => sum + arm, 0);
  }
  trial.same('consumed by the batch', body.ConsumedCapacity[0].CapacityUnits, units);
  trial.spent.write += units;
}

/** Several statements, all or none. */
export function executeTransaction(trial: Trial): void {
  const { random, model } = trial;
  const writes = drawKeys(random, 1 + random.below(4)).map((key) => drawWrite(trial, key));
  const answer = trial.request('ExecuteTransaction', {
    TransactStatements: writes.map(({ statement }) => statement),
    ReturnConsumedCapacity: 'INDEXES',
  });
  if (writes.some(({ failure }) => failure)) {
    trial.failed('a cancelled transaction', answer, 'TransactionCanceledException');
    const codes = (answer.body.CancellationReasons as { Code: string }[]).map(({ Code }) => Code);
    trial.same(
      'reasons',
      codes,
      writes.map(({ failure }) => failure ?? 'None'),
    );
    takeOverMeter(trial);
    return;
  }
  const arms: Arms = {};
  for (const { key, after } of writes) addArms(arms, model.put(key, after, { transactional: true }));
  trial.wrote(answer.body.ConsumedCapacity?.[0], arms, true);
}

/** One item by its whole key, with a condition or not: what GetItem and a filter would show. */
export function selectItem(trial: Trial): void {
  const { random, model } = trial;
  const key = drawKey(random);
  const condition = maybe(random, 2, () => drawCondition(random, undefined, 1));
  const paths = maybe(random, 3, () => drawProjection(random));
  const strong = random.chance(2);
  const to = new Parameters();
  const columns = paths
    ? projectionText(
        paths.map(([head]) => [head]),
        to,
      )
    : '*';
  const answer = trial.request('ExecuteStatement', {
    ...withParameters(`SELECT ${columns} FROM "${TABLE}" ${where(key, condition, to)}`, to),
    ConsistentRead: strong,
    ReturnConsumedCapacity: 'TOTAL',
  });
  const item = model.get(key);
  const wanted =
    item && holds(condition, item)
      ? [
          projected(
            item,
            paths?.map(([head]) => [head]),
          ),
        ]
      : [];
  trial.same('selected item', answer.body.Items, wanted);
  trial.read(answer.body.ConsumedCapacity, readUnits(itemSize(item)) * (strong ? 1 : 0.5));
}

/** A partition in either order, or the whole table, in pages. */
export function selectMany(trial: Trial): void {
  const { random, model } = trial;
  const condition = maybe(random, 2, () => drawCondition(random, undefined, 1));
  const to = new Parameters();
  const pk = maybe(random, 2, () => ({ S: `p${random.below(6)}` }));
  const descending = random.chance(2);
  const tests = [pk && `"pk" = ${to.value(pk)}`, condition && `(${conditionText(condition, to)})`].filter(Boolean);
  const text =
    `SELECT * FROM "${TABLE}"${tests.length ? ` WHERE ${tests.join(' AND ')}` : ''}` +
    (pk ? ` ORDER BY "sk" ${descending ? 'DESC' : 'ASC'}` : '');
  const limit = maybe(random, 2, () => 1 + random.below(20));
  const got: Item[] = [];
  let token: string | undefined;
  do {
    const { body } = trial.request('ExecuteStatement', {
      ...withParameters(text, to),
      ...(limit ? { Limit: limit } : {}),
      ...(token ? { NextToken: token } : {}),
      ReturnConsumedCapacity: 'TOTAL',
    });
    got.push(...body.Items);
    trial.spent.read += body.ConsumedCapacity.CapacityUnits;
    token = body.NextToken;
  } while (token);
  const walked = pk ? model.partition({ pk }, ['sk']) : model.all();
  const wanted = walked.filter((item) => holds(condition, item));
  if (!pk) return trial.sameItems('selected items', got, wanted);
  trial.same('selected items', got, descending ? wanted.reverse() : wanted);
}
