/** The languages of the interface, by BCP 47 tag. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language for the first of `wishes` that can be met, matching `zh`, `zh-Hans` and the like to `zh-CN`; else `en`. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const primary = wish?.toLowerCase().split('-')[0];
    const met = LANGUAGES.find((language) => language.toLowerCase().split('-')[0] === primary);
    if (met) return met;
  }
  return 'en';
}
