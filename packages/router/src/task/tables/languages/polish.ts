import type { KeywordLanguage } from '../keywords.ts'

/** Polish. Cases are listed where a stem would also begin other words. */
export const polish: KeywordLanguage = {
  code: 'pl',
  keywords: {
    slides: ['prezentacj*', 'slajd*'],
    code: [
      ['kod', 'kodu', 'kody', 'kodem', 'kodzie', 'kodów'],
      [
        'program',
        'programu',
        'programy',
        'programem',
        'programie',
        'programów',
        'programować',
        'programowan*',
        'zaprogramuj',
      ],
      'skrypt*',
      ['funkcja', 'funkcję', 'funkcji', 'funkcje', 'funkcją'],
    ],
    analysis: [
      ['analiz*', 'przeanalizuj*', 'przeanalizować'],
      ['zbadaj', 'zbadać', 'badaj', 'badać'],
      ['sprawdź', 'sprawdz', 'sprawdzić'],
      ['przejrzyj', 'przejrzeć'],
      ['recenzj*', 'zrecenzuj'],
    ],
    summarization: [
      ['podsumuj*', 'podsumowan*', 'podsumować'],
      ['streść', 'stresc', 'streścić', 'streszcz*'],
      'skróć',
    ],
    translation: [
      ['przetłumacz*', 'przetlumacz*', 'tłumacz*', 'tlumacz*'],
      ['przekład', 'przełóż'],
    ],
    image: [
      ['obraz', 'obrazu', 'obrazie', 'obrazy', 'obrazek', 'obrazka', 'obrazku', 'obrazki'],
      ['zdjęci*', 'zdjecie', 'zdjecia', 'zdjeciu'],
      'fotografi*',
      'diagram*',
      ['rysunek', 'rysunku', 'rysunki', 'narysuj'],
    ],
    document: [
      ['dokument', 'dokumentu', 'dokumenty', 'dokumencie', 'dokumentów'],
      ['raport', 'raportu', 'raporty', 'raporcie', 'raportów'],
      ['artykuł naukowy', 'referat', 'referatu'],
    ],
  },
  ignored: ['kod pocztowy', 'kodu pocztowego'],
}
