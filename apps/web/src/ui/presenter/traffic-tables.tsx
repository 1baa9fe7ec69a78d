import type { Traffic } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';

interface Row {
  id: string;
  name: string;
  aside: string;
  /** The whole of what `aside` cuts short. */
  whole: string;
  answered: number;
  failed: number;
}

/** How many requests each revision and each pod answered, and failed. */
export function TrafficTables({ report }: { report: Traffic }) {
  const { text } = useI18n();
  const nobody = (name: string) => name || text.trafficNobody;
  return (
    <>
      <Counts
        title={text.trafficByRevision}
        rows={report.byRevision.map(({ revision, image, ...counts }) => ({
          ...counts,
          id: `${revision} ${image}`,
          name: nobody(revision && `${text.trafficRevision} ${revision}`),
          aside: image.slice(image.lastIndexOf('/') + 1),
          whole: image,
        }))}
        testId="traffic-revisions"
      />
      <Counts
        title={text.trafficByPod}
        rows={report.byPod.map(({ pod, node, answered, failed }) => ({
          id: pod,
          name: nobody(pod),
          aside: node,
          whole: node,
          answered,
          failed,
        }))}
        testId="traffic-pods"
      />
      {report.lastFailure !== null && (
        <p className="mt-3 break-words text-12 text-fail-t">{text.trafficLastFailure(report.lastFailure)}</p>
      )}
    </>
  );
}

function Counts({ title, rows, testId }: { title: string; rows: readonly Row[]; testId: string }) {
  const { text, format } = useI18n();
  return (
    <table className="mt-4 w-full table-fixed border-collapse text-left" data-testid={testId}>
      <thead>
        <tr className="text-12 text-t3">
          <th scope="col" className="pb-1 font-normal">
            {title}
          </th>
          <th scope="col" className="w-16 pb-1 text-right font-normal">
            {text.trafficAnswered}
          </th>
          <th scope="col" className="w-12 pb-1 text-right font-normal">
            {text.trafficFailed}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, aside, whole, answered, failed }) => (
          <tr key={id} className="border-line border-t align-top">
            <th scope="row" className="py-1.5 pr-2 font-normal">
              <span className="block break-all font-mono text-12">{name}</span>
              <span className="block truncate font-mono text-11 text-t3" title={whole}>
                {aside}
              </span>
            </th>
            <td className="py-1.5 text-right">{format.number(answered)}</td>
            <td className={`py-1.5 text-right ${failed > 0 ? 'font-semibold text-fail-t' : 'text-t3'}`}>
              {format.number(failed)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
