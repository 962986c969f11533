import type { Random } from '../random.ts'

const brands = [
  { brandId: 'brd_maison_lumiere', brand: 'Maison Lumière', locale: 'fr' },
  { brandId: 'brd_atelier_sable', brand: 'Atelier du Sable', locale: 'fr' },
  { brandId: 'brd_northwind', brand: 'Northwind Cycles', locale: 'en' },
  { brandId: 'brd_harbour_tea', brand: 'Harbour Tea & Co.', locale: 'en' },
  { brandId: 'brd_cafe_oree', brand: 'Café de l’Orée', locale: 'fr' },
] as const

/** Who a job is for: the fields every job of the demo's application carries. */
export function tenant(random: Random): { userId: number; brandId: string; locale: 'fr' | 'en' } {
  const { brandId, locale } = random.pick(brands)
  return { userId: random.integer(1001, 1240), brandId, locale }
}

const topics = {
  fr: [
    'Dix idées pour un balcon fleuri en hiver',
    'Le retour du cuir végétal dans la maroquinerie',
    'Où boire un bon café à Nantes en 2026 ?',
    'Entretenir ses lunettes d’été : le guide complet',
    'Nos artisans racontent : l’atelier de Grasse',
  ],
  en: [
    'Ten quiet cycling routes around Bristol',
    'How to store loose-leaf tea so that it keeps',
    'A winter window box that looks after itself',
    'Commuting by bike in the rain: what really helps',
    'Behind the counter: a morning at our Leith shop',
  ],
} as const

/** A title in the tenant's language. */
export function topic(random: Random, locale: 'fr' | 'en'): string {
  return random.pick(topics[locale])
}

export const firstNames = [
  'Inès',
  'Hugo',
  'Chloé',
  'Malik',
  'Élodie',
  'Oliver',
  'Amara',
  'Nora',
  'Tomás',
  'Siobhán',
] as const

export const networks = ['instagram', 'facebook', 'linkedin', 'pinterest'] as const

/** Euros and dollars with the digits that providers bill. */
export function cost(random: Random, low: number, high: number): number {
  return Number(random.between(low, high).toFixed(5))
}
