import type { DatasetDefinition } from './types';
import { datasetCards } from './catalog';
import { wholeRows } from './table';

/** `@load music`: four songs, three of one artist and one of another. Names are the invented ones of the AWS guide. */
export const music: DatasetDefinition = {
  name: 'music',
  source: 'Written for this playground; artists and songs are the invented names of the DynamoDB Developer Guide.',
  needsFile: false,
  createTable: datasetCards.music.createTable,
  rows: () =>
    wholeRows([
      {
        Artist: { S: 'No One You Know' },
        SongTitle: { S: 'Call Me Today' },
        AlbumTitle: { S: 'Somewhat Famous' },
        Year: { N: '2015' },
        Awards: { N: '1' },
      },
      {
        Artist: { S: 'No One You Know' },
        SongTitle: { S: 'Howdy' },
        AlbumTitle: { S: 'Somewhat Famous' },
        Year: { N: '2015' },
        Awards: { N: '2' },
      },
      {
        Artist: { S: 'No One You Know' },
        SongTitle: { S: 'My Dog Spot' },
        AlbumTitle: { S: 'Hey Now' },
        Genre: { S: 'Country' },
      },
      {
        Artist: { S: 'Acme Band' },
        SongTitle: { S: 'Happy Day' },
        AlbumTitle: { S: 'Songs About Life' },
        Year: { N: '2013' },
        Awards: { N: '10' },
      },
    ]),
};
