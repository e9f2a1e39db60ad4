import type { KeywordLanguage } from '../keywords.ts'

/** Korean. Endings are written onto the word, so a keyword is found anywhere in it. */
export const korean: KeywordLanguage = {
  code: 'ko',
  keywords: {
    slides: ['슬라이드', ['프레젠테이션', '프리젠테이션'], ['파워포인트', '피피티'], '발표자료'],
    code: [
      ['코드', '소스코드', '코딩'],
      ['프로그램', '프로그래밍'],
      '스크립트',
      '함수',
      '파이썬',
      '자바스크립트',
    ],
    analysis: ['분석', '검토', '조사', '살펴', '리뷰', '검사'],
    summarization: ['요약', '정리해', '간추려', '간략하게'],
    translation: ['번역', '통역'],
    image: ['이미지', '사진', '그림', ['다이어그램', '도표'], '삽화'],
    document: ['문서', '보고서', ['리포트', '레포트'], '논문'],
  },
  ignored: ['바코드', '레코드', '코드네임', '드레스코드', '정리해고', '그림자'],
}
