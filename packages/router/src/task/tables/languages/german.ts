import type { KeywordLanguage } from '../keywords.ts'

/** German. */
export const german: KeywordLanguage = {
  code: 'de',
  keywords: {
    slides: [
      ['präsentation*', 'praesentation*'],
      ['folien', 'foliensatz', 'eine folie', 'folie zu', 'folie über'],
      'powerpoint*',
    ],
    code: [
      ['code', 'quellcode', 'quelltext', 'programmcode'],
      ['programm', 'programms', 'programme', 'programmen', 'programmier*'],
      ['skript', 'skripte', 'skripts', 'skripten', 'pythonskript'],
      ['funktion', 'funktionen'],
    ],
    analysis: [
      ['analyse', 'analysen', 'analysier*'],
      ['untersuche', 'untersuchen', 'untersucht', 'untersuchung'],
      ['prüfe', 'prüfen', 'überprüf*', 'ueberpruef*'],
      'begutacht*',
    ],
    summarization: [
      [
        'zusammenfass*',
        'zusammengefasst',
        'zusammenzufassen',
        'fasse',
        'fass das',
        'fass den',
        'fass die',
        'fass diesen',
        'fass diese',
        'fass dieses',
        'fass mir',
        'fass bitte',
      ],
      'kurzfassung',
      'inhaltsangabe',
    ],
    translation: [['übersetz*', 'uebersetz*']],
    image: [
      ['bild', 'bilder', 'bildern', 'bildes', 'abbildung', 'abbildungen'],
      ['foto', 'fotos', 'fotografie*'],
      ['diagramm', 'diagramme', 'diagramms', 'schaubild'],
      ['grafik', 'grafiken'],
      ['zeichnung', 'zeichnungen'],
    ],
    document: [
      ['dokument', 'dokumente', 'dokumenten', 'dokuments'],
      ['bericht', 'berichte', 'berichten', 'berichts'],
      ['papier', 'papiere'],
      'pdf datei',
    ],
  },
  ignored: ['fasse es nicht'],
}
