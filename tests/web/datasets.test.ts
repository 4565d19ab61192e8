/** Data sets: the films are messy on purpose, so what is kept, repaired and left out is pinned here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { datasets } from '../../web/src/datasets';
import { repairAccents } from '../../web/src/datasets/accents';
import { cleanMovies } from '../../web/src/datasets/movies';

const file: unknown = JSON.parse(
  readFileSync(join(__dirname, '../../node_modules/vega-datasets/data/movies.json'), 'utf8'),
);

describe('movies', () => {
  const cleaned = cleanMovies(file);
  const find = (title: string) => cleaned.items.find((item) => item.Title!.S === title);

  test('3,201 rows: one has no title, the rest is kept', () => {
    expect(cleaned.rows).toBe(3201);
    expect(cleaned.items).toHaveLength(3200);
    expect(cleaned.leftOut).toEqual([{ reason: 'no title', rows: 1 }]);
    expect(cleaned.repaired).toEqual([
      { what: 'year moved to the right century', rows: 22 },
      { what: 'title that is a number kept as text', rows: 9 },
      { what: 'accents in the title repaired', rows: 18 },
    ]);
  });

  test('keys are unique, present and of the right type; no value is empty or null', () => {
    const keys = new Set(cleaned.items.map((item) => `${item.Title!.S}\n${item.Year!.N}`));
    expect(keys.size).toBe(3200);
    // One expectation for all rows: forty thousand of them take half a minute.
    const wrong = cleaned.items.filter((item) => {
      const year = Number(item.Year!.N);
      const dated = year >= 1915 && year <= 2011 && /^\d{4}-\d\d-\d\d$/.test(String(item.ReleaseDate!.S));
      const typed = Object.values(item).every((value) =>
        'N' in value ? String(Number(value.N)) === value.N : 'S' in value && value.S !== '',
      );
      return !dated || !typed;
    });
    expect(wrong).toEqual([]);
  });

  test('the mess is put right', () => {
    expect(find('Gone with the Wind')!.Year).toEqual({ N: '1939' });
    expect(find('The Birth of a Nation')!.ReleaseDate).toEqual({ S: '1915-02-08' });
    expect(find('2012')!.Year).toEqual({ N: '2009' });
    expect(find('Léon')!.Director).toEqual({ S: 'Luc Besson' });
    expect(find('Alien³')).toBeDefined();
    expect(find('The Land Girls')).toEqual({
      Title: { S: 'The Land Girls' },
      Year: { N: '1998' },
      ReleaseDate: { S: '1998-06-12' },
      USGross: { N: '146083' },
      WorldwideGross: { N: '146083' },
      ProductionBudget: { N: '8000000' },
      MPAARating: { S: 'R' },
      Distributor: { S: 'Gramercy' },
      IMDBRating: { N: '6.1' },
      IMDBVotes: { N: '1071' },
    });
  });

  test('bad rows are left out with a reason, a bad file is refused', () => {
    const film = { Title: 'A', 'Release Date': 'Jan 01 2000' };
    const odd = cleanMovies([
      film,
      film,
      null,
      { Title: 'B' },
      { Title: 'C', 'Release Date': 'Foo 01 2000' },
      { Title: ' ', 'Release Date': 'Jan 01 2000' },
    ]);
    expect(odd.items).toHaveLength(1);
    expect(odd.leftOut).toEqual([
      { reason: 'same title and year as an earlier row', rows: 1 },
      { reason: 'not a film', rows: 1 },
      { reason: 'no release date', rows: 2 },
      { reason: 'no title', rows: 1 },
    ]);
    expect(() => cleanMovies({})).toThrow(/not a list/);
  });

  test.each([
    ["De battre mon coeur s'est arrÍtÈ", "De battre mon coeur s'est arrêté"],
    ['Obsluhoval jsem anglickÈho kr·le', 'Obsluhoval jsem anglického krále'],
    ['Ri¢hie Ri¢h', 'Ri¢hie Ri¢h'],
    ['plain', 'plain'],
  ])('%s', (wrong, right) => expect(repairAccents(wrong)).toBe(right));
});

test('music has three songs of one artist and one of another; people share only their key', () => {
  const artists = datasets.music.rows(undefined).items.map((item) => item.Artist!.S);
  expect(artists).toEqual(['No One You Know', 'No One You Know', 'No One You Know', 'Acme Band']);
  const [first, second] = datasets.people.rows(undefined).items;
  expect(Object.keys(first!)).toEqual(['PersonID', 'LastName', 'FirstName']);
  expect(second!.Address).toHaveProperty('M');
  expect(second!.Scores).toHaveProperty('L');
});
