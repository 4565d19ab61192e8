/**
 * `@load movies`: 3,201 films of the vega-datasets package (data/movies.json), cleaned. The file is known to be messy
 * on purpose: titles that are numbers, years with the wrong century, text in the wrong encoding, one film without a title.
 * Every repair and every row left out is counted and told.
 *
 * Attributes of an item: Title (S, partition key), Year (N, sort key), ReleaseDate (S, "1998-06-12"), and
 * where known USGross, WorldwideGross, USDVDSales, ProductionBudget, RunningTimeMinutes, RottenTomatoesRating, IMDBRating,
 * IMDBVotes (N), MPAARating, Distributor, Source, MajorGenre, CreativeType, Director (S).
 */
import type { Item } from '../protocol/types';
import { repairAccents } from './accents';
import { datasetCards } from './catalog';
import type { DatasetDefinition, DatasetRows } from './types';

/** Column of the file → attribute. Names without spaces, so that expressions can use them as they are. */
const numberColumns: [string, string][] = [
  ['US Gross', 'USGross'],
  ['Worldwide Gross', 'WorldwideGross'],
  ['US DVD Sales', 'USDVDSales'],
  ['Production Budget', 'ProductionBudget'],
  ['Running Time min', 'RunningTimeMinutes'],
  ['Rotten Tomatoes Rating', 'RottenTomatoesRating'],
  ['IMDB Rating', 'IMDBRating'],
  ['IMDB Votes', 'IMDBVotes'],
];
const textColumns: [string, string][] = [
  ['MPAA Rating', 'MPAARating'],
  ['Distributor', 'Distributor'],
  ['Source', 'Source'],
  ['Major Genre', 'MajorGenre'],
  ['Creative Type', 'CreativeType'],
  ['Director', 'Director'],
];

/** The file was made in 2011; a later date is a two-digit year that was put in the wrong century. */
const newestYear = 2011;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

export const movies: DatasetDefinition = {
  name: 'movies',
  source: 'vega-datasets, data/movies.json (BSD-3-Clause).',
  needsFile: true,
  createTable: datasetCards.movies.createTable,
  rows: cleanMovies,
};

class Tally {
  private readonly counts = new Map<string, number>();
  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
  list(): [string, number][] {
    return [...this.counts];
  }
}

/** Cleans the parsed file. Rows keep the order of the file; of two rows with one key the first stays. */
export function cleanMovies(file: unknown): DatasetRows {
  if (!Array.isArray(file)) throw new Error('The movies file is not a list of films.');
  const items: Item[] = [];
  const seen = new Set<string>();
  const leftOut = new Tally();
  const repaired = new Tally();
  for (const row of file as ({ [column: string]: unknown } | null)[]) {
    if (typeof row !== 'object' || row === null) {
      leftOut.add('not a film');
      continue;
    }
    const title = cleanTitle(row.Title, repaired);
    const date = cleanDate(row['Release Date'], repaired);
    if (title === null) {
      leftOut.add('no title');
      continue;
    }
    if (date === null) {
      leftOut.add('no release date');
      continue;
    }
    const year = date.slice(0, 4);
    const key = `${title}\n${year}`;
    if (seen.has(key)) {
      leftOut.add('same title and year as an earlier row');
      continue;
    }
    seen.add(key);
    items.push(itemOf(row, title, date, repaired));
  }
  return {
    items,
    rows: file.length,
    leftOut: leftOut.list().map(([reason, rows]) => ({ reason, rows })),
    repaired: repaired.list().map(([what, rows]) => ({ what, rows })),
  };
}

function itemOf(row: { [column: string]: unknown }, title: string, date: string, repaired: Tally): Item {
  const item: Item = { Title: { S: title }, Year: { N: String(Number(date.slice(0, 4))) }, ReleaseDate: { S: date } };
  for (const [column, attribute] of numberColumns) {
    const value = row[column];
    if (typeof value === 'number' && Number.isFinite(value)) item[attribute] = { N: String(value) };
  }
  let accents = false;
  for (const [column, attribute] of textColumns) {
    const value = row[column];
    if (typeof value !== 'string' || value.trim() === '') continue;
    const text = repairAccents(value.trim());
    accents ||= text !== value.trim();
    item[attribute] = { S: text };
  }
  if (accents) repaired.add('accents in a name repaired');
  return item;
}

function cleanTitle(value: unknown, repaired: Tally): string | null {
  if (typeof value === 'number') {
    repaired.add('title that is a number kept as text');
    return String(value);
  }
  if (typeof value !== 'string' || value.trim() === '') return null;
  const title = repairAccents(value.trim());
  if (title !== value.trim()) repaired.add('accents in the title repaired');
  return title;
}

/** "Jun 12 1998" → "1998-06-12"; null when it is no date. */
function cleanDate(value: unknown, repaired: Tally): string | null {
  const match = typeof value === 'string' ? /^([A-Z][a-z]{2}) (\d{1,2}) (\d{4})$/.exec(value.trim()) : null;
  const month = match ? months.indexOf(match[1]!) + 1 : 0;
  if (!match || month === 0) return null;
  let year = Number(match[3]);
  if (year > newestYear) {
    year -= 100;
    repaired.add('year moved to the right century');
  }
  return `${year}-${String(month).padStart(2, '0')}-${match[2]!.padStart(2, '0')}`;
}
