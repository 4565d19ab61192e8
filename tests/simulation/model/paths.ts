/** Document paths: a name, then names and positions. */
import type { AttributeValue, Item } from '../../../wasm/client';

export type Path = readonly [string, ...(string | number)[]];

const child = (value: AttributeValue | undefined, step: string | number) =>
  typeof step === 'number' ? value?.L?.[step] : value?.M?.[step];

export function valueAt(item: Item | undefined, [head, ...steps]: Path): AttributeValue | undefined {
  return steps.reduce<AttributeValue | undefined>(child, item?.[head]);
}

function wrap(value: AttributeValue, steps: (string | number)[]): AttributeValue {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const inner = wrap(value, rest);
  return typeof step === 'number' ? { L: [inner] } : { M: { [step]: inner } };
}

/** What a projection shows. REQUIRES that no two paths begin with the same name. */
export function projected(item: Item, paths: readonly Path[] | undefined): Item {
  if (!paths) return item;
  const shown: Item = {};
  for (const path of paths) {
    const value = valueAt(item, path);
    const [head, ...steps] = path;
    if (value !== undefined) shown[head] = wrap(value, steps);
  }
  return shown;
}
