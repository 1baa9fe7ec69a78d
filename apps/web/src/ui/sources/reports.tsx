import { useI18n } from '../../i18n/i18n.tsx';
import { reportedFields, reportedValue, useReports } from './use-reports.ts';

const CELL = 'whitespace-nowrap px-3 py-1 text-left';

/** What the server counts of each kind, in the words of its API. */
export function Reports({ cluster }: { cluster: string }) {
  const { text, format } = useI18n();
  const { data, error } = useReports(cluster, true);
  if (error) return <p className="mt-3 text-warn-t">{text.detailsFailed(error.message)}</p>;
  if (!data) return <p className="mt-3 text-t2">{text.connecting}</p>;
  const fields = reportedFields(data);
  if (fields.length === 0) return <p className="mt-3 text-t2">{text.sourceNoReports}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={text.sourceReports} className="mt-3 overflow-x-auto" data-testid="source-reports">
      <table className="border-collapse font-mono text-11">
        <thead>
          <tr className="border-line border-b">
            {['kind', ...fields].map((field) => (
              <th key={field} scope="col" className={`${CELL} text-t3`}>
                {field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...data].map(([kind, report]) => (
            <tr key={kind} className="border-line border-b">
              <th scope="row" className={CELL}>
                {kind}
              </th>
              {fields.map((field) => (
                <td key={field} className={CELL}>
                  {reportedValue(report[field], format.number) ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
