/** BatchWriteItem and BatchGetItem. */
import { addArms, type Arms } from '../model/model';
import { projected } from '../model/paths';
import { TABLE } from '../model/schema';
import { itemSize, readUnits } from '../model/values';
import { drawItem, drawKeys, drawProjection, maybe } from './draw';
import { Placeholders, projectionText } from './text';
import { hourOf } from './time';
import type { Trial } from './trial';

export function batchWrite(trial: Trial): void {
  const { random, model } = trial;
  const changes = drawKeys(random, 1 + random.below(25)).map((key) => ({
    key,
    item: random.chance(3) ? undefined : drawItem(random, key, hourOf(trial)),
  }));
  const { body } = trial.request('BatchWriteItem', {
    RequestItems: {
      [TABLE]: changes.map(({ key, item }) =>
        item ? { PutRequest: { Item: item } } : { DeleteRequest: { Key: key } },
      ),
    },
    ReturnConsumedCapacity: 'INDEXES',
  });
  trial.same('unprocessed', body.UnprocessedItems, {});
  const arms: Arms = {};
  for (const { key, item } of changes) addArms(arms, model.put(key, item));
  trial.wrote(body.ConsumedCapacity[0], arms);
}

export function batchGet(trial: Trial): void {
  const { random, model } = trial;
  const keys = drawKeys(random, 1 + random.below(40));
  const paths = maybe(random, 2, () => drawProjection(random));
  const strong = random.chance(2);
  const to = new Placeholders();
  const { body } = trial.request('BatchGetItem', {
    RequestItems: {
      [TABLE]: {
        Keys: keys,
        ConsistentRead: strong,
        ...(paths ? { ProjectionExpression: projectionText(paths, to) } : {}),
        ...to.members(),
      },
    },
    ReturnConsumedCapacity: 'TOTAL',
  });
  const found = keys.map((key) => model.get(key)).filter((item) => item !== undefined);
  trial.sameItems(
    'items of the batch',
    body.Responses[TABLE],
    found.map((item) => projected(item, paths)),
  );
  trial.same('unprocessed', body.UnprocessedKeys, {});
  const units = keys.reduce((sum, key) => sum + readUnits(itemSize(model.get(key))), 0);
  trial.read(body.ConsumedCapacity[0], units * (strong ? 1 : 0.5));
}
