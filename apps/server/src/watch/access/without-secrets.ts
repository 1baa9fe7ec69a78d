/**
 * A foreign program's words, fit to be shown: bearer tokens, JSON web tokens, values after words such as `token=`,
 * passwords in addresses, long runs without a space and the `known` values are left out. At most 500 characters, of the end.
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const hidden = known
    .filter((value) => value.length >= 6)
    .reduce((words, value) => words.replaceAll(value, '…'), text.trim())
    .replaceAll(/(bearer|basic)\s+\S+/gi, '$1 …')
    .replaceAll(/\beyJ[\w-]+(\.[\w-]*)*/g, '…')
    .replaceAll(/(\w*(?:token|secret|password|passwd|api[-_]?key)\w*["']?\s*[:=]\s*["']?)[^\s"',;]+/gi, '$1…')
    .replaceAll(/(\w+:\/\/)[^\s/@]+@/g, '$1…@')
    .replaceAll(/[\w+=-]{40,}/g, '…');
  return hidden.length > 500 ? `…${hidden.slice(-500)}` : hidden;
}
