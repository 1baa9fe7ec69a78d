import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';

/** The object as the server gives it, redacted, behind a disclosure, with a way to copy it. */
export function ManifestView({ manifest }: { manifest: unknown }) {
  const { text } = useI18n();
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const source = JSON.stringify(manifest, null, 2);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(source);
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  return (
    <details className="border-line border-t px-6 py-4">
      <summary className="font-semibold">{text.manifest}</summary>
      <div className="mt-2 flex items-center gap-2 text-12 text-t2">
        <span>{text.manifestNote}</span>
        <span role="status" className="ml-auto">
          {outcome && text[outcome]}
        </span>
        <button
          type="button"
          onClick={() => void copy()}
          className="rounded-tile border border-line2 px-2 py-1 text-t1"
        >
          {text.copy}
        </button>
      </div>
      <pre className="mt-2 max-h-96 overflow-auto rounded-tile bg-canvas p-3 font-mono text-11">{source}</pre>
    </details>
  );
}
