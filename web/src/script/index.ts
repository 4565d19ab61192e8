/** The request script: one plain-text format that people type, lessons contain and links carry. */
export { parseScript } from './parser';
export { blockAt, blockToRun, blocksBetween, nextBlock, previousBlock, blockText } from './navigation';
export { locateParameter } from './locate';
export { parseDuration, formatDuration } from './duration';
export { datasetNames } from './directives';
export { operationNames, isOperation, isControlPlane, suggestOperation, targetOf } from './operations';
