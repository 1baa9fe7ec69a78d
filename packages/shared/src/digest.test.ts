import { describe, expect, it } from 'vitest';
import { Digest } from './digest.ts';

const ENTITIES = [
  ['a', '1'],
  ['7f3c1d2e-0000-4000-8000-00000000002a', '1048576'],
  ['é海🚢', ''],
  ['', '9'],
] as const;

/** As the first release wrote it: servers and pages of any two releases compare theirs. */
const GOLDEN = ['e8ce50e10e76cabf', 'c89c49b6d2716389', 'd45ce6530758b6fe', '8ad79b1673e1b972'];

describe('the digest', () => {
  it('[R2] is the one that it always was', () => {
    const digest = new Digest();
    expect(digest.toString()).toBe('0000000000000000');
    const written = ENTITIES.map(([uid, version]) => {
      digest.add(uid, version);
      return digest.toString();
    });
    expect(written).toEqual(GOLDEN);
  });

  it('[R2] forgets what is counted out, in any order', () => {
    const digest = new Digest();
    for (const [uid, version] of ENTITIES) digest.add(uid, version);
    for (const [uid, version] of ENTITIES) digest.remove(uid, version);
    expect(digest.toString()).toBe('0000000000000000');
  });
});
