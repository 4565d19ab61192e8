/** Every lesson keeps its promises, run on the real engine. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { nextLesson, orderedLessons, type Lesson, type TrackList } from '../../web/src/lessons';
import { parseLesson } from '../../web/src/lessons/parse';
import trackSchema from '../../lessons/schema/track.schema.json';
import tracks from '../../lessons/tracks.json';
import { openEngineLab } from './support/engine-lab';
import { playThrough, verify } from './support/verifier';

const root = join(__dirname, '../../lessons');
const list = tracks as TrackList;
const places = orderedLessons(list);
const textOf = (path: string): string => readFileSync(join(root, path, 'en.md'), 'utf8');

function lessonOf(path: string): Lesson {
  const { lesson, problems } = parseLesson(textOf(path));
  if (!lesson) throw new Error(`${path}: ${problems.map(({ line, message }) => `${line}: ${message}`).join('; ')}`);
  return lesson;
}

describe('tracks.json', () => {
  test('fits its schema', () => {
    const fits = new Ajv({ allErrors: true }).compile(trackSchema);
    fits(tracks);
    expect(fits.errors).toBeNull();
  });

  test('names every lesson folder exactly once', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'schema')
      .flatMap((track) => readdirSync(join(root, track.name)).map((lesson) => `${track.name}/${lesson}`));
    expect(places.map(({ path }) => path).sort()).toEqual(folders.sort());
  });

  test('lesson ids are unique', () => {
    const ids = places.map(({ lesson }) => lesson.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  // A learner must be able to reach a lesson by doing the earlier ones; this also rules out cycles.
  test('a lesson requires only lessons before it', () => {
    const before = new Set<string>();
    for (const { lesson, path } of places) {
      const missing = lessonOf(path).requires.filter((id) => !before.has(id));
      expect({ lesson: lesson.id, missing }).toEqual({ lesson: lesson.id, missing: [] });
      before.add(lesson.id);
    }
  });

  test('leads from each lesson to the next and then ends', () => {
    for (const [index, { lesson }] of places.entries()) {
      expect(nextLesson(list, lesson.id)?.lesson.id).toBe(places[index + 1]?.lesson.id);
    }
    expect(nextLesson(list, 'no-such-lesson')).toBeUndefined();
  });
});

describe.each(places)('$path', ({ lesson: entry, path }) => {
  test('has the id of its folder and the words of tracks.json', () => {
    const { id, title, minutes } = lessonOf(path);
    expect({ id, title, minutes }).toEqual(entry);
  });

  test('keeps its promises', async () => {
    expect(await verify(textOf(path), openEngineLab())).toEqual([]);
  });

  // A reviewed number: a change here is a change of what the engine charges, or of the lesson.
  test('its solution costs what it did', async () => {
    expect(await playThrough(lessonOf(path), openEngineLab())).toMatchSnapshot();
  });
});
