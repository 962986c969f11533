import { workerFrames, type CorpusKind } from './corpus-kind.ts'

/** German and French messages: other quotes, other numbers, other dates, apostrophes within words. */
export const languageKinds: readonly CorpusKind[] = [
  {
    kind: 'de-refused',
    name: 'VerbindungsFehler',
    messages: [
      'Verbindung zu 10.0.0.12:5432 abgelehnt (Versuch 1 von 3)',
      'Verbindung zu db-2.firma.de:5432 abgelehnt (Versuch 3 von 3)',
      'Verbindung zu localhost:1433 abgelehnt (Versuch 2 von 5)',
      'Verbindung zu erp.intern.local:8080 abgelehnt (Versuch 1 von 10)',
      'Verbindung zu 192.168.2.1:22 abgelehnt (Versuch 4 von 5)',
      'Verbindung zu 172.16.0.9:443 abgelehnt (Versuch 10 von 10)',
    ],
  },
  {
    kind: 'de-amount',
    name: 'BetragsFehler',
    frames: ['pruefeBetrag ({root}/src/rechnung/pruefen.ts:*)', ...workerFrames],
    messages: [
      'Der Betrag 1.234,56 € der Rechnung „RE-2026-0042“ übersteigt das Limit von 1.000,00 €',
      'Der Betrag 10.000,00 € der Rechnung „RE-2026-0107“ übersteigt das Limit von 5.000,00 €',
      'Der Betrag 999,99 € der Rechnung „A 7“ übersteigt das Limit von 500,00 €',
      'Der Betrag 1.000.000,00 € der Rechnung „RE-9“ übersteigt das Limit von 250.000,00 €',
      'Der Betrag 12 € der Rechnung „Gutschrift Müller“ übersteigt das Limit von 10 €',
      'Der Betrag 77,5 € der Rechnung „RE-2025-9999“ übersteigt das Limit von 50 €',
    ],
  },
  {
    kind: 'de-deadline',
    messages: [
      'Frist am 20.11.2026 um 08:30 Uhr abgelaufen',
      'Frist am 1.1.2026 um 00:00 Uhr abgelaufen',
      'Frist am 20. November 2026 um 8:30 Uhr abgelaufen',
      'Frist am 31.12.2025 um 23:59 Uhr abgelaufen',
      'Frist am 3. März 2026 um 17:05 Uhr abgelaufen',
      'Frist am 09.09.2026 um 9:09 Uhr abgelaufen',
    ],
  },
  {
    kind: 'fr-user-missing',
    messages: [
      "L'utilisateur « lea.martin » est introuvable dans l'annuaire",
      "L'utilisateur « Jean-Pierre d'Arc » est introuvable dans l'annuaire",
      "L'utilisateur « 42 » est introuvable dans l'annuaire",
      "L'utilisateur « marc@exemple.fr » est introuvable dans l'annuaire",
      "L'utilisateur « admin » est introuvable dans l'annuaire",
      "L'utilisateur « équipe web » est introuvable dans l'annuaire",
    ],
  },
  {
    kind: 'fr-quota',
    name: 'QuotaDépassé',
    messages: [
      'Quota dépassé : 1 234,50 Mo utilisés sur 1 000 Mo, réessayez le 20/11/2026 à 08:30',
      'Quota dépassé : 52 Mo utilisés sur 50 Mo, réessayez le 01/01/2026 à 00:00',
      'Quota dépassé : 10 000 Mo utilisés sur 9 999,9 Mo, réessayez le 4/7/2026 à 12:00',
      'Quota dépassé : 2,5 Go utilisés sur 2 Go, réessayez le 20 novembre 2026 à 18:15',
      'Quota dépassé : 700 ko utilisés sur 512 ko, réessayez le 31/12/2026 à 23:59',
      'Quota dépassé : 101 Mo utilisés sur 100 Mo, réessayez le 1er août 2026 à 07:00',
    ],
  },
  {
    kind: 'fr-timeout',
    messages: [
      "Délai d'attente dépassé après 30 s pour la commande n° 10042",
      "Délai d'attente dépassé après 5 min pour la commande n° 7",
      "Délai d'attente dépassé après 1,5 s pour la commande n° 99120",
      "Délai d'attente dépassé après 2 min 30 s pour la commande n° A-77",
      "Délai d'attente dépassé après 800 ms pour la commande n° 12",
      "Délai d'attente dépassé après 1 h pour la commande n° 5501",
    ],
  },
]
