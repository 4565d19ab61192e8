import type { DatasetDefinition } from './types';
import { datasetCards } from './catalog';
import { wholeRows } from './table';

/** `@load people`: two items of one table that share nothing but their key. */
export const people: DatasetDefinition = {
  name: 'people',
  source: 'Written for this playground, after the People table of the DynamoDB Developer Guide.',
  needsFile: false,
  createTable: datasetCards.people.createTable,
  rows: () =>
    wholeRows([
      {
        PersonID: { S: 'p1' },
        LastName: { S: 'Smith' },
        FirstName: { S: 'Fred' },
      },
      {
        PersonID: { S: 'p2' },
        LastName: { S: 'Jones' },
        FirstName: { S: 'Mary' },
        Address: {
          M: {
            Street: { S: '123 Main' },
            City: { S: 'Anytown' },
            State: { S: 'OH' },
            ZIPCode: { N: '12345' },
          },
        },
        Scores: { L: [{ N: '7' }, { N: '9' }, { N: '10' }] },
      },
    ]),
};
