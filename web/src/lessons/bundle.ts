/**
 * The lessons shipped with the page, each loaded when it is opened. Only the
 * composition root imports this file: import.meta.glob exists in Vite alone.
 */
import tracks from '../../../lessons/tracks.json';
import { orderedLessons, type TrackList } from './catalog';
import type { Lesson } from './types';

const files = import.meta.glob<string>('../../../lessons/*/*/en.md', { query: '?raw', import: 'default' });

export const trackList = tracks as TrackList;

/** Reads one lesson. Rejects with words for the screen when there is none, when it does not arrive or is not readable. */
export async function loadLesson(lessonId: string): Promise<Lesson> {
  const place = orderedLessons(trackList).find((one) => one.lesson.id === lessonId);
  const load = place && files[`../../../lessons/${place.path}/en.md`];
  if (!load) throw new Error(`There is no lesson "${lessonId}".`);
  // The reader brings a YAML parser along, which only lessons need.
  const [text, { parseLesson }] = await Promise.all([load(), import('./parse')]);
  const { lesson, problems } = parseLesson(text);
  if (!lesson) throw new Error(`The lesson "${lessonId}" cannot be read: ${problems[0]?.message ?? 'unknown reason'}`);
  return lesson;
}
