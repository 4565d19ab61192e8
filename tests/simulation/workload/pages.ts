/** Query and Scan: key conditions of every kind, filters, projections, pages, segments. */
import type { AttributeValue, Item } from '../../../wasm/client';
import { type Comparator, compares, type Condition, holds } from '../model/conditions';
import { type Path, projected } from '../model/paths';
import { type IndexModel, INDEXES, keyOf, TABLE } from '../model/schema';
import { byBytes, itemSize, readUnits } from '../model/values';
import { drawCondition, drawNumber, drawProjection, drawText, maybe } from './draw';
import { conditionText, Placeholders, projectionText } from './text';
import type { Trial } from './trial';

/** What is shown of the items that are walked. */
interface View {
  filter: Condition | undefined;
  paths: readonly Path[] | undefined;
  strong: boolean;
}

/** A filter must not ask about keys of what is queried; only what an index holds can be asked about and shown. */
function drawView({ random }: Trial, index: IndexModel | undefined, asked: readonly string[]): View {
  const held = index?.holds?.map((name): Path => [name]);
  const filterable = (held ?? [['note'], ['count'], ['gs'], ['tags'], ['list', 0], ['doc', 'x'], ['ls']]).filter(
    ([head]) => !asked.includes(String(head)),
  ) as Path[];
  return {
    filter: filterable.length ? maybe(random, 2, () => drawCondition(random, filterable)) : undefined,
    paths: maybe(random, 3, () => drawProjection(random, held)),
    strong: !index?.global && random.chance(3),
  };
}

const unitsOf = (items: Item[], strong: boolean) =>
  readUnits(items.reduce((sum, item) => sum + itemSize(item), 0)) * (strong ? 1 : 0.5);

const members = ({ filter, paths, strong }: View, to: Placeholders) => ({
  ...(filter ? { FilterExpression: conditionText(filter, to) } : {}),
  ...(paths ? { ProjectionExpression: projectionText(paths, to) } : {}),
  ConsistentRead: strong,
  ReturnConsumedCapacity: 'TOTAL',
});

/**
 * All pages with a random limit. With `walked`, the items in the order they are evaluated, every page is known in
 * advance; without, the items of all pages and what each page claims about itself are compared. `pinned`: the key is
 * given in full, so that there is nothing to continue with.
 */
function pages(
  trial: Trial,
  op: string,
  input: object,
  view: View,
  walked?: Item[],
  pinned = false,
): { items: Item[]; scanned: number } {
  const limit = maybe(trial.random, 2, () => 1 + trial.random.below(7));
  const items: Item[] = [];
  let scanned = 0;
  let start: unknown;
  do {
    const { body, status } = trial.request(op, {
      TableName: TABLE,
      ...input,
      ...(limit ? { Limit: limit } : {}),
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    trial.same(`an answer: ${body.message}`, status, 200);
    const page = body.Items as Item[];
    trial.same('count', body.Count, page.length);
    if (walked) {
      const wanted = walked.slice(scanned, limit ? scanned + limit : undefined);
      const kept = wanted.filter((item) => holds(view.filter, item)).map((item) => projected(item, view.paths));
      trial.same('a page', page, kept);
      trial.same('scanned', body.ScannedCount, wanted.length);
      const full = limit !== undefined && wanted.length === limit;
      trial.same('the last key', body.LastEvaluatedKey, full ? keyOf(wanted.at(-1)!) : undefined);
      trial.read(body.ConsumedCapacity, unitsOf(wanted, view.strong));
    } else if (!view.filter && !view.paths) {
      trial.read(body.ConsumedCapacity, unitsOf(page, view.strong));
    } else {
      trial.spent.read += body.ConsumedCapacity.CapacityUnits;
    }
    items.push(...page);
    scanned += body.ScannedCount;
    start = body.LastEvaluatedKey;
    if (start !== undefined && pinned) {
      const again = trial.request(op, { TableName: TABLE, ...input, ExclusiveStartKey: start });
      trial.failed('a query of one row is not continued', again, 'ValidationException');
      break;
    }
  } while (start !== undefined);
  return { items, scanned };
}

type Bounds = (value: AttributeValue | undefined) => boolean;

/** A condition on a sort key, as text and as a test. */
function drawBounds(
  trial: Trial,
  name: string,
  type: 'S' | 'N',
  to: Placeholders,
): { text: string; meets: Bounds; pins?: boolean } {
  const { random } = trial;
  const draw = (): AttributeValue => (type === 'S' ? { S: drawText(random) } : { N: drawNumber(random) });
  const kind = random.below(type === 'S' ? 8 : 7);
  if (kind === 0) return { text: '', meets: () => true };
  const path = to.path([name]);
  if (kind === 1) {
    const values = [draw(), draw()].sort((a, b) => (type === 'S' ? byBytes(a.S!, b.S!) : Number(a.N) - Number(b.N)));
    const [low, high] = values as [AttributeValue, AttributeValue];
    return {
      text: ` AND ${path} BETWEEN ${to.value(low)} AND ${to.value(high)}`,
      meets: (value) => compares(value, '>=', low) && compares(value, '<=', high),
    };
  }
  const value = draw();
  if (kind === 7)
    return {
      text: ` AND begins_with(${path}, ${to.value(value)})`,
      meets: (other) => other?.S?.startsWith(value.S!) ?? false,
    };
  const by = (['=', '<', '<=', '>', '>='] as Comparator[])[kind - 2]!;
  return {
    text: ` AND ${path} ${by} ${to.value(value)}`,
    meets: (other) => compares(other, by, value),
    pins: by === '=',
  };
}

/** Equality on every attribute of a partition key. */
const equalities = (hash: Item, to: Placeholders) =>
  Object.entries(hash)
    .map(([name, value]) => `${to.path([name])} = ${to.value(value)}`)
    .join(' AND ');

export function queryTable(trial: Trial): void {
  const { random, model } = trial;
  const hash: Item = { pk: { S: `p${random.below(6)}` } };
  const forward = random.chance(2);
  const view = drawView(trial, undefined, ['pk', 'sk']);
  const to = new Placeholders();
  const key = equalities(hash, to);
  const bounds = drawBounds(trial, 'sk', 'N', to);
  const walked = model.partition(hash, ['sk']).filter((item) => bounds.meets(item['sk']));
  const input = {
    KeyConditionExpression: key + bounds.text,
    ...members(view, to),
    ScanIndexForward: forward,
    ...to.members(),
  };
  pages(trial, 'Query', input, view, forward ? walked : walked.reverse(), bounds.pins);
}

export function queryIndex(trial: Trial): void {
  const { random, model } = trial;
  const index = random.pick(INDEXES);
  const drawn: Item = {
    pk: { S: `p${random.below(6)}` },
    gk: { S: `g${random.below(4)}` },
    gs: { N: String(random.below(5)) },
  };
  const hash = Object.fromEntries(index.hash.map((name) => [name, drawn[name]!]));
  const first = index.range[0]!;
  const forward = random.chance(2);
  const view = drawView(trial, index, [...index.hash, ...index.range]);
  const to = new Placeholders();
  const key = equalities(hash, to);
  const bounds = drawBounds(trial, first, first === 'ls' ? 'S' : 'N', to);
  const wanted = model.partition(hash, index.range, index).filter((item) => bounds.meets(item[first]));
  const input = {
    IndexName: index.name,
    KeyConditionExpression: key + bounds.text,
    ...members(view, to),
    ScanIndexForward: forward,
    ...to.members(),
  };
  const { items, scanned } = pages(trial, 'Query', input, view);
  trial.same('scanned in all', scanned, wanted.length);
  const kept = wanted.filter((item) => holds(view.filter, item));
  if (!forward) kept.reverse();
  trial.same(
    `index ${index.name}`,
    items,
    kept.map((item) => projected(item, view.paths)),
  );
}

export function scan(trial: Trial): void {
  const { random, model } = trial;
  const index = maybe(random, 3, () => random.pick(INDEXES));
  const view = drawView(trial, index, []);
  const segments = 1 + random.below(5);
  const to = new Placeholders();
  const input = { ...(index ? { IndexName: index.name } : {}), ...members(view, to), ...to.members() };
  const wanted = model.entries(index);
  const got: Item[] = [];
  let scanned = 0;
  for (let segment = 0; segment < segments; segment += 1) {
    const part = pages(trial, 'Scan', { ...input, Segment: segment, TotalSegments: segments }, view);
    got.push(...part.items);
    scanned += part.scanned;
  }
  trial.same('scanned in all', scanned, wanted.length);
  const kept = wanted.filter((item) => holds(view.filter, item));
  trial.sameItems(
    'scan',
    got,
    kept.map((item) => projected(item, view.paths)),
  );
}
