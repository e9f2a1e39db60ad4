import type { KeywordLanguage } from '../keywords.ts'

/** Turkish. Both i's are one letter here, since capitals do not tell them apart. */
export const turkish: KeywordLanguage = {
  code: 'tr',
  keywords: {
    slides: [['sunum', 'sunumu', 'sunumun', 'sunumda', 'sunumlar', 'sunumları'], 'slayt*'],
    code: [
      ['kod', 'kodu', 'kodun', 'kodunu', 'koda', 'kodlar', 'kodları', 'kodla', 'kodlama'],
      ['program', 'programı', 'programın', 'programını', 'programlar', 'programlama'],
      ['betik', 'betiği', 'betiğini', 'scripti'],
      'fonksiyon*',
      ['pythonda', 'pythonla'],
    ],
    analysis: [
      'analiz*',
      ['incele', 'inceleyin', 'incelemek', 'inceleme', 'inceler', 'inceleyip'],
      ['araştır', 'araştırın', 'araştırma'],
      ['gözden geçir', 'gözden geçirin', 'gözden geçirir'],
      'değerlendir*',
    ],
    summarization: [
      [
        'özet',
        'özeti',
        'özetini',
        'özetle',
        'özetler',
        'özetleyin',
        'özetlemek',
        'özetleme',
        'ozet',
        'ozetle',
      ],
      ['kısalt', 'kısaltın'],
    ],
    translation: [
      [
        'çevir',
        'çevirin',
        'çevirir',
        'çevirmek',
        'çeviri',
        'çevirisi',
        'çevirisini',
        'cevir',
        'ceviri',
      ],
      ['tercüme*', 'tercume*'],
    ],
    image: [
      ['resim', 'resimde', 'resimdeki', 'resimler', 'resimleri', 'resmin', 'resmini'],
      ['görsel', 'görseli', 'görselde', 'görseldeki', 'görseller'],
      'fotoğraf*',
      ['diyagram*', 'şema', 'şeması'],
      ['çizim', 'çizimi'],
      ['görüntü', 'görüntüyü', 'görüntüde', 'görüntüdeki'],
    ],
    document: [
      ['belgeyi', 'belgede', 'belgedeki', 'belgenin', 'belgeler', 'belgeleri', 'bu belge'],
      ['doküman*', 'dokümanı'],
      ['rapor', 'raporu', 'raporun', 'raporda', 'raporlar', 'raporları'],
      ['makale', 'makaleyi', 'makalenin', 'makalesi'],
    ],
  },
  ignored: ['posta kodu', 'kod adı'],
}
