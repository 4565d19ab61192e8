/** Conditions, projections and updates as the text of requests: expressions with placeholders, or PartiQL. */
import type { AttributeValue } from '../../../wasm/client';
import type { Condition } from '../model/conditions';
import type { Path } from '../model/paths';
import type { Change } from '../model/updates';

/** How names and values are written. */
interface Notation {
  path(path: Path): string;
  value(value: AttributeValue): string;
}

const steps = (path: Path, name: (text: string) => string) =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${name(step)}`)).join('');

/** Placeholders of one request; used ones only, as the service demands. */
export class Placeholders implements Notation {
  #names = new Map<string, string>();
  #values: AttributeValue[] = [];

  path(path: Path): string {
    return steps(path, (name) => {
      this.#names.set(`#${name}`, name);
      return `#${name}`;
    });
  }

  value(value: AttributeValue): string {
    this.#values.push(value);
    return `:v${this.#values.length}`;
  }

  members(): object {
    return {
      ...(this.#names.size ? { ExpressionAttributeNames: Object.fromEntries(this.#names) } : {}),
      ...(this.#values.length
        ? { ExpressionAttributeValues: Object.fromEntries(this.#values.map((value, i) => [`:v${i + 1}`, value])) }
        : {}),
    };
  }
}

/** Quoted names, and parameters in the order of the text. */
export class Parameters implements Notation {
  readonly values: AttributeValue[] = [];

  path(path: Path): string {
    return steps(path, (name) => `"${name}"`);
  }

  value(value: AttributeValue): string {
    this.values.push(value);
    return '?';
  }
}

export function conditionText(condition: Condition, to: Notation): string {
  if (condition.is === 'and' || condition.is === 'or') {
    const left = conditionText(condition.left, to);
    return `(${left}) ${condition.is.toUpperCase()} (${conditionText(condition.right, to)})`;
  }
  if (condition.is === 'not') {
    const inner = conditionText(condition.inner, to);
    return condition.inner.is === 'not' ? `NOT ${inner}` : `NOT (${inner})`;
  }
  const path = to.path(condition.path);
  switch (condition.is) {
    case 'exists':
      return `attribute_exists(${path})`;
    case 'missing':
      return `attribute_not_exists(${path})`;
    case 'type':
      return `attribute_type(${path}, ${to.value({ S: condition.type })})`;
    case 'compare':
      return `${path} ${condition.by} ${to.value(condition.value)}`;
    case 'between':
      return `${path} BETWEEN ${to.value(condition.low)} AND ${to.value(condition.high)}`;
    case 'in':
      return `${path} IN (${condition.values.map((value) => to.value(value)).join(', ')})`;
    case 'begins':
      return `begins_with(${path}, ${to.value({ S: condition.text })})`;
    case 'contains':
      return `contains(${path}, ${to.value(condition.value)})`;
    case 'size':
      return `size(${path}) ${condition.by} ${to.value({ N: String(condition.count) })}`;
  }
}

export const projectionText = (paths: readonly Path[], to: Notation) => paths.map((path) => to.path(path)).join(', ');

const number = (value: number): AttributeValue => ({ N: String(value) });

/** Section and text of one change. */
function changeText(change: Change, to: Notation): [section: string, text: string] {
  const path = to.path([change.name]);
  switch (change.does) {
    case 'set':
      return ['SET', `${path} = ${to.value(change.value)}`];
    case 'remove':
      return ['REMOVE', path];
    case 'count':
      return ['SET', `${path} = if_not_exists(${path}, ${to.value(number(0))}) + ${to.value(number(change.by))}`];
    case 'add':
      return ['ADD', `${path} ${to.value(number(change.by))}`];
    case 'unite':
      return ['ADD', `${path} ${to.value({ SS: change.members })}`];
    case 'subtract':
      return ['DELETE', `${path} ${to.value({ SS: change.members })}`];
    case 'append': {
      const list = `if_not_exists(${path}, ${to.value({ L: [] })})`;
      return ['SET', `${path} = list_append(${list}, ${to.value({ L: [change.value] })})`];
    }
    case 'setElement':
      return ['SET', `${path}[${change.at}] = ${to.value(change.value)}`];
    case 'removeElement':
      return ['REMOVE', `${path}[${change.at}]`];
    case 'setMember':
      return ['SET', `${to.path([change.name, change.member])} = ${to.value(change.value)}`];
  }
}

export function updateText(changes: readonly Change[], to: Notation): string {
  const sections = new Map<string, string[]>();
  for (const change of changes) {
    const [section, text] = changeText(change, to);
    sections.set(section, [...(sections.get(section) ?? []), text]);
  }
  return [...sections].map(([section, texts]) => `${section} ${texts.join(', ')}`).join(' ');
}
