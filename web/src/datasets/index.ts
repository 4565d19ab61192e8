/** Data sets of `@load`. Adding one: a definition file and a line here (and its name in protocol/types.ts). */
import type { DatasetName } from '../protocol/types';
import { movies } from './movies';
import { music } from './music';
import { people } from './people';
import type { DatasetDefinition } from './types';

export type { DatasetDefinition, DatasetRows, DatasetSource } from './types';

export const datasets: Readonly<Record<DatasetName, DatasetDefinition>> = { movies, music, people };
