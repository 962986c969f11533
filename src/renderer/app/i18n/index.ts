import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { fr } from './fr.ts'
import './types.ts'

/** Languages there is a catalogue for. */
export const languages = ['en', 'fr'] as const

/** The operator's system language, when it is one of ours. */
export function systemLanguage(): (typeof languages)[number] {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2))
  return (
    languages.find((language) => language === wanted.find((tag) => tag === 'fr' || tag === 'en')) ??
    'en'
  )
}

export const i18n = createInstance()

void i18n.use(initReactI18next).init({
  resources: { en, fr },
  lng: systemLanguage(),
  supportedLngs: languages,
  fallbackLng: 'en',
  defaultNS: 'common',
  initAsync: false,
  interpolation: { escapeValue: false },
})
