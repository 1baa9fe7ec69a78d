import { createContext, type ReactNode, use } from 'react';
import { type Catalog, en } from './catalog.en.ts';
import { zh } from './catalog.zh.ts';
import { createFormat, type Format } from './format.ts';
import type { Language } from './language.ts';

/** One language's words and formats. */
export interface I18n {
  language: Language;
  text: Catalog;
  format: Format;
}

const catalogs: Record<Language, Catalog> = { en, 'zh-CN': zh };

/** The words and formats of a language. */
export function createI18n(language: Language): I18n {
  return { language, text: catalogs[language], format: createFormat(language) };
}

const Context = createContext<I18n>(createI18n('en'));

/** Gives everything below it one language. */
export function I18nProvider({ value, children }: { value: I18n; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** The language around the calling component. */
export function useI18n(): I18n {
  return use(Context);
}
