const BEGIN = ',"managedFields":[';
/** They are the last field of the metadata (apimachinery, `ObjectMeta`), and hold no list themselves. */
const END = ']},"';

/**
 * The JSON of an object as an apiserver writes it, without its managed fields: they are a third of it, and nobody reads them.
 * Within a string every quote has a backslash before it, so that what begins and ends them is found nowhere but there; where
 * it is not, the text is left as it is.
 */
export function withoutManagedFields(json: string): string {
  const begin = json.indexOf(BEGIN);
  if (begin < 0) return json;
  const end = json.indexOf(END, begin);
  return end < 0 ? json : json.slice(0, begin) + json.slice(end + 1);
}
