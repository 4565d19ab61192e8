/** The order of tracks and lessons (lessons/tracks.json) and what it implies. */
import type { LessonEntry, Track } from './types';

export interface TrackList {
  format: 1;
  tracks: Track[];
}
export interface LessonPlace {
  track: Track;
  lesson: LessonEntry;
  /** Folder path below lessons/. */
  path: string;
}

/** Every lesson in teaching order. */
export function orderedLessons(list: TrackList): LessonPlace[] {
  return list.tracks.flatMap((track) =>
    track.lessons.map((lesson) => ({ track, lesson, path: `${track.id}/${lesson.id}` })),
  );
}

/** The lesson after `lessonId` in teaching order; undefined after the last. */
export function nextLesson(list: TrackList, lessonId: string): LessonPlace | undefined {
  const all = orderedLessons(list);
  const index = all.findIndex((place) => place.lesson.id === lessonId);
  return index < 0 ? undefined : all[index + 1];
}
