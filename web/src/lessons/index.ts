/**
 * Lessons: load, check, progress. The content is data in /lessons; this folder
 * reads it, judges what a learner ran, and keeps their progress. It knows no
 * DOM and no engine: a page runs scripts and hands exchanges in.
 *
 *     const { lesson } = parseLesson(markdown);
 *     const runner = createRunner(lesson, localProgress(localStorage));
 *     run(runner.startScript());                       // build the start state
 *     const step = await runner.onResults(exchanges, stateReader(client));
 *     if (step.status === 'solved') runner.goTo(next);
 */
export * from './types';
export { parseLesson, type LessonProblem } from './parse';
export { createRunner } from './runner';
export { memoryProgress, localProgress } from './progress';
export { evaluate, evaluateTest } from './checks/evaluate';
export { toExchange, stateReader, type WorldClient } from './world';
export { orderedLessons, nextLesson, type TrackList } from './catalog';
export { diffLines } from './diff';
