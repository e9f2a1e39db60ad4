import { readFileSync } from 'node:fs'

/** The version of this package. */
export const VERSION: string = versionIn(
  // From `src/command` and from `dist` alike the package lies above.
  ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url)),
)

function versionIn(places: readonly URL[]): string {
  for (const place of places) {
    try {
      const manifest = JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>
      if (manifest['name'] === '@imrs/cli') return String(manifest['version'])
    } catch {
      // The next place.
    }
  }
  return 'unknown'
}
