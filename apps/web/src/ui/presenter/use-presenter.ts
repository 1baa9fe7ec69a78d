import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useConnection } from '../../store/live.tsx';
import { fetchJson, type ProblemError } from '../problem.ts';

/** Something of the presenter that is read again and again: where, and what it must look like. */
export interface Resource<T> {
  path: string;
  schema: { parse(data: unknown): T };
  /** Milliseconds between two readings: kubectl or another viewer may have changed it. */
  every: number;
}

const url = (cluster: string, path: string) => `/api/v1/clusters/${encodeURIComponent(cluster)}/${path}`;

/** Reads a resource of the presenter while the calling component is shown. */
export function useResource<T>(cluster: string, { path, schema, every }: Resource<T>): UseQueryResult<T, ProblemError> {
  return useQuery<T, ProblemError>({
    queryKey: ['presenter', cluster, path],
    queryFn: async () => schema.parse(await fetchJson(url(cluster, path))),
    refetchInterval: every,
  });
}

/** An action of the presenter: its path below the cluster, its method (POST by default) and what it carries. */
export interface PresenterAction {
  path: string;
  method?: 'POST' | 'DELETE';
  body?: unknown;
}

/** Does actions whose answer is a resource as it stands then; that answer is shown at once. */
export function useActions<T>(
  cluster: string,
  { path, schema }: Resource<T>,
): UseMutationResult<T, ProblemError, PresenterAction> {
  const client = useQueryClient();
  return useMutation<T, ProblemError, PresenterAction>({
    mutationFn: async (action) => {
      const headers = {
        'x-portolan-action': '1',
        ...(action.body !== undefined && { 'content-type': 'application/json' }),
      };
      const body = action.body === undefined ? {} : { body: JSON.stringify(action.body) };
      return schema.parse(
        await fetchJson(url(cluster, action.path), { method: action.method ?? 'POST', headers, ...body }),
      );
    },
    onSuccess: (after) => client.setQueryData(['presenter', cluster, path], after),
  });
}

/** Whether the server is away: nothing can be asked of it then, and the banner says so already. */
export function useAway(): boolean {
  return useConnection().connection.state !== 'live';
}
