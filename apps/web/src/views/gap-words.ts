import type { I18n } from '../i18n/i18n.tsx';
import type { Gap } from '../store/gap.ts';

/** A gap as one sentence, without a full stop; it never reads as zero. */
export function gapWords({ state, kinds, received }: Gap, { text, format }: I18n): string {
  const names = kinds.join(', ');
  switch (state) {
    case 'hidden':
      return text.gapHidden(names);
    case 'absent':
      return text.gapAbsent(names);
    case 'pending':
      return received > 0 ? text.gapReading(names, format.number(received)) : text.gapPending(names);
  }
}
