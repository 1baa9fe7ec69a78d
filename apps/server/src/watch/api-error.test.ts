import type { Status } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { type ApiErrorReason, errorOfEvent, errorOfResponse } from './api-error.ts';

function status(code: number, more: Partial<Status> = {}): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code, ...more };
}

const TOO_LARGE = { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] };
const BEFORE_1_20 = { causes: [{ message: 'Too large resource version' }] };

describe('an answer that is no success', () => {
  it.each<[number, Partial<Status>, ApiErrorReason]>([
    [400, {}, 'refused'],
    [401, {}, 'unauthorized'],
    [403, {}, 'forbidden'],
    [404, {}, 'absent'],
    [405, {}, 'refused'],
    [406, {}, 'refused'],
    [410, { reason: 'Expired' }, 'expired'],
    [410, { reason: 'Gone' }, 'expired'],
    [422, { reason: 'Invalid' }, 'refused'],
    [429, { reason: 'TooManyRequests' }, 'throttled'],
    [500, { reason: 'InternalError' }, 'server'],
    [502, {}, 'server'],
    [503, { reason: 'ServiceUnavailable' }, 'server'],
    [504, { reason: 'Timeout' }, 'server'],
    [504, { reason: 'Timeout', details: TOO_LARGE }, 'tooLarge'],
    [504, { reason: 'Timeout', details: BEFORE_1_20 }, 'tooLarge'],
    [504, { message: 'Timeout: Too large resource version: 9, current: 8' }, 'tooLarge'],
  ])('[W8–W14, W28] %i %o is of the class %s', (code, more, reason) => {
    expect(errorOfResponse('GET /x', code, status(code, more), null).reason).toBe(reason);
  });

  it("[W10] its wish to wait is the header's, else the Status'; a date, nothing and nonsense are none", () => {
    const details = { retryAfterSeconds: 3 };
    const wish = (header: string | null, more: Partial<Status> = {}) =>
      errorOfResponse('GET /x', 429, status(429, more), header).retryAfterMs;
    expect(wish('7')).toBe(7000);
    expect(wish('7', { details })).toBe(7000);
    expect(wish(null, { details })).toBe(3000);
    expect([wish(null), wish('0'), wish('soon'), wish('Wed, 21 Oct 2026 07:28:00 GMT')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("[W67] it is told with the server's words, and without any where there are none", () => {
    expect(errorOfResponse('GET /x', 403, status(403, { message: 'pods is forbidden' }), null).message).toBe(
      'GET /x answered 403: pods is forbidden',
    );
    expect(errorOfResponse('GET /x', 502, null, null).message).toBe('GET /x answered 502');
  });
});

describe('an ERROR event', () => {
  it.each<[number, Partial<Status>, ApiErrorReason]>([
    [410, {}, 'expired'],
    [500, { reason: 'Expired' }, 'expired'],
    [0, { reason: 'Gone' }, 'expired'],
    [429, {}, 'throttled'],
    [504, { details: TOO_LARGE }, 'tooLarge'],
    [500, { reason: 'InternalError' }, 'errorEvent'],
    [503, {}, 'errorEvent'],
    [403, {}, 'errorEvent'],
  ])('[W9, W10, W15] %i %o is of the class %s', (code, more, reason) => {
    expect(errorOfEvent('the watch', status(code, more)).reason).toBe(reason);
  });
});
