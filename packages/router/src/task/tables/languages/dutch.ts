import type { KeywordLanguage } from '../keywords.ts'

/** Dutch. `vat … samen` comes apart, so `vat` counts before an object. */
export const dutch: KeywordLanguage = {
  code: 'nl',
  keywords: {
    slides: [
      ['presentatie', 'presentaties'],
      ["dia's", 'diavoorstelling'],
    ],
    code: [
      ['code', 'broncode'],
      ['programma', "programma's", 'programmeer', 'programmeren'],
      ['script', 'scripts', 'scriptje'],
      ['functie', 'functies'],
    ],
    analysis: [
      ['analyseer', 'analyseren', 'analyse', 'analyses'],
      ['onderzoek', 'onderzoeken'],
      ['controleer', 'controleren'],
      ['beoordeel', 'beoordelen'],
      ['bestudeer', 'bestuderen'],
    ],
    summarization: [
      [
        'samenvatting',
        'samenvattingen',
        'samenvatten',
        'samengevat',
        'samen te vatten',
        'vat samen',
        'vat dit',
        'vat de',
        'vat het',
        'vat deze',
        'vat mijn',
        'vat kort',
      ],
    ],
    translation: [
      ['vertaal', 'vertaalt', 'vertalen', 'vertaald'],
      ['vertaling', 'vertalingen'],
    ],
    image: [
      ['afbeelding', 'afbeeldingen'],
      ['foto', "foto's"],
      ['plaatje', 'plaatjes'],
      ['beeld', 'beelden'],
      ['diagram', 'diagrammen'],
      ['tekening', 'tekeningen', 'teken een'],
    ],
    document: [
      ['document', 'documenten'],
      ['rapport', 'rapporten'],
      ['verslag', 'verslagen'],
      ['papier', 'papieren'],
    ],
  },
  ignored: ['in beeld', 'postcode'],
}
