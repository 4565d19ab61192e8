/**
 * Requests to the endpoint itself. They are in the namespace with which the engine shows and
 * sets what the service hides, so that one header tells them from DynamoDB's operations.
 */
import { inspectionTargetOf } from '../client/client';
import { type EngineHost, type Place, RESET } from './engineHost';
import { failure, type Reply } from './reply';

const NAMESPACE = inspectionTargetOf('');
const ADVANCE = inspectionTargetOf('Advance');

/** One request moves the clock by ten years at most; sweeps on the way take their time. */
const STEP_MILLIS_MAX = 10 * 365 * 86_400_000;

/** True for targets that are the endpoint's or the engine's, not DynamoDB's. */
export function isControl(target: string): boolean {
  return target.startsWith(NAMESPACE);
}

/**
 * Answers a control request; most are the engine's.
 * `Advance` moves the clock: `{"Millis": 60000}` by so much, `{"UntilMillis": 1780272000000}` to
 * that time. Its answer is `{"now", "events", "stopped"}` of the engine's `advance`.
 */
export async function controlReply(
  host: EngineHost,
  target: string,
  body: Buffer,
  place: Place,
  contentType: string,
): Promise<Reply> {
  if (target === ADVANCE) return advance(host, body, contentType);
  if (target === RESET) await host.acknowledgeLoss();
  const status = host.call(target, body, place);
  // Others may be answered before this promise is heard.
  return { status, contentType, body: Buffer.from(host.replyBytes()) };
}

/** True if the endpoint answers the target by itself. */
export function isOwnTarget(target: string): boolean {
  return target === ADVANCE;
}

function advance(host: EngineHost, body: Buffer, contentType: string): Reply {
  if (!host.isClockManual) {
    return invalid('The clock follows the wall clock; start the endpoint with --clock manual to move it.', contentType);
  }
  const input = parsed(body);
  if (input === null) return failure({ name: 'SerializationException', message: '' }, contentType);
  const { Millis, UntilMillis } = input;
  const now = host.nowMillis;
  const until = isTime(Millis) ? now + Millis : UntilMillis;
  if ((Millis === undefined) === (UntilMillis === undefined) || !isTime(until)) {
    return invalid('Advance takes Millis or UntilMillis, a whole number that is not negative', contentType);
  }
  if (until < now) return invalid(`The clock cannot be set back: it is ${now} already`, contentType);
  if (until - now > STEP_MILLIS_MAX) {
    return invalid(`One Advance moves the clock by ${STEP_MILLIS_MAX} milliseconds at most`, contentType);
  }
  const report = host.advance(until);
  if (report === null) return { status: 500, contentType, body: Buffer.from(host.replyBytes()) };
  return { status: 200, contentType, body: Buffer.from(JSON.stringify(report)) };
}

function parsed(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function invalid(message: string, contentType: string): Reply {
  return failure({ name: 'com.amazon.coral.validate#ValidationException', message }, contentType);
}
