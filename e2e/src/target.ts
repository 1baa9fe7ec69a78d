/** What the suite runs against: the embedded cluster, or a real one. */
export type Target = 'mock' | 'real';

const named = process.env.PORTOLAN_E2E_TARGET ?? 'mock';
if (named !== 'mock' && named !== 'real') throw new Error(`PORTOLAN_E2E_TARGET=${named}: say mock or real`);

export const target: Target = named;
