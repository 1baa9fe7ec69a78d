import { describe, expect, it } from 'vitest';
import { readReports, reportedFields, reportedValue } from './use-reports.ts';

const body = {
  clusters: [
    { name: 'other', sources: [{ kind: 'Node', failures: 9 }] },
    { name: 'demo', sources: [{ kind: 'Pod', syncs: { start: 1, expired: 2 }, failures: 0 }, 'nonsense'] },
  ],
};

describe('what the server reports of its sources', () => {
  it('[V73] is read of the one cluster, and only what is there is shown', () => {
    const reports = readReports(body, 'demo');
    expect([...reports.keys()]).toEqual(['Pod']);
    expect(reportedFields(reports)).toEqual(['syncs', 'failures']);
    expect(readReports('nonsense', 'demo').size).toBe(0);
  });

  it('[V73] counts by reason; what is not known is not a zero', () => {
    expect(reportedValue({ start: 1, expired: 2, timeout: 0 }, String)).toBe('start 1, expired 2');
    expect(reportedValue(0, String)).toBe('0');
    expect(reportedValue(null, String)).toBeNull();
  });
});
