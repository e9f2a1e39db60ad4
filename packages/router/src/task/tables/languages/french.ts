import type { KeywordLanguage } from '../keywords.ts'

/** French. `résumé` needs its article: in English it is a life on one page. */
export const french: KeywordLanguage = {
  code: 'fr',
  keywords: {
    slides: [
      ['présentation', 'présentations'],
      ['diapositive', 'diapositives', 'diapo', 'diapos', 'diaporama', 'diaporamas'],
    ],
    code: [
      'code source',
      ['programme', 'programmes', 'programmer', 'programmation'],
      ['script', 'scripts'],
      ['fonction', 'fonctions'],
      'coder',
    ],
    analysis: [
      ['analyse', 'analyses', 'analyser', 'analysez', 'analysons'],
      ['examine', 'examiner', 'examinez', 'examinons'],
      ['enquête sur', 'enquêter', 'enquêtez'],
      ['passe en revue', 'passer en revue', 'passez en revue'],
      ['vérifie', 'vérifier', 'vérifiez'],
    ],
    summarization: [
      [
        'résume',
        'résumer',
        'résumes',
        'résumez',
        'résumons',
        'resumer',
        'resumez',
        'un résumé',
        'le résumé',
        'ce résumé',
        'résumé de',
        'résumé du',
        'résumé des',
        'en résumé',
        'resume ce',
        'resume cet',
        'resume cette',
        'resume moi',
      ],
      ['synthèse', 'synthétise', 'synthétiser', 'synthétisez'],
      ['condenser', 'condensez'],
    ],
    translation: [
      ['traduis', 'traduit', 'traduire', 'traduise', 'traduisez', 'traduisons'],
      ['traduction', 'traductions'],
    ],
    image: [
      ['image', 'images'],
      ['photo', 'photos', 'photographie', 'photographies'],
      ['diagramme', 'diagrammes'],
      ['schéma', 'schémas'],
      ['dessin', 'dessins', 'dessine', 'dessiner', 'dessinez'],
    ],
    document: [
      ['document', 'documents'],
      ['rapport', 'rapports'],
      ['compte rendu', 'comptes rendus'],
      ['papier', 'papiers'],
    ],
  },
  ignored: [
    'par rapport',
    'en rapport',
    'rapport qualité prix',
    'code postal',
    'code de la route',
    'en fonction',
  ],
}
