/**
 * What the page says about the data sets of `@load`, and how their tables look. Kept apart from their rows, so that menus
 * do not load them; a test compares the numbers with what a load writes.
 */
import type { DatasetName } from '../protocol/types';
import { tableOf, type CreateTableInput } from './table';

export interface DatasetCard {
  name: DatasetName;
  /** "Movies". */
  title: string;
  /** Items in the table after a load, and their bytes as the service counts them. */
  items: number;
  bytes: number;
  /** What the items are: "films". */
  unit: string;
  /** One sentence for menus. */
  about: string;
  /** Input of CreateTable. */
  createTable: CreateTableInput;
}

export const datasetCards: Readonly<Record<DatasetName, DatasetCard>> = {
  movies: {
    name: 'movies',
    title: 'Movies',
    items: 3200,
    bytes: 817752,
    unit: 'films',
    about: '3,200 films from 1915 to 2011: Title and Year are the key.',
    createTable: tableOf('Movies', ['Title', 'S'], ['Year', 'N']),
  },
  music: {
    name: 'music',
    title: 'Music',
    items: 4,
    bytes: 302,
    unit: 'songs',
    about: 'Four songs: Artist and SongTitle are the key.',
    createTable: tableOf('Music', ['Artist', 'S'], ['SongTitle', 'S']),
  },
  people: {
    name: 'people',
    title: 'People',
    items: 2,
    bytes: 147,
    unit: 'people',
    about: 'Two people: items of one table need not share attributes.',
    createTable: tableOf('People', ['PersonID', 'S']),
  },
};
