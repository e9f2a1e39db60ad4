/* oxlint-disable-next-line no-control-regex -- these are what it is about. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Text of others without what a terminal would obey: names, messages and answers may hold anything. */
export function printable(text: string): string {
  return text.replaceAll(CONTROLS, '')
}
