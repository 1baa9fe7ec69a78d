/** What an apiserver lists under one path: so many objects of a kind, each made when it is asked for. */
export interface Collection {
  /** `v1` or `group/version`. */
  version: string;
  plural: string;
  kind: string;
  count: number;
  uid(index: number): string;
  object(index: number, resourceVersion: string): object;
}

/** Where a collection is listed: `/api/v1/pods`, `/apis/apps/v1/deployments`. */
export function pathOf({ version, plural }: Collection): string {
  return `${version === 'v1' ? '/api' : '/apis'}/${version}/${plural}`;
}
