/** Why a selector was refused: `position` counts characters from 0, `mend` says what would be right. */
export class SelectorError extends Error {
  readonly reason = 'selector';
  readonly position: number;
  readonly mend: string;

  constructor(problem: string, position: number, mend: string) {
    super(`${problem} at character ${position + 1}: ${mend}`);
    this.name = 'SelectorError';
    this.position = position;
    this.mend = mend;
  }
}
