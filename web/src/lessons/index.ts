/**
 * Lessons: load, check, progress. The content is data in /lessons; this folder
 * reads it, judges what a learner ran, and keeps their progress. It knows no
 * DOM and no engine: a page runs scripts and hands exchanges in.
 *
 *     const lesson = await loadLesson(id);              // bundle.ts, given by main.ts
 *     const runner = createRunner(lesson, localProgress(localStorage));
 *     run(parseScript(runner.startScript()).blocks);    // the start state
 *     const exchanges = results.map(toExchange).filter((one) => one !== undefined);
 *     const step = await runner.onResults(exchanges, stateReader(playground));
 *     if (step.status === 'solved') runner.goTo(next);
 *
 * parse.ts and bundle.ts are not exported here, so that the page can load them
 * (and the YAML parser) when a lesson is opened.
 */
export * from './types';
export { createRunner } from './runner';
export { memoryProgress, localProgress } from './progress';
export { evaluate, evaluateTest } from './checks/evaluate';
export { toExchange, stateReader, type WorldClient } from './world';
export { orderedLessons, nextLesson, type LessonPlace, type TrackList } from './catalog';
export { diffLines } from './diff';
