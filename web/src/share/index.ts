/**
 * Links: the workspace in the URL's fragment, `#1.<codec><flags>.<payload>.<check>`.
 * A link carries the script, not the data: a deterministic engine rebuilds the data.
 */
export { encodeLink, decodeLink, isLink, linkLimits } from './link';
export type { LinkContent, LinkClaim } from './content';
export type { DecodedLink, EncodedLink, LinkFault, LinkFaultCode } from './link';
export { unknownVersion } from './header';
export { digestResults, compareResults } from './digest';
export type { ResultComparison, ResultDifference } from './digest';
export { compareRehearsal, names } from './rehearsal';
export type { RehearsalDifference, RehearsalReport } from './rehearsal';
export { insertSetup, tableAsRequests } from './setup';
export { findSecrets } from './secrets';
export type { SecretFinding } from './secrets';
export { shareTargets } from './targets';
export type { ShareTarget } from './targets';
