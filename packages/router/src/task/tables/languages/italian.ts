import type { KeywordLanguage } from '../keywords.ts'

/** Italian. `slide` needs an article: in English it is a verb. */
export const italian: KeywordLanguage = {
  code: 'it',
  keywords: {
    slides: [
      ['presentazione', 'presentazioni'],
      ['diapositiva', 'diapositive'],
      ['le slide', 'delle slide', 'una slide', 'slide su', 'slide sul', 'slide sulla', 'slide per'],
    ],
    code: [
      ['codice', 'codici'],
      ['programma', 'programmi', 'programmare', 'programmazione'],
      'script',
      ['funzione', 'funzioni'],
    ],
    analysis: [
      ['analizza', 'analizzare', 'analizzi', 'analizziamo', 'analizzate', 'analisi'],
      ['esamina', 'esaminare', 'esamini', 'esaminate'],
      ['indaga', 'indagare', 'indagini', 'indagine'],
      ['revisiona', 'revisionare', 'revisione', 'rivedi', 'rivedere'],
    ],
    summarization: [
      ['riassumi', 'riassumere', 'riassumimi', 'riassuma', 'riassumete', 'riassunto', 'riassunti'],
      ['riepilogo', 'riepiloga', 'riepilogare'],
      ['sintesi', 'sintetizza', 'sintetizzare'],
      ['condensa', 'condensare'],
    ],
    translation: [
      ['traduci', 'traduca', 'tradurre', 'traducete', 'traducimi', 'tradotto', 'tradotta'],
      ['traduzione', 'traduzioni'],
    ],
    image: [
      ['immagine', 'immagini'],
      ['foto', 'fotografia', 'fotografie'],
      ['diagramma', 'diagrammi'],
      ['disegno', 'disegni', 'disegna', 'disegnare'],
      ['illustrazione', 'illustrazioni'],
    ],
    document: [
      ['documento', 'documenti'],
      [
        'rapporto',
        'relazione su',
        'relazione sul',
        'relazione sulla',
        'relazione sui',
        'relazione annuale',
        'relazione tecnica',
      ],
      'articolo scientifico',
    ],
  },
  ignored: [
    'codice postale',
    'codice fiscale',
    'codice della strada',
    'in funzione',
    'in rapporto',
    'rapporto tra',
    'rapporto con',
    'rapporto fra',
  ],
}
